# 0/1 knapsack: most value within a weight limit.
def main():
    n, cap = map(int, input().split())
    best = [0] * (cap + 1)
    for _ in range(n):
        w, v = map(int, input().split())
        for c in range(cap, w - 1, -1):
            cand = best[c - w] + v
            if cand > best[c]:
                best[c] = cand
    print(best[cap])


main()
