// Largest gain from bursting balloons, interval DP over the last one burst.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<long long> v(n + 2, 1);
    for (int i = 1; i <= n; ++i) std::cin >> v[i];
    std::vector<std::vector<long long>> gain(n + 2, std::vector<long long>(n + 2, 0));
    for (int width = 2; width <= n + 1; ++width) {
        for (int l = 0; l + width <= n + 1; ++l) {
            int r = l + width;
            for (int last = l + 1; last < r; ++last) {
                long long here = gain[l][last] + gain[last][r] + v[l] * v[last] * v[r];
                gain[l][r] = std::max(gain[l][r], here);
            }
        }
    }
    std::cout << gain[0][n + 1] << "\n";
    return 0;
}
