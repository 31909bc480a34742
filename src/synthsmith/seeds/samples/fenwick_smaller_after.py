# For each element, how many later ones are smaller, Fenwick tree over ranks.
n = int(input())
a = list(map(int, input().split()))
rank = {v: i + 1 for i, v in enumerate(sorted(set(a)))}
tree = [0] * (len(rank) + 1)


def add(i):
    while i < len(tree):
        tree[i] += 1
        i += i & -i


def prefix(i):
    s = 0
    while i:
        s += tree[i]
        i -= i & -i
    return s


result = []
for v in reversed(a):
    result.append(prefix(rank[v] - 1))
    add(rank[v])
print(*result[::-1])
