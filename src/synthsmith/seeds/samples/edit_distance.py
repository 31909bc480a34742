# Edit distance with insertions, deletions and replacements.
from functools import lru_cache
import sys

sys.setrecursionlimit(10000)
s = input().strip()
t = input().strip()


@lru_cache(maxsize=None)
def dist(i, j):
    if i == 0 or j == 0:
        return i + j
    if s[i - 1] == t[j - 1]:
        return dist(i - 1, j - 1)
    return 1 + min(dist(i - 1, j), dist(i, j - 1), dist(i - 1, j - 1))


print(dist(len(s), len(t)))
