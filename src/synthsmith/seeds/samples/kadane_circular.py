# Largest sum of a non-empty subarray of a circular array.
n = int(input())
a = list(map(int, input().split()))
best = worst = a[0]
up = down = 0
for x in a:
    up = max(x, up + x)
    best = max(best, up)
    down = min(x, down + x)
    worst = min(worst, down)
if best < 0:
    print(best)
else:
    print(max(best, sum(a) - worst))
