# Smallest difference between two halves of a set, all subsets by Gray code.
n = int(input())
w = list(map(int, input().split()))
total = sum(w)
inside = 0
best = total
for code in range(1, 1 << n):
    flip = (code & -code).bit_length() - 1
    gray = code ^ code >> 1
    if gray >> flip & 1:
        inside += w[flip]
    else:
        inside -= w[flip]
    best = min(best, abs(total - 2 * inside))
print(best)
