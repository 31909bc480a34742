# Twice the area of the convex hull, monotone chain and shoelace.
def cross(o, a, b):
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def half(points):
    chain = []
    for p in points:
        while len(chain) > 1 and cross(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain[:-1]


n = int(input())
points = sorted({tuple(map(int, input().split())) for _ in range(n)})
hull = half(points) + half(points[::-1])
area = 0
for (x1, y1), (x2, y2) in zip(hull, hull[1:] + hull[:1]):
    area += x1 * y2 - x2 * y1
print(abs(area))
