# Shortest window of S that contains every character of T with multiplicity.
from collections import Counter


def shortest(s, t):
    need = Counter(t)
    missing = len(t)
    left = 0
    best = -1
    for right, c in enumerate(s):
        if need[c] > 0:
            missing -= 1
        need[c] -= 1
        while missing == 0:
            length = right - left + 1
            if best == -1 or length < best:
                best = length
            need[s[left]] += 1
            if need[s[left]] > 0:
                missing += 1
            left += 1
    return best


s = input()
t = input()
print(shortest(s, t))
