# Number of subarrays with exactly K distinct values, as at-most(K) minus at-most(K-1).
import sys


def at_most(a, k):
    cnt = {}
    left = total = 0
    for right, x in enumerate(a):
        cnt[x] = cnt.get(x, 0) + 1
        while len(cnt) > k:
            y = a[left]
            cnt[y] -= 1
            if not cnt[y]:
                del cnt[y]
            left += 1
        total += right - left + 1
    return total


n, k, *a = map(int, sys.stdin.read().split())
print(at_most(a, k) - at_most(a, k - 1))
