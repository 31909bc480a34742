# Longest substring without a repeated character, sliding window.
s = input().strip()
last = {}
start = best = 0
for i, ch in enumerate(s):
    if ch in last and last[ch] >= start:
        start = last[ch] + 1
    last[ch] = i
    best = max(best, i - start + 1)
print(best)
# a window never has to move its left end backwards
