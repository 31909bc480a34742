// Largest xor of two numbers, binary trie.
#include <cstdio>
#include <algorithm>
#include <vector>

static std::vector<int> child[2];

static int fresh() {
    child[0].push_back(0);
    child[1].push_back(0);
    return child[0].size() - 1;
}

int main() {
    int n, best = 0;
    scanf("%d", &n);
    fresh();
    for (int i = 0; i < n; i++) {
        int x, u = 0, v = 0, got = 0;
        scanf("%d", &x);
        for (int b = 29; b >= 0; b--) {
            int bit = x >> b & 1;
            if (!child[bit][u]) {
                int made = fresh();
                child[bit][u] = made;
            }
            u = child[bit][u];
            // the number itself is in the trie already, so a way down exists
            if (child[!bit][v]) {
                got |= 1 << b;
                v = child[!bit][v];
            } else {
                v = child[bit][v];
            }
        }
        best = std::max(best, got);
    }
    printf("%d\n", best);
}
