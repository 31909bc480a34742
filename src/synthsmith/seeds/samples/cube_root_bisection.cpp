// Real root of x^3 + x = N to six decimals, bisection.
#include <iomanip>
#include <iostream>

int main() {
    double n;
    std::cin >> n;
    double lo = 0, hi = n < 1 ? 1 : n;
    for (int step = 0; step < 100; ++step) {
        double mid = (lo + hi) / 2;
        if (mid * mid * mid + mid < n)
            lo = mid;
        else
            hi = mid;
    }
    std::cout << std::fixed << std::setprecision(6) << lo << std::endl;
}
