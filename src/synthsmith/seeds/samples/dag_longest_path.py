# Longest path in a directed acyclic graph, memoised depth-first search.
import sys
from functools import lru_cache

sys.setrecursionlimit(1 << 17)
n, m, *e = map(int, sys.stdin.read().split())
nxt = {v: [] for v in range(1, n + 1)}
for i in range(m):
    nxt[e[2 * i]].append(e[2 * i + 1])


@lru_cache(maxsize=None)
def depth(u):
    return max((1 + depth(v) for v in nxt[u]), default=0)


print(max(map(depth, nxt)))
