# Busiest moment: largest number of guests present at once, event sweep.
import sys

events = []
for line in sys.stdin.read().splitlines()[1:]:
    arrive, leave = map(int, line.split())
    events.append((arrive, 1))
    events.append((leave, -1))
# a guest who leaves at t is gone before one arrives at t
events.sort()
present = best = 0
when = None
for moment, change in events:
    present += change
    if present > best:
        best, when = present, moment
print(best, when)
