# Minimum of the convex function sum |x - a_i| * w_i over integers, ternary search.
n = int(input())
pts = [tuple(map(int, input().split())) for _ in range(n)]


def cost(x):
    return sum(w * abs(x - a) for a, w in pts)


lo = min(a for a, _ in pts)
hi = max(a for a, _ in pts)
while hi - lo > 2:
    m1 = lo + (hi - lo) // 3
    m2 = hi - (hi - lo) // 3
    if cost(m1) <= cost(m2):
        hi = m2
    else:
        lo = m1
print(min(cost(x) for x in range(lo, hi + 1)))
