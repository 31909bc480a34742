// Number of components after each removal of an edge, union-find on the reversed order.
#include <cstdio>
#include <numeric>
#include <vector>
using namespace std;

vector<int> boss;

int find(int x) { return boss[x] == x ? x : boss[x] = find(boss[x]); }

int main() {
    int n, m, q;
    scanf("%d %d %d", &n, &m, &q);
    vector<int> a(m), b(m), removed(q), answer(q);
    vector<bool> stays(m, true);
    for (int i = 0; i < m; i++) scanf("%d %d", &a[i], &b[i]);
    for (int i = 0; i < q; i++) {
        scanf("%d", &removed[i]);
        stays[--removed[i]] = false;
    }
    boss.resize(n + 1);
    iota(boss.begin(), boss.end(), 0);
    int parts = n;
    auto join = [&](int e) {
        int x = find(a[e]), y = find(b[e]);
        if (x != y) boss[x] = y, parts--;
    };
    for (int i = 0; i < m; i++)
        if (stays[i]) join(i);
    for (int i = q - 1; i >= 0; i--) {
        answer[i] = parts;
        join(removed[i]);
    }
    for (int x : answer) printf("%d ", x);
    puts("");
}
