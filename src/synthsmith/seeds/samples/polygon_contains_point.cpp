// Is each point inside, on the border of, or outside a polygon? Ray casting in integers.
#include <iostream>
#include <vector>
using namespace std;
using ll = long long;

struct P {
    ll x, y;
};

ll cross(P a, P b, P c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

const char *where(const vector<P> &poly, P p) {
    bool inside = false;
    for (size_t i = 0; i < poly.size(); i++) {
        P a = poly[i], b = poly[(i + 1) % poly.size()];
        if (cross(a, b, p) == 0 && min(a.x, b.x) <= p.x && p.x <= max(a.x, b.x) &&
            min(a.y, b.y) <= p.y && p.y <= max(a.y, b.y))
            return "BORDER";
        if (a.y > b.y) swap(a, b);
        if (a.y <= p.y && p.y < b.y && cross(a, b, p) > 0) inside = !inside;
    }
    return inside ? "IN" : "OUT";
}

int main() {
    int n, q;
    cin >> n >> q;
    vector<P> poly(n);
    for (auto &[x, y] : poly) cin >> x >> y;
    while (q--) {
        P p;
        cin >> p.x >> p.y;
        cout << where(poly, p) << '\n';
    }
}
