# Knapsack with limited copies, copies split into powers of two.
import sys


def main():
    inp = sys.stdin.readline
    n, W = map(int, inp().split())
    dp = [0] * (W + 1)
    for _ in range(n):
        w, v, c = map(int, inp().split())
        k = 1
        while c > 0:
            take = min(k, c)
            ww, vv = w * take, v * take
            for j in range(W, ww - 1, -1):
                dp[j] = max(dp[j], dp[j - ww] + vv)
            c -= take
            k *= 2
    print(dp[W])


main()
