# Number of ways to pay an amount with unlimited coins, order ignored, modulo 1e9+7.
MOD = 10**9 + 7

n, amount = map(int, input().split())
coins = list(map(int, input().split()))
ways = [1] + [0] * amount
for coin in coins:
    for s in range(coin, amount + 1):
        ways[s] = (ways[s] + ways[s - coin]) % MOD
print(ways[amount])
# coins outside, sums inside: each multiset of coins is counted once
