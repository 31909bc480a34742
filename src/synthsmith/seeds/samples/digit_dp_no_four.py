# How many numbers in [A, B] have no digit 4 and no two equal neighbouring digits.
from functools import lru_cache


def count(limit):
    """Numbers in 1..limit."""
    if limit <= 0:
        return 0
    digits = [int(c) for c in str(limit)]

    @lru_cache(None)
    def go(pos, prev, tight, started):
        if pos == len(digits):
            return 1 if started else 0
        top = digits[pos] if tight else 9
        total = 0
        for d in range(top + 1):
            if d == 4:
                continue
            if started and d == prev:
                continue
            begun = started or d > 0
            total += go(pos + 1, d if begun else -1, tight and d == top, begun)
        return total

    return go(0, -1, True, False)


a, b = map(int, input().split())
print(count(b) - count(a - 1))
