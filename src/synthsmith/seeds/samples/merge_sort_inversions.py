# Count inversions of an array with merge sort.
import sys


def sort_count(a):
    n = len(a)
    if n < 2:
        return a, 0
    left, x = sort_count(a[:n // 2])
    right, y = sort_count(a[n // 2:])
    merged, inv = [], x + y
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            inv += len(left) - i
            j += 1
    merged += left[i:]
    merged += right[j:]
    return merged, inv


data = list(map(int, sys.stdin.read().split()))
print(sort_count(data[1:data[0] + 1])[1])
