// Conway's game of life after K generations on a bounded board.
#include <iostream>
#include <string>
#include <vector>
using namespace std;

int main() {
    int h, w, k;
    cin >> h >> w >> k;
    vector<string> board(h);
    for (auto &row : board) cin >> row;
    while (k--) {
        auto next = board;
        for (int r = 0; r < h; r++) {
            for (int c = 0; c < w; c++) {
                int alive = 0;
                for (int y = max(0, r - 1); y <= min(h - 1, r + 1); y++)
                    for (int x = max(0, c - 1); x <= min(w - 1, c + 1); x++)
                        if (y != r || x != c) alive += board[y][x] == '*';
                if (board[r][c] == '*') next[r][c] = alive == 2 || alive == 3 ? '*' : '.';
                else next[r][c] = alive == 3 ? '*' : '.';
            }
        }
        board = next;
    }
    for (const auto &row : board) cout << row << '\n';
}
