# Fewest steps from S to E in a maze, breadth-first search.
from collections import deque


def main():
    h, w = map(int, input().split())
    g = [input() for _ in range(h)]
    for r in range(h):
        for c in range(w):
            if g[r][c] == "S":
                start = (r, c)
    dist = {start: 0}
    queue = deque([start])
    while queue:
        r, c = queue.popleft()
        if g[r][c] == "E":
            print(dist[r, c])
            return
        for dr, dc in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            nr, nc = r + dr, c + dc
            if 0 <= nr < h and 0 <= nc < w and g[nr][nc] != "#" and (nr, nc) not in dist:
                dist[nr, nc] = dist[r, c] + 1
                queue.append((nr, nc))
    print(-1)


main()
