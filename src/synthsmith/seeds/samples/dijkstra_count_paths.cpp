// Shortest distance from 1 to N and the number of shortest paths modulo 1e9+7.
#include <bits/stdc++.h>
using namespace std;
using ll = long long;

int main() {
    const ll INF = LLONG_MAX / 2, MOD = 1'000'000'007;
    int n, m;
    scanf("%d %d", &n, &m);
    vector<vector<pair<int, ll>>> adj(n + 1);
    for (int i = 0; i < m; i++) {
        int a, b;
        ll w;
        scanf("%d %d %lld", &a, &b, &w);
        adj[a].emplace_back(b, w);
    }
    vector<ll> dist(n + 1, INF), ways(n + 1, 0);
    priority_queue<pair<ll, int>, vector<pair<ll, int>>, greater<>> pq;
    dist[1] = 0, ways[1] = 1;
    pq.push({0, 1});
    while (!pq.empty()) {
        auto [d, u] = pq.top();
        pq.pop();
        if (d > dist[u]) continue;
        for (auto [v, w] : adj[u]) {
            if (d + w < dist[v]) {
                dist[v] = d + w;
                ways[v] = ways[u];
                pq.push({dist[v], v});
            } else if (d + w == dist[v]) {
                ways[v] = (ways[v] + ways[u]) % MOD;
            }
        }
    }
    if (dist[n] == INF) puts("-1");
    else printf("%lld %lld\n", dist[n], ways[n]);
}
