// Number of ways to visit every city exactly once from city 1 to city N, bitmask DP.
#include <iostream>
#include <vector>
using namespace std;

int main() {
    const int MOD = 1000000007;
    int n, m;
    cin >> n >> m;
    vector<vector<int>> into(n);
    for (int i = 0; i < m; i++) {
        int a, b;
        cin >> a >> b;
        into[b - 1].push_back(a - 1);
    }
    vector<vector<int>> ways(1 << n, vector<int>(n, 0));
    ways[1][0] = 1;
    for (int mask = 2; mask < (1 << n); mask++) {
        if (!(mask & 1)) continue;
        for (int last = 1; last < n; last++) {
            if (!(mask >> last & 1)) continue;
            if (last == n - 1 && mask != (1 << n) - 1) continue;
            int before = mask ^ (1 << last);
            for (int p : into[last])
                if (before >> p & 1) ways[mask][last] = (ways[mask][last] + ways[before][p]) % MOD;
        }
    }
    cout << ways[(1 << n) - 1][n - 1] << '\n';
}
