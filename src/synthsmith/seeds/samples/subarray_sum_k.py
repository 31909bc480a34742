# Count subarrays whose sum is exactly K, prefix sums in a dictionary.
from collections import defaultdict


def solve():
    n, k = map(int, input().split())
    arr = list(map(int, input().split()))
    seen = defaultdict(int)
    seen[0] = 1
    total, result = 0, 0
    for x in arr:
        total += x
        result += seen[total - k]
        seen[total] += 1
    return result


print(solve())
