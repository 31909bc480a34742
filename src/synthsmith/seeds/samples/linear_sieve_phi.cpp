// Sum of Euler's totient from 1 to N with a linear sieve.
#include <cstdio>
#include <vector>

int main() {
    int n;
    scanf("%d", &n);
    std::vector<int> phi(n + 1, 0), primes;
    phi[1] = 1;
    for (int i = 2; i <= n; ++i) {
        if (!phi[i]) {
            phi[i] = i - 1;
            primes.push_back(i);
        }
        for (int p : primes) {
            if (1LL * p * i > n) break;
            if (i % p == 0) {
                phi[p * i] = phi[i] * p;
                break;
            }
            phi[p * i] = phi[i] * (p - 1);
        }
    }
    long long total = 0;
    for (int i = 1; i <= n; ++i) total += phi[i];
    printf("%lld\n", total);
}
