# Shortest round trip through all cities, DP over subsets.
import sys


def main():
    rows = [list(map(int, line.split())) for line in sys.stdin if line.strip()]
    n, d = rows[0][0], rows[1:]
    INF = 10**15
    dp = [[INF] * n for _ in range(1 << n)]
    dp[1][0] = 0
    for mask in range(1, 1 << n, 2):
        for last in range(n):
            here = dp[mask][last]
            if here == INF:
                continue
            for nxt in range(n):
                if mask >> nxt & 1:
                    continue
                to = mask | 1 << nxt
                if here + d[last][nxt] < dp[to][nxt]:
                    dp[to][nxt] = here + d[last][nxt]
    print(min(dp[-1][i] + d[i][0] for i in range(n)))


main()
