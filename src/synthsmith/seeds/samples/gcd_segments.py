# Longest subarray whose greatest common divisor is above 1.
from math import gcd


def longest(a):
    best = 0
    ending = []  # (gcd, earliest start) of subarrays that end here
    for i, x in enumerate(a):
        fresh = []
        for g, start in ending + [(x, i)]:
            g = gcd(g, x)
            if not fresh or fresh[-1][0] != g:
                fresh.append((g, start))
        ending = fresh
        for g, start in ending:
            if g > 1:
                best = max(best, i - start + 1)
                break
    return best


input()
print(longest(list(map(int, input().split()))))
