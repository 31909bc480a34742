# Most non-overlapping lectures in one room: earliest end first.
import sys

rows = sys.stdin.read().splitlines()
lectures = []
for row in rows[1:int(rows[0]) + 1]:
    start, end = map(int, row.split())
    lectures.append((end, start))
lectures.sort()
free_at = -1
chosen = 0
for end, start in lectures:
    if start >= free_at:
        chosen += 1
        free_at = end
print(chosen)
