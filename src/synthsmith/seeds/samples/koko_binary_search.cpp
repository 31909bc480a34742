// Smallest speed at which all piles are eaten within H hours, binary search on the answer.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;

bool enough(const vector<ll>& piles, ll speed, ll hours) {
    ll need = 0;
    for (ll p : piles) need += (p + speed - 1) / speed;
    return need <= hours;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n; ll h;
    cin >> n >> h;
    vector<ll> piles(n);
    for (auto& p : piles) cin >> p;
    ll lo = 1, hi = *max_element(piles.begin(), piles.end());
    while (lo < hi) {
        ll mid = lo + (hi - lo) / 2;
        if (enough(piles, mid, h)) hi = mid;
        else lo = mid + 1;
    }
    cout << lo << "\n";
}
