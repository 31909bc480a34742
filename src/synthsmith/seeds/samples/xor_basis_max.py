# Largest xor of a subset, linear basis over GF(2).
import sys

values = list(map(int, sys.stdin.read().split()))[1:]
basis = []
for x in values:
    for b in basis:
        x = min(x, x ^ b)
    if x:
        basis.append(x)
basis.sort(reverse=True)
answer = 0
for b in basis:
    answer = max(answer, answer ^ b)
print(answer)
