// Fewest knight moves between two squares of an N by N board.
#include <iostream>
#include <queue>
#include <vector>

int main() {
    int n, r1, c1, r2, c2;
    std::cin >> n >> r1 >> c1 >> r2 >> c2;
    std::vector<std::vector<int>> dist(n, std::vector<int>(n, -1));
    std::queue<std::pair<int, int>> q;
    dist[--r1][--c1] = 0;
    q.push({r1, c1});
    const int dr[] = {1, 2, 2, 1, -1, -2, -2, -1};
    const int dc[] = {2, 1, -1, -2, -2, -1, 1, 2};
    while (!q.empty()) {
        auto [r, c] = q.front();
        q.pop();
        for (int k = 0; k < 8; ++k) {
            int y = r + dr[k], x = c + dc[k];
            if (y < 0 || x < 0 || y >= n || x >= n || dist[y][x] >= 0) continue;
            dist[y][x] = dist[r][c] + 1;
            q.push({y, x});
        }
    }
    std::cout << dist[r2 - 1][c2 - 1] << '\n';
}
