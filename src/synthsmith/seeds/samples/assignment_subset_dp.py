# Assign each worker one task at least total cost, one bit per task.
n = int(input())
cost = [list(map(int, input().split())) for _ in range(n)]
best = {0: 0}
for worker in range(n):
    following = {}
    for mask, paid in best.items():
        for task in range(n):
            bit = 1 << task
            if mask & bit:
                continue
            price = paid + cost[worker][task]
            if price < following.get(mask | bit, 1 << 60):
                following[mask | bit] = price
    best = following
print(best[(1 << n) - 1])
