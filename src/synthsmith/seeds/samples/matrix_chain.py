# Cheapest order of a matrix product, interval DP.
n = int(input())
dims = list(map(int, input().split()))  # n + 1 numbers
INF = float("inf")
dp = [[0] * n for _ in range(n)]
for length in range(2, n + 1):
    for i in range(n - length + 1):
        j = i + length - 1
        dp[i][j] = INF
        for k in range(i, j):
            cost = dp[i][k] + dp[k + 1][j] + dims[i] * dims[k + 1] * dims[j + 1]
            dp[i][j] = min(dp[i][j], cost)
print(dp[0][n - 1])
