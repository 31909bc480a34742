# First station from which a full circuit is possible, or -1.
def start_station(gas, cost):
    if sum(gas) < sum(cost):
        return -1
    tank = start = 0
    for i in range(len(gas)):
        tank += gas[i] - cost[i]
        if tank < 0:
            start = i + 1
            tank = 0
    return start


input()
gas = list(map(int, input().split()))
cost = list(map(int, input().split()))
print(start_station(gas, cost))
