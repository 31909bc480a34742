# Best sum from top to bottom of a number triangle.
import sys


def best_sum(triangle):
    below = triangle[-1]
    for level in triangle[-2::-1]:
        below = [x + max(p, q) for x, p, q in zip(level, below, below[1:])]
    return below[0]


lines = sys.stdin.read().strip().split("\n")[1:]
print(best_sum([[int(x) for x in line.split()] for line in lines]))
