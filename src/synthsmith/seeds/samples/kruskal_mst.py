# Cost of a minimum spanning tree with Kruskal, or -1 if the graph is not connected.
import sys


def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


def main():
    inp = sys.stdin.buffer.readline
    n, m = map(int, inp().split())
    edges = []
    for _ in range(m):
        u, v, w = map(int, inp().split())
        edges.append((w, u, v))
    edges.sort()
    parent = list(range(n + 1))
    cost, joined = 0, 1
    for w, u, v in edges:
        a, b = find(parent, u), find(parent, v)
        if a != b:
            parent[a] = b
            cost += w
            joined += 1
    print(cost if joined == n else -1)


main()
