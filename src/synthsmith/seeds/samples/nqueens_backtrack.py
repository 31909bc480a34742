# Number of ways to place N queens with some squares forbidden, backtracking with bit masks.
def place(row, cols, left, right):
    if row == n:
        return 1
    free = allowed[row] & ~(cols | left | right)
    ways = 0
    while free:
        bit = free & -free
        free ^= bit
        ways += place(row + 1, cols | bit, (left | bit) << 1, (right | bit) >> 1)
    return ways


n = int(input())
allowed = []
for _ in range(n):
    line = input()
    allowed.append(sum(1 << i for i, ch in enumerate(line) if ch == "."))
print(place(0, 0, 0, 0))
