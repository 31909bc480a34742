# Number of divisors of each query, smallest prime factors sieved once.
import sys

LIMIT = 100000
spf = list(range(LIMIT + 1))
for p in range(2, int(LIMIT ** 0.5) + 1):
    if spf[p] == p:
        for m in range(p * p, LIMIT + 1, p):
            if spf[m] == m:
                spf[m] = p


def divisors(x):
    res = 1
    while x > 1:
        p, e = spf[x], 0
        while x % p == 0:
            x //= p
            e += 1
        res *= e + 1
    return res


for token in sys.stdin.read().split()[1:]:
    print(divisors(int(token)))
