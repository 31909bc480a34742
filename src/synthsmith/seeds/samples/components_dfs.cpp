// Connected components of a graph: how many, and the roads needed to join them.
#include <bits/stdc++.h>
using namespace std;

vector<vector<int>> g;
vector<bool> seen;

void dfs(int u) {
    seen[u] = true;
    for (int v : g[u])
        if (!seen[v]) dfs(v);
}

int main() {
    int n, m;
    cin >> n >> m;
    g.resize(n + 1);
    seen.assign(n + 1, false);
    while (m--) {
        int a, b;
        cin >> a >> b;
        g[a].push_back(b);
        g[b].push_back(a);
    }
    vector<int> leaders;
    for (int v = 1; v <= n; v++)
        if (!seen[v]) {
            leaders.push_back(v);
            dfs(v);
        }
    cout << leaders.size() - 1 << "\n";
    for (size_t i = 1; i < leaders.size(); i++) cout << leaders[i - 1] << ' ' << leaders[i] << "\n";
}
