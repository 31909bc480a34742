# Point updates and range minimum, iterative segment tree.
import sys


def main():
    data = sys.stdin.buffer.read().split()
    n, q = int(data[0]), int(data[1])
    size = 1
    while size < n:
        size *= 2
    INF = 1 << 60
    tree = [INF] * (2 * size)
    tree[size:size + n] = map(int, data[2:2 + n])
    for i in range(size - 1, 0, -1):
        tree[i] = min(tree[2 * i], tree[2 * i + 1])
    at = 2 + n
    for _ in range(q):
        kind, x, y = int(data[at]), int(data[at + 1]), int(data[at + 2])
        at += 3
        if kind == 1:
            i = size + x - 1
            tree[i] = y
            while i > 1:
                i //= 2
                tree[i] = min(tree[2 * i], tree[2 * i + 1])
        else:
            l, r, low = size + x - 1, size + y, INF
            while l < r:
                if l & 1:
                    low = min(low, tree[l])
                    l += 1
                if r & 1:
                    r -= 1
                    low = min(low, tree[r])
                l //= 2
                r //= 2
            print(low)


main()
