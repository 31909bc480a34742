# Merge groups and answer how large a member's group is.
import sys


class DisjointSets:
    def __init__(self, n):
        self.link = [-1] * n

    def root(self, x):
        while self.link[x] >= 0:
            if self.link[self.link[x]] >= 0:
                self.link[x] = self.link[self.link[x]]
            x = self.link[x]
        return x

    def merge(self, a, b):
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        if self.link[a] > self.link[b]:
            a, b = b, a
        self.link[a] += self.link[b]
        self.link[b] = a

    def size(self, x):
        return -self.link[self.root(x)]


lines = iter(sys.stdin.read().splitlines())
n, q = map(int, next(lines).split())
sets = DisjointSets(n + 1)
for _ in range(q):
    kind, *args = next(lines).split()
    if kind == "join":
        sets.merge(int(args[0]), int(args[1]))
    else:
        print(sets.size(int(args[0])))
