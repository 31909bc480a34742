// Shortest subarray of positive numbers with sum at least S, 0 if there is none.
#include <algorithm>
#include <cstdio>
#include <vector>

int main() {
    int n;
    long long s;
    if (scanf("%d %lld", &n, &s) != 2) return 1;
    std::vector<int> a(n);
    for (int i = 0; i < n; ++i) scanf("%d", &a[i]);
    long long window = 0;
    int left = 0, best = n + 1;
    for (int right = 0; right < n; ++right) {
        window += a[right];
        while (window >= s) {
            best = std::min(best, right - left + 1);
            window -= a[left++];
        }
    }
    printf("%d\n", best > n ? 0 : best);
}
