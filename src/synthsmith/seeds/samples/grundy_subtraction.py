# Winner of a game of piles where a move takes an allowed number of stones.
def mex(values):
    m = 0
    while m in values:
        m += 1
    return m


moves = list(map(int, input().split()))
piles = list(map(int, input().split()))
grundy = []
for stones in range(max(piles) + 1):
    grundy.append(mex({grundy[stones - m] for m in moves if m <= stones}))
nim = 0
for p in piles:
    nim ^= grundy[p]
print("First" if nim else "Second")
