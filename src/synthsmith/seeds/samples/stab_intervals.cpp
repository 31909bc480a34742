// Fewest points that hit every closed interval, greedy by right end.
#include <algorithm>
#include <iostream>
#include <utility>
#include <vector>
using namespace std;

int main() {
    int n;
    cin >> n;
    vector<pair<long long, long long>> byEnd(n);
    for (auto &[right, left] : byEnd) cin >> left >> right;
    sort(byEnd.begin(), byEnd.end());
    int points = 0;
    long long last = -4e18;
    for (auto [right, left] : byEnd)
        if (left > last) {
            ++points;
            last = right;
        }
    cout << points << '\n';
}
