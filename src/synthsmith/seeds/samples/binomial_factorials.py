# Binomial coefficients modulo a prime with precomputed factorials.
import sys

MOD = 998244353
read = sys.stdin.readline
q = int(read())
queries = [tuple(map(int, read().split())) for _ in range(q)]
top = max(n for n, _ in queries)
fact = [1] * (top + 1)
for i in range(1, top + 1):
    fact[i] = fact[i - 1] * i % MOD
inv = [1] * (top + 1)
inv[top] = pow(fact[top], MOD - 2, MOD)
for i in range(top, 0, -1):
    inv[i - 1] = inv[i] * i % MOD
for n, k in queries:
    print(fact[n] * inv[k] % MOD * inv[n - k] % MOD if 0 <= k <= n else 0)
