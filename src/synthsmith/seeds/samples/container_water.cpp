// Container with the most water between two walls, two pointers.
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    scanf("%d", &n);
    vector<int> h(n);
    for (int &x : h) scanf("%d", &x);
    int l = 0, r = n - 1;
    long long best = 0;
    while (l < r) {
        best = max(best, 1LL * (r - l) * min(h[l], h[r]));
        if (h[l] < h[r]) l++;
        else r--;
    }
    printf("%lld\n", best);
    return 0;
}
