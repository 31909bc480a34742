# Split an array into K parts so that the largest part sum is smallest (binary search on answer).
def parts_needed(a, cap):
    parts, run = 1, 0
    for x in a:
        if run + x > cap:
            parts += 1
            run = 0
        run += x
    return parts


n, k = (int(t) for t in input().split())
a = [int(t) for t in input().split()]
low, high = max(a), sum(a)
while low < high:
    mid = (low + high) // 2
    if parts_needed(a, mid) <= k:
        high = mid
    else:
        low = mid + 1
print(low)
