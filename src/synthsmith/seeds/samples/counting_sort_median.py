# Sliding median of small values kept in a counting array.
n, k = map(int, input().split())
values = list(map(int, input().split()))
MAX = 201
count = [0] * MAX


def kth(rank):
    seen = 0
    for value in range(MAX):
        seen += count[value]
        if seen >= rank:
            return value
    return -1


medians = []
for i, v in enumerate(values):
    count[v] += 1
    if i >= k:
        count[values[i - k]] -= 1
    if i >= k - 1:
        medians.append(kth((k + 1) // 2))
print(*medians)
