# Order jobs to minimise the weighted sum of completion times (Smith's rule).
from functools import cmp_to_key

n = int(input())
jobs = []
for i in range(n):
    time, weight = map(int, input().split())
    jobs.append((time, weight))


def compare(a, b):
    return a[0] * b[1] - b[0] * a[1]


clock = 0
cost = 0
for time, weight in sorted(jobs, key=cmp_to_key(compare)):
    clock += time
    cost += clock * weight
print(cost)
