// Numbers up to N divisible by at least one of K given numbers, inclusion and exclusion.
#include <bits/stdc++.h>
using namespace std;

int main() {
    long long n;
    int k;
    cin >> n >> k;
    vector<long long> a(k);
    for (auto &x : a) cin >> x;
    long long answer = 0;
    for (int mask = 1; mask < (1 << k); mask++) {
        long long l = 1;
        for (int i = 0; i < k && l <= n; i++)
            if (mask >> i & 1) l = l / __gcd(l, a[i]) * a[i];
        if (l > n) continue;
        answer += __builtin_popcount(mask) % 2 ? n / l : -(n / l);
    }
    cout << answer << endl;
}
