// Primality of 64-bit numbers, deterministic Miller-Rabin.
#include <iostream>
using namespace std;
using u64 = unsigned long long;
using u128 = unsigned __int128;

u64 power(u64 a, u64 e, u64 m) {
    u64 r = 1;
    for (a %= m; e; e >>= 1, a = (u128)a * a % m)
        if (e & 1) r = (u128)r * a % m;
    return r;
}

bool is_prime(u64 n) {
    if (n < 2) return false;
    for (u64 p : {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37})
        if (n % p == 0) return n == p;
    u64 d = n - 1;
    int s = 0;
    while (d % 2 == 0) d /= 2, s++;
    for (u64 a : {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37}) {
        u64 x = power(a, d, n);
        if (x == 1 || x == n - 1) continue;
        bool composite = true;
        for (int i = 1; i < s && composite; i++) {
            x = (u128)x * x % n;
            if (x == n - 1) composite = false;
        }
        if (composite) return false;
    }
    return true;
}

int main() {
    int q;
    cin >> q;
    for (u64 n; q-- && cin >> n;) cout << (is_prime(n) ? "YES" : "NO") << '\n';
}
