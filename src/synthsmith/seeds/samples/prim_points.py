# Connect points in the plane at least total Manhattan length, dense Prim.
n = int(input())
pts = [tuple(map(int, input().split())) for _ in range(n)]
near = [float("inf")] * n
used = [False] * n
near[0] = 0
total = 0
for _ in range(n):
    u = min((i for i in range(n) if not used[i]), key=near.__getitem__)
    used[u] = True
    total += near[u]
    for v in range(n):
        d = abs(pts[u][0] - pts[v][0]) + abs(pts[u][1] - pts[v][1])
        if not used[v] and d < near[v]:
            near[v] = d
print(total)
