# Largest sum of a K by K square in a grid, two-dimensional prefix sums.
import sys


def main():
    it = iter(sys.stdin.read().split())
    h, w, k = int(next(it)), int(next(it)), int(next(it))
    p = [[0] * (w + 1) for _ in range(h + 1)]
    for i in range(1, h + 1):
        for j in range(1, w + 1):
            p[i][j] = int(next(it)) + p[i - 1][j] + p[i][j - 1] - p[i - 1][j - 1]
    best = None
    for i in range(k, h + 1):
        for j in range(k, w + 1):
            s = p[i][j] - p[i - k][j] - p[i][j - k] + p[i - k][j - k]
            if best is None or s > best:
                best = s
    print(best)


main()
