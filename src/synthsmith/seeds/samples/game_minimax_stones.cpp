// First player's lead when both take from the ends of a row optimally.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<long long> a(n), lead;
    for (auto &x : a) std::cin >> x;
    lead = a;
    // after the k-th pass lead[i] belongs to the range [i, i + k]
    for (int k = 1; k < n; ++k)
        for (int i = 0; i + k < n; ++i)
            lead[i] = std::max(a[i] - lead[i + 1], a[i + k] - lead[i]);
    std::cout << lead[0] << '\n';
}
