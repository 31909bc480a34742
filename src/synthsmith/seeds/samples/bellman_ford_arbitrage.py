# Cheapest way from 1 to N with negative edges, or report a negative cycle on the way.
import sys


def reach(start, edges, n):
    seen = {start}
    grow = True
    while grow:
        grow = False
        for u, v, _ in edges:
            if u in seen and v not in seen:
                seen.add(v)
                grow = True
    return seen


def main():
    n, m, *rest = map(int, sys.stdin.read().split())
    edges = [tuple(rest[3 * i:3 * i + 3]) for i in range(m)]
    useful = reach(1, edges, n) & reach(n, [(v, u, w) for u, v, w in edges], n)
    edges = [e for e in edges if e[0] in useful and e[1] in useful]
    if n not in useful:
        print("UNREACHABLE")
        return
    dist = {v: float("inf") for v in useful}
    dist[1] = 0
    for step in range(len(useful)):
        changed = False
        for u, v, w in edges:
            if dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
                changed = True
        if not changed:
            print(dist[n])
            return
    print("NEGATIVE CYCLE")


main()
