# Centroid of a tree: the vertex whose removal leaves the smallest largest part.
n = int(input())
tree = [[] for _ in range(n + 1)]
for _ in range(n - 1):
    a, b = map(int, input().split())
    tree[a].append(b)
    tree[b].append(a)

order, parent = [1], {1: 0}
for u in order:
    for v in tree[u]:
        if v not in parent:
            parent[v] = u
            order.append(v)

size = [1] * (n + 1)
heaviest = [0] * (n + 1)
for u in reversed(order):
    heaviest[u] = max(heaviest[u], n - size[u])
    p = parent[u]
    if p:
        size[p] += size[u]
        heaviest[p] = max(heaviest[p], size[u])
print(min(range(1, n + 1), key=lambda v: (heaviest[v], v)))
