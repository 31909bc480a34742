// Greatest common divisor of ranges, sparse table.
#include <bit>
#include <cstdio>
#include <numeric>
#include <vector>

int main() {
    unsigned n, q;
    scanf("%u %u", &n, &q);
    std::vector<std::vector<int>> table(1, std::vector<int>(n));
    for (auto &x : table[0]) scanf("%d", &x);
    for (unsigned k = 1; (1u << k) <= n; ++k) {
        const auto &prev = table.back();
        std::vector<int> row(n - (1u << k) + 1);
        for (unsigned i = 0; i < row.size(); ++i)
            row[i] = std::gcd(prev[i], prev[i + (1u << (k - 1))]);
        table.push_back(row);
    }
    while (q--) {
        unsigned l, r;
        scanf("%u %u", &l, &r);
        --l;
        unsigned k = std::bit_width(r - l) - 1;
        printf("%d\n", std::gcd(table[k][l], table[k][r - (1u << k)]));
    }
}
