# Split people into two teams without rivals together, or say it cannot be done.
import sys
from collections import deque


def colour(n, adj):
    side = [None] * (n + 1)
    for s in range(1, n + 1):
        if side[s] is not None:
            continue
        side[s] = 0
        q = deque([s])
        while q:
            u = q.popleft()
            for v in adj[u]:
                if side[v] is None:
                    side[v] = 1 - side[u]
                    q.append(v)
                elif side[v] == side[u]:
                    return None
    return side[1:]


data = list(map(int, sys.stdin.read().split()))
n, m = data[:2]
adj = [[] for _ in range(n + 1)]
for a, b in zip(data[2:2 + 2 * m:2], data[3:3 + 2 * m:2]):
    adj[a].append(b)
    adj[b].append(a)
teams = colour(n, adj)
print("IMPOSSIBLE" if teams is None else " ".join(map(str, teams)))
