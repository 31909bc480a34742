# Jobs of one day each with deadline and profit: largest profit, greedy with a heap.
import heapq
import sys


def best_profit(jobs):
    taken = []
    for deadline, profit in sorted(jobs):
        heapq.heappush(taken, profit)
        if len(taken) > deadline:
            heapq.heappop(taken)
    return sum(taken)


def main():
    tokens = list(map(int, sys.stdin.read().split()))
    n = tokens[0]
    jobs = list(zip(tokens[1:2 * n + 1:2], tokens[2:2 * n + 2:2]))
    print(best_profit(jobs))


main()
