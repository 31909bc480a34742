# An Euler path in an undirected multigraph, Hierholzer; NO if there is none.
import sys


def main():
    n, m, *e = map(int, sys.stdin.read().split())
    adj = [[] for _ in range(n + 1)]
    for i in range(m):
        a, b = e[2 * i], e[2 * i + 1]
        adj[a].append((b, i))
        adj[b].append((a, i))
    odd = [v for v in range(1, n + 1) if len(adj[v]) % 2]
    if len(odd) not in (0, 2):
        print("NO")
        return
    for nb in adj:
        nb.sort(reverse=True)
    used = [False] * m
    stack = [odd[0] if odd else e[0]]
    path = []
    while stack:
        u = stack[-1]
        while adj[u] and used[adj[u][-1][1]]:
            adj[u].pop()
        if adj[u]:
            v, i = adj[u].pop()
            used[i] = True
            stack.append(v)
        else:
            path.append(stack.pop())
    print("NO" if len(path) != m + 1 else " ".join(map(str, reversed(path))))


main()
