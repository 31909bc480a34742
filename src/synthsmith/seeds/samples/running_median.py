# Median after every insertion, two heaps.
import heapq

n = int(input())
small, large = [], []  # small holds negated values
for value in map(int, input().split()):
    if small and value > -small[0]:
        heapq.heappush(large, value)
    else:
        heapq.heappush(small, -value)
    if len(small) > len(large) + 1:
        heapq.heappush(large, -heapq.heappop(small))
    elif len(large) > len(small):
        heapq.heappush(small, -heapq.heappop(large))
    print(-small[0])  # the lower median
