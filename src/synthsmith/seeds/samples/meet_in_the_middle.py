# Number of subsets with sum at most T, up to 36 items, meet in the middle.
from bisect import bisect_right
import sys


def sums(items):
    out = [0]
    for x in items:
        out += [s + x for s in out]
    return out


n, limit, *items = map(int, sys.stdin.read().split())
left = sums(items[:n // 2])
right = sorted(sums(items[n // 2:]))
print(sum(bisect_right(right, limit - s) for s in left))
