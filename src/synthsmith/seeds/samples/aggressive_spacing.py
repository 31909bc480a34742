# Place C antennas on given positions so that the smallest distance is largest.
import sys


def fits(xs, c, d):
    placed, last = 1, xs[0]
    for x in xs[1:]:
        if x - last >= d:
            placed += 1
            last = x
            if placed >= c:
                return True
    return placed >= c


def main():
    n, c = map(int, sys.stdin.readline().split())
    xs = sorted(map(int, sys.stdin.readline().split()))
    lo, hi = 0, xs[-1] - xs[0] + 1  # lo fits, hi does not
    while hi - lo > 1:
        mid = (lo + hi) >> 1
        if fits(xs, c, mid):
            lo = mid
        else:
            hi = mid
    print(lo)


main()
