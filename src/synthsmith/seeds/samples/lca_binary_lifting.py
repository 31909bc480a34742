# Distance between two vertices of a tree, lowest common ancestor by binary lifting.
import sys


def main():
    read = sys.stdin.readline
    n, q = map(int, read().split())
    parents = [0, 0] + list(map(int, read().split())) if n > 1 else [0, 0]
    depth = [0] * (n + 1)
    for v in range(2, n + 1):  # a parent always has a smaller number
        depth[v] = depth[parents[v]] + 1
    up = [parents]
    while (1 << len(up)) <= n:
        last = up[-1]
        up.append([last[last[v]] for v in range(n + 1)])
    for _ in range(q):
        a, b = map(int, read().split())
        length = depth[a] + depth[b]
        if depth[a] < depth[b]:
            a, b = b, a
        lift = depth[a] - depth[b]
        for k in range(len(up)):
            if lift >> k & 1:
                a = up[k][a]
        if a != b:
            for level in reversed(up):
                if level[a] != level[b]:
                    a, b = level[a], level[b]
            a = parents[a]
        print(length - 2 * depth[a])


main()
