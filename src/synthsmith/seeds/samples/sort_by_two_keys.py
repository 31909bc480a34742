# Rank contestants by solved problems (descending), then penalty, then name.
import sys


def main():
    lines = sys.stdin.read().split("\n")
    n = int(lines[0])
    rows = []
    for line in lines[1:n + 1]:
        name, solved, penalty = line.split()
        rows.append((-int(solved), int(penalty), name))
    rows.sort()
    for place, (solved, penalty, name) in enumerate(rows, 1):
        print(place, name, -solved, penalty)


main()
