// Most money for a rod of length N cut into priced pieces.
#include <algorithm>
#include <cstdio>
#include <vector>

int main() {
    int n;
    scanf("%d", &n);
    std::vector<long long> price(n + 1), best(n + 1, 0);
    for (int i = 1; i <= n; i++) scanf("%lld", &price[i]);
    for (int len = 1; len <= n; len++)
        for (int cut = 1; cut <= len; cut++)
            best[len] = std::max(best[len], price[cut] + best[len - cut]);
    printf("%lld\n", best[n]);
}
