// Maximum flow from 1 to N, Dinic's algorithm.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;

struct Edge {
    int to;
    ll cap;
};
vector<Edge> edges;
vector<vector<int>> g;
vector<int> level_, it_;

bool bfs(int s, int t) {
    fill(level_.begin(), level_.end(), -1);
    level_[s] = 0;
    queue<int> q({s});
    while (!q.empty()) {
        int u = q.front();
        q.pop();
        for (int id : g[u])
            if (edges[id].cap > 0 && level_[edges[id].to] < 0) {
                level_[edges[id].to] = level_[u] + 1;
                q.push(edges[id].to);
            }
    }
    return level_[t] >= 0;
}

ll dfs(int u, int t, ll pushed) {
    if (u == t) return pushed;
    for (int &i = it_[u]; i < (int)g[u].size(); i++) {
        int id = g[u][i], v = edges[id].to;
        if (edges[id].cap <= 0 || level_[v] != level_[u] + 1) continue;
        if (ll got = dfs(v, t, min(pushed, edges[id].cap))) {
            edges[id].cap -= got;
            edges[id ^ 1].cap += got;
            return got;
        }
    }
    return 0;
}

int main() {
    int n, m;
    cin >> n >> m;
    g.resize(n), level_.resize(n), it_.resize(n);
    for (int i = 0, a, b; i < m; i++) {
        ll c;
        cin >> a >> b >> c;
        g[a - 1].push_back(edges.size()), edges.push_back({b - 1, c});
        g[b - 1].push_back(edges.size()), edges.push_back({a - 1, 0});
    }
    ll flow = 0;
    while (bfs(0, n - 1)) {
        fill(it_.begin(), it_.end(), 0);
        while (ll got = dfs(0, n - 1, LLONG_MAX)) flow += got;
    }
    cout << flow << endl;
}
