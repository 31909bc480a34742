// Fewest jumps to the last cell when cell i allows jumps up to a[i], or -1.
#include <bits/stdc++.h>
using namespace std;

int main() {
    int n;
    cin >> n;
    vector<int> a(n);
    for (auto &x : a) cin >> x;
    int jumps = 0, reach = 0, far = 0;
    for (int i = 0; i + 1 < n; i++) {
        far = max(far, i + a[i]);
        if (i == reach) {
            if (far == i) { cout << -1 << endl; return 0; }
            jumps++;
            reach = far;
        }
    }
    cout << jumps << endl;
    return 0;
}
