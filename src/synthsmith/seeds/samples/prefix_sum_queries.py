# Range sum queries with prefix sums.
import sys
from itertools import accumulate

read = sys.stdin.readline
n, q = map(int, read().split())
pre = [0, *accumulate(map(int, read().split()))]
out = []
for _ in range(q):
    l, r = map(int, read().split())
    out.append(pre[r] - pre[l - 1])
print("\n".join(map(str, out)))
