# Total length covered by a set of intervals.
def covered(segments):
    segments.sort()
    total = 0
    cur_l, cur_r = segments[0]
    for l, r in segments[1:]:
        if l > cur_r:
            total += cur_r - cur_l
            cur_l, cur_r = l, r
        else:
            cur_r = max(cur_r, r)
    return total + cur_r - cur_l


n = int(input())
segs = []
for _ in range(n):
    a, b = map(int, input().split())
    segs.append((min(a, b), max(a, b)))
print(covered(segs))
