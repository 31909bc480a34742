# Shortest distance from town 1 to every town, Dijkstra with a heap.
import heapq
import sys


def main():
    read = sys.stdin.readline
    n, m = map(int, read().split())
    graph = [[] for _ in range(n)]
    for _ in range(m):
        a, b, w = map(int, read().split())
        graph[a - 1].append((b - 1, w))
        graph[b - 1].append((a - 1, w))
    dist = [-1] * n
    heap = [(0, 0)]
    while heap:
        d, u = heapq.heappop(heap)
        if dist[u] != -1:
            continue
        dist[u] = d
        for v, w in graph[u]:
            if dist[v] == -1:
                heapq.heappush(heap, (d + w, v))
    print(*dist)


main()
