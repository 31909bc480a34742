// Distinct values in ranges, Mo's algorithm.
#include <bits/stdc++.h>
using namespace std;

struct Query {
    int l, r, id;
};

int main() {
    ios_base::sync_with_stdio(0);
    cin.tie(0);
    int n, q;
    cin >> n >> q;
    vector<int> a(n), count_of(n + 1, 0), answer(q);
    for (int &x : a) cin >> x;  // values are 1..n
    vector<Query> queries(q);
    for (int i = 0; i < q; i++) {
        cin >> queries[i].l >> queries[i].r;
        queries[i].l--;
        queries[i].id = i;
    }
    const int block = max(1, (int)(n / sqrt(q + 1.0)));
    sort(queries.begin(), queries.end(), [&](const Query &x, const Query &y) {
        int bx = x.l / block, by = y.l / block;
        if (bx != by) return bx < by;
        return bx % 2 ? x.r > y.r : x.r < y.r;
    });
    int l = 0, r = 0, distinct = 0;
    auto add = [&](int i) { distinct += count_of[a[i]]++ == 0; };
    auto drop = [&](int i) { distinct -= --count_of[a[i]] == 0; };
    for (const auto &[ql, qr, id] : queries) {
        while (l > ql) add(--l);
        while (r < qr) add(r++);
        while (l < ql) drop(l++);
        while (r > qr) drop(--r);
        answer[id] = distinct;
    }
    for (int x : answer) cout << x << '\n';
}
