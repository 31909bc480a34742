# Fewest walls to break on the way across a grid, 0-1 BFS.
from collections import deque

rows, cols = map(int, input().split())
field = [input() for _ in range(rows)]
INF = rows * cols + 1
broken = [[INF] * cols for _ in range(rows)]
broken[0][0] = int(field[0][0] == '#')
dq = deque([(0, 0)])
while dq:
    y, x = dq.popleft()
    for ny, nx in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
        if not (0 <= ny < rows and 0 <= nx < cols):
            continue
        step = 1 if field[ny][nx] == '#' else 0
        if broken[y][x] + step < broken[ny][nx]:
            broken[ny][nx] = broken[y][x] + step
            if step:
                dq.append((ny, nx))
            else:
                dq.appendleft((ny, nx))
print(broken[-1][-1])
