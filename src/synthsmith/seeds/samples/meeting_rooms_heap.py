# Smallest number of rooms for all meetings, a heap of end times.
import heapq

n = int(input())
meetings = sorted(tuple(map(int, input().split())) for _ in range(n))
ends = []
rooms = 0
for start, finish in meetings:
    while ends and ends[0] <= start:
        heapq.heappop(ends)
    heapq.heappush(ends, finish)
    rooms = max(rooms, len(ends))
print(rooms)
