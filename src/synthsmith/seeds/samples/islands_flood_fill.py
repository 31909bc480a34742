# Number of islands and size of the largest, flood fill with a stack.
import sys

grid = [list(line) for line in sys.stdin.read().split()[2:]]
sizes = []
for i, row in enumerate(grid):
    for j, cell in enumerate(row):
        if cell != "1":
            continue
        grid[i][j] = "0"
        stack, size = [(i, j)], 0
        while stack:
            y, x = stack.pop()
            size += 1
            for v, u in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if 0 <= v < len(grid) and 0 <= u < len(row) and grid[v][u] == "1":
                    grid[v][u] = "0"
                    stack.append((v, u))
        sizes.append(size)
print(len(sizes), max(sizes, default=0))
