# Paths from the top left to the bottom right corner around walls, moving right or down.
MOD = 1_000_000_007
h, w = map(int, input().split())
grid = [input() for _ in range(h)]
row = [0] * w
row[0] = 1
for line in grid:
    for j in range(w):
        if line[j] == '#':
            row[j] = 0
        elif j > 0:
            row[j] = (row[j] + row[j - 1]) % MOD
print(row[-1])
