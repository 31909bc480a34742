# The k-th smallest number by quickselect with a random pivot.
import random


def select(items, k):
    while True:
        pivot = random.choice(items)
        low = [x for x in items if x < pivot]
        same = items.count(pivot)
        if k < len(low):
            items = low
        elif k < len(low) + same:
            return pivot
        else:
            k -= len(low) + same
            items = [x for x in items if x > pivot]


n, k = map(int, input().split())
print(select(list(map(int, input().split())), k - 1))
