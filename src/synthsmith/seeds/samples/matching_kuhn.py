# Most pairs in a bipartite graph, augmenting paths (Kuhn).
def try_match(u, likes, owner, seen):
    for v in likes[u]:
        if v in seen:
            continue
        seen.add(v)
        if v not in owner or try_match(owner[v], likes, owner, seen):
            owner[v] = u
            return True
    return False


def main():
    n, m = map(int, input().split())
    likes = []
    for _ in range(n):
        likes.append([int(x) for x in input().split()][1:])
    owner = {}
    print(sum(try_match(u, likes, owner, set()) for u in range(n)))


main()
