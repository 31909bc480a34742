# Largest weight of an independent set in a tree, iterative tree DP.
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n = data[0]
    weight = [0] + data[1:n + 1]
    adj = [[] for _ in range(n + 1)]
    for i in range(n - 1):
        u, v = data[n + 1 + 2 * i], data[n + 2 + 2 * i]
        adj[u].append(v)
        adj[v].append(u)
    parent = [0] * (n + 1)
    order = []
    stack = [1]
    while stack:
        u = stack.pop()
        order.append(u)
        for v in adj[u]:
            if v != parent[u]:
                parent[v] = u
                stack.append(v)
    take = weight[:]
    skip = [0] * (n + 1)
    for u in reversed(order[1:]):
        p = parent[u]
        take[p] += skip[u]
        skip[p] += max(take[u], skip[u])
    print(max(take[1], skip[1]))


main()
