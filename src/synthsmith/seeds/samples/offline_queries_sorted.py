# How many values in a prefix do not exceed X, queries answered offline in order of X.
import sys


def main():
    it = iter(map(int, sys.stdin.read().split()))
    n, q = next(it), next(it)
    values = sorted((next(it), i + 1) for i in range(n))
    queries = sorted(((next(it), next(it), i) for i in range(q)), key=lambda t: t[1])
    bit = [0] * (n + 1)
    answers = [0] * q
    at = 0
    for prefix, x, index in queries:
        while at < n and values[at][0] <= x:
            i = values[at][1]
            while i <= n:
                bit[i] += 1
                i += i & -i
            at += 1
        while prefix:
            answers[index] += bit[prefix]
            prefix &= prefix - 1
    print(*answers, sep="\n")


main()
