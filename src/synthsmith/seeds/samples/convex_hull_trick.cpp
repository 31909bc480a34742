// Least cost to cut a path into groups with squared sums plus a fee each, convex hull trick.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;

struct Line {
    ll m, b;
    ll at(ll x) const { return m * x + b; }
};

bool useless(const Line &a, const Line &b, const Line &c) {
    return (__int128)(c.b - a.b) * (a.m - b.m) <= (__int128)(b.b - a.b) * (a.m - c.m);
}

int main() {
    int n;
    ll fee;
    cin >> n >> fee;
    deque<Line> hull{{0, 0}};
    ll pre = 0, cost = 0;
    for (int i = 0; i < n; i++) {
        ll x;
        cin >> x;  // not negative, so queries come in increasing order
        pre += x;
        while (hull.size() > 1 && hull[0].at(pre) >= hull[1].at(pre)) hull.pop_front();
        cost = hull[0].at(pre) + pre * pre + fee;
        Line fresh{-2 * pre, cost + pre * pre};
        if (hull.back().m == fresh.m) {
            if (hull.back().b <= fresh.b) continue;
            hull.pop_back();
        }
        while (hull.size() > 1 && useless(hull[hull.size() - 2], hull.back(), fresh)) hull.pop_back();
        hull.push_back(fresh);
    }
    cout << cost << endl;
}
