// Order fractions by value without floating point.
#include <algorithm>
#include <iostream>
#include <vector>

struct Fraction {
    long long p, q;
};

int main() {
    int n;
    std::cin >> n;
    std::vector<Fraction> f(n);
    for (auto &x : f) std::cin >> x.p >> x.q;
    std::stable_sort(f.begin(), f.end(), [](const Fraction &a, const Fraction &b) {
        return a.p * b.q < b.p * a.q;
    });
    for (const auto &x : f) std::cout << x.p << '/' << x.q << '\n';
}
