# Follow a robot on a torus grid and count the cells it visits.
h, w = map(int, input().split())
program = input().strip()
TURN = {"L": -1, "R": 1}
HEADINGS = [(-1, 0), (0, 1), (1, 0), (0, -1)]

r = c = facing = 0
visited = {(r, c)}
for op in program:
    if op in TURN:
        facing = (facing + TURN[op]) % 4
    else:
        dr, dc = HEADINGS[facing]
        r, c = (r + dr) % h, (c + dc) % w
        visited.add((r, c))
print(len(visited), r, c)
