# Smallest non-negative number with given remainders; moduli need not be coprime.
def egcd(a, b):
    x0, x1 = 1, 0
    y0, y1 = 0, 1
    while b:
        q = a // b
        a, b = b, a - q * b
        x0, x1 = x1, x0 - q * x1
        y0, y1 = y1, y0 - q * y1
    return a, x0, y0


answer, modulus = 0, 1
for _ in range(int(input())):
    r, m = map(int, input().split())
    if modulus is None:
        continue
    g, p, _q = egcd(modulus, m)
    if (r - answer) % g:
        modulus = None
        continue
    answer += (r - answer) // g * p % (m // g) * modulus
    modulus *= m // g
    answer %= modulus
print(-1 if modulus is None else answer)
