# Number of strongly connected components, Kosaraju without recursion.
import sys


def dfs(start, adj, seen, out):
    stack = [(start, iter(adj[start]))]
    seen[start] = True
    while stack:
        u, it = stack[-1]
        for v in it:
            if not seen[v]:
                seen[v] = True
                stack.append((v, iter(adj[v])))
                break
        else:
            stack.pop()
            out.append(u)


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, m = data[0], data[1]
    fwd = [[] for _ in range(n)]
    back = [[] for _ in range(n)]
    for i in range(m):
        a, b = data[2 + 2 * i] - 1, data[3 + 2 * i] - 1
        fwd[a].append(b)
        back[b].append(a)
    seen, finish = [False] * n, []
    for v in range(n):
        if not seen[v]:
            dfs(v, fwd, seen, finish)
    seen = [False] * n
    sizes = []
    for v in reversed(finish):
        if not seen[v]:
            component = []
            dfs(v, back, seen, component)
            sizes.append(len(component))
    print(len(sizes), max(sizes))


main()
