# Longest strictly increasing subsequence and one such subsequence.
from bisect import bisect_left

n = int(input())
a = list(map(int, input().split()))
tails, tail_idx, parent = [], [], [-1] * n
for i, x in enumerate(a):
    k = bisect_left(tails, x)
    if k == len(tails):
        tails.append(x)
        tail_idx.append(i)
    else:
        tails[k] = x
        tail_idx[k] = i
    if k:
        parent[i] = tail_idx[k - 1]
path = []
i = tail_idx[-1]
while i != -1:
    path.append(a[i])
    i = parent[i]
print(len(path))
print(*reversed(path))
