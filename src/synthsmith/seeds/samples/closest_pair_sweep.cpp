// Squared distance of the closest two points, sweep with an ordered set.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;

int main() {
    int n;
    cin >> n;
    vector<pair<ll, ll>> pts(n);
    for (auto &p : pts) cin >> p.first >> p.second;
    sort(pts.begin(), pts.end());
    ll best = LLONG_MAX;
    set<pair<ll, ll>> strip;  // (y, x) of points not too far to the left
    int left = 0;
    for (auto [x, y] : pts) {
        ll reach = best == LLONG_MAX ? (ll)4e9 : (ll)sqrtl((long double)best) + 1;
        while (pts[left].first < x - reach) {
            strip.erase({pts[left].second, pts[left].first});
            left++;
        }
        for (auto it = strip.lower_bound({y - reach, LLONG_MIN});
             it != strip.end() && it->first <= y + reach; ++it) {
            ll dy = it->first - y, dx = it->second - x;
            best = min(best, dx * dx + dy * dy);
        }
        strip.insert({y, x});
    }
    cout << best << endl;
}
