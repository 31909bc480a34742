// The K-th largest value after each insertion, priority queue of size K.
#include <functional>
#include <iostream>
#include <queue>
#include <vector>

int main() {
    int n, k;
    std::cin >> n >> k;
    std::priority_queue<int, std::vector<int>, std::greater<int>> top;
    for (int i = 0; i < n; i++) {
        int x;
        std::cin >> x;
        top.push(x);
        if ((int)top.size() > k) top.pop();
        if ((int)top.size() < k) std::cout << "- ";
        else std::cout << top.top() << ' ';
    }
    std::cout << '\n';
    return 0;
}
