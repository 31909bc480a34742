# Apply range additions offline with a difference array and print the result.
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
n, m = data[0], data[1]
diff = [0] * (n + 1)
pos = 2
for _ in range(m):
    left, right, add = data[pos:pos + 3]
    pos += 3
    diff[left - 1] += add
    diff[right] -= add
current = 0
row = []
for i in range(n):
    current += diff[i]
    row.append(current)
print(' '.join(str(x) for x in row))
