# How many values lie in [L, R], by binary search on a sorted array.
from bisect import bisect_left, bisect_right
import sys

input = sys.stdin.readline


def main():
    n, q = map(int, input().split())
    a = sorted(map(int, input().split()))
    for _ in range(q):
        l, r = map(int, input().split())
        print(bisect_right(a, r) - bisect_left(a, l))


if __name__ == '__main__':
    main()
