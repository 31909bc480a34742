// Number of distinct substrings, suffix array by prefix doubling and Kasai's LCP.
#include <algorithm>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>
using namespace std;

int main() {
    string s;
    cin >> s;
    int n = s.size();
    vector<int> sa(n), rnk(s.begin(), s.end()), tmp(n);
    iota(sa.begin(), sa.end(), 0);
    for (int k = 1;; k *= 2) {
        auto key = [&](int i) { return make_pair(rnk[i], i + k < n ? rnk[i + k] : -1); };
        sort(sa.begin(), sa.end(), [&](int a, int b) { return key(a) < key(b); });
        tmp[sa[0]] = 0;
        for (int i = 1; i < n; i++) tmp[sa[i]] = tmp[sa[i - 1]] + (key(sa[i - 1]) < key(sa[i]));
        rnk = tmp;
        if (rnk[sa[n - 1]] == n - 1) break;
    }
    long long total = 1LL * n * (n + 1) / 2;
    for (int i = 0, h = 0; i < n; i++) {
        if (rnk[i] == 0) {
            h = 0;
            continue;
        }
        int j = sa[rnk[i] - 1];
        while (i + h < n && j + h < n && s[i + h] == s[j + h]) h++;
        total -= h;
        if (h) h--;
    }
    cout << total << '\n';
}
