# Diameter of a weighted tree with two searches.
import sys


def farthest(adj, source):
    dist = {source: 0}
    stack = [source]
    while stack:
        u = stack.pop()
        for v, w in adj[u]:
            if v not in dist:
                dist[v] = dist[u] + w
                stack.append(v)
    end = max(dist, key=dist.get)
    return end, dist[end]


lines = sys.stdin.read().splitlines()
n = int(lines[0])
adj = [[] for _ in range(n + 1)]
for line in lines[1:n]:
    a, b, w = map(int, line.split())
    adj[a].append((b, w))
    adj[b].append((a, w))
u, _ = farthest(adj, 1)
print(farthest(adj, u)[1])
