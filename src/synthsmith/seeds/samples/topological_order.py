# Lexicographically smallest order of courses with prerequisites, or IMPOSSIBLE.
from heapq import heapify, heappop, heappush


def main():
    n, m = map(int, input().split())
    after = [[] for _ in range(n + 1)]
    indeg = [0] * (n + 1)
    for _ in range(m):
        a, b = map(int, input().split())
        after[a].append(b)
        indeg[b] += 1
    ready = [v for v in range(1, n + 1) if indeg[v] == 0]
    heapify(ready)
    order = []
    while ready:
        u = heappop(ready)
        order.append(u)
        for v in after[u]:
            indeg[v] -= 1
            if indeg[v] == 0:
                heappush(ready, v)
    print(*order) if len(order) == n else print("IMPOSSIBLE")


main()
