// Range addition and range sum, lazy segment tree.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;

struct Tree {
    int n;
    vector<ll> sum, lazy;
    Tree(int n) : n(n), sum(4 * n), lazy(4 * n) {}
    void add(int l, int r, ll x) { add(1, 0, n, l, r, x); }
    ll get(int l, int r) { return get(1, 0, n, l, r); }

  private:
    void add(int v, int lo, int hi, int l, int r, ll x) {
        if (r <= lo || hi <= l) return;
        if (l <= lo && hi <= r) {
            sum[v] += x * (hi - lo);
            lazy[v] += x;
            return;
        }
        int mid = (lo + hi) / 2;
        add(2 * v, lo, mid, l, r, x);
        add(2 * v + 1, mid, hi, l, r, x);
        sum[v] = sum[2 * v] + sum[2 * v + 1] + lazy[v] * (hi - lo);
    }
    ll get(int v, int lo, int hi, int l, int r) {
        if (r <= lo || hi <= l) return 0;
        if (l <= lo && hi <= r) return sum[v];
        int mid = (lo + hi) / 2;
        ll below = get(2 * v, lo, mid, l, r) + get(2 * v + 1, mid, hi, l, r);
        return below + lazy[v] * (min(r, hi) - max(l, lo));
    }
};

int main() {
    int n, q;
    cin >> n >> q;
    Tree t(n);
    while (q--) {
        int kind, l, r;
        cin >> kind >> l >> r;
        if (kind == 1) {
            ll x;
            cin >> x;
            t.add(l - 1, r, x);
        } else {
            cout << t.get(l - 1, r) << "\n";
        }
    }
}
