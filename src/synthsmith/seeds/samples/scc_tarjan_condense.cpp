// Fewest one-way roads to add so that every town is reachable from town 1.
#include <bits/stdc++.h>
using namespace std;

int n, m, counter_ = 0, groups = 0;
vector<vector<int>> out;
vector<int> num, low, group_of, st;

void tarjan(int u) {
    num[u] = low[u] = ++counter_;
    st.push_back(u);
    for (int v : out[u]) {
        if (!num[v]) tarjan(v), low[u] = min(low[u], low[v]);
        else if (group_of[v] < 0) low[u] = min(low[u], num[v]);
    }
    if (low[u] == num[u]) {
        for (int v = -1; v != u;) {
            v = st.back();
            st.pop_back();
            group_of[v] = groups;
        }
        groups++;
    }
}

int main() {
    cin >> n >> m;
    out.resize(n);
    num.assign(n, 0);
    low.assign(n, 0);
    group_of.assign(n, -1);
    for (int a, b; m-- && cin >> a >> b;) out[a - 1].push_back(b - 1);
    for (int v = 0; v < n; v++)
        if (!num[v]) tarjan(v);
    vector<bool> entered(groups, false);
    entered[group_of[0]] = true;
    for (int u = 0; u < n; u++)
        for (int v : out[u])
            if (group_of[u] != group_of[v]) entered[group_of[v]] = true;
    cout << count(entered.begin(), entered.end(), false) << endl;
}
