# N-th term of a linear recurrence modulo 1e9+7 by matrix exponentiation.
M = 10**9 + 7


def mul(a, b):
    return [[sum(x * y for x, y in zip(row, col)) % M for col in zip(*b)] for row in a]


def power(a, e):
    result = [[int(i == j) for j in range(len(a))] for i in range(len(a))]
    while e:
        if e & 1:
            result = mul(result, a)
        a = mul(a, a)
        e >>= 1
    return result


k, n = map(int, input().split())
coef = list(map(int, input().split()))  # f(i) = sum coef[j] * f(i - 1 - j)
first = list(map(int, input().split()))  # f(0) .. f(k - 1)
step = [coef] + [[int(i == j) for j in range(k)] for i in range(k - 1)]
state = [[x] for x in reversed(first)]
print(mul(power(step, n), state)[-1][0])
