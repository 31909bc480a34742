// Bridges of an undirected graph, low-link values.
#include <algorithm>
#include <iostream>
#include <vector>
using namespace std;

vector<vector<pair<int, int>>> adj;
vector<int> tin, low;
vector<pair<int, int>> bridges;
int timer_ = 0;

void dfs(int u, int via) {
    tin[u] = low[u] = ++timer_;
    for (auto [v, id] : adj[u]) {
        if (id == via) continue;
        if (tin[v]) {
            low[u] = min(low[u], tin[v]);
        } else {
            dfs(v, id);
            low[u] = min(low[u], low[v]);
            if (low[v] > tin[u]) bridges.emplace_back(min(u, v), max(u, v));
        }
    }
}

int main() {
    int n, m;
    cin >> n >> m;
    adj.resize(n + 1);
    tin.resize(n + 1);
    low.resize(n + 1);
    for (int i = 0; i < m; i++) {
        int a, b;
        cin >> a >> b;
        adj[a].emplace_back(b, i);
        adj[b].emplace_back(a, i);
    }
    for (int v = 1; v <= n; v++)
        if (!tin[v]) dfs(v, -1);
    sort(bridges.begin(), bridges.end());
    cout << bridges.size() << '\n';
    for (auto [a, b] : bridges) cout << a << ' ' << b << '\n';
}
