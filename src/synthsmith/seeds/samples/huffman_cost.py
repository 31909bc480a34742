# Cheapest way to merge all piles two at a time.
import heapq
import sys

piles = list(map(int, sys.stdin.read().split()))[1:]
heapq.heapify(piles)
total = 0
while len(piles) > 1:
    merged = heapq.heappop(piles) + heapq.heappop(piles)
    total += merged
    heapq.heappush(piles, merged)
print(total)
# with a single pile there is nothing to pay
