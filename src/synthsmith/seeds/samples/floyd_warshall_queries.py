# All-pairs shortest paths on a small directed graph, then queries.
n, m, q = map(int, input().split())
INF = 10 ** 18
d = [[0 if i == j else INF for j in range(n)] for i in range(n)]
for _ in range(m):
    a, b, c = map(int, input().split())
    d[a - 1][b - 1] = min(d[a - 1][b - 1], c)
for k in range(n):
    dk = d[k]
    for i in range(n):
        via = d[i][k]
        if via == INF:
            continue
        di = d[i]
        for j in range(n):
            if via + dk[j] < di[j]:
                di[j] = via + dk[j]
for _ in range(q):
    a, b = map(int, input().split())
    print(d[a - 1][b - 1] if d[a - 1][b - 1] < INF else -1)
