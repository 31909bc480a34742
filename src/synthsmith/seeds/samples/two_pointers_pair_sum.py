# Number of index pairs with sum at most S, two pointers after sorting.
n, s = map(int, input().split())
a = sorted(map(int, input().split()))
lo, hi = 0, n - 1
ans = 0
while lo < hi:
    if a[lo] + a[hi] <= s:
        # every partner of lo up to hi works
        ans += hi - lo
        lo += 1
    else:
        hi -= 1
print(ans)
