// Numbers up to N whose digit sum is divisible by D, digit DP, modulo 1e9+7.
#include <bits/stdc++.h>
using namespace std;

const int MOD = 1e9 + 7;
string digits;
int d;
int memo[1005][105];

int go(int pos, int rest, bool tight) {
    if (pos == (int)digits.size()) return rest == 0;
    if (!tight && memo[pos][rest] != -1) return memo[pos][rest];
    int top = tight ? digits[pos] - '0' : 9;
    long long total = 0;
    for (int x = 0; x <= top; x++) total += go(pos + 1, (rest + x) % d, tight && x == top);
    int result = total % MOD;
    if (!tight) memo[pos][rest] = result;
    return result;
}

int main() {
    cin >> digits >> d;
    memset(memo, -1, sizeof memo);
    // zero itself is not counted
    cout << (go(0, 0, true) - 1 + MOD) % MOD << endl;
}
