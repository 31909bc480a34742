# How many dictionary words begin with each queried prefix, a trie of dicts.
import sys


class Trie:
    def __init__(self):
        self.children = {}
        self.count = 0

    def insert(self, word):
        node = self
        for ch in word:
            node = node.children.setdefault(ch, Trie())
            node.count += 1

    def starting_with(self, prefix):
        node = self
        for ch in prefix:
            if ch not in node.children:
                return 0
            node = node.children[ch]
        return node.count


tokens = sys.stdin.read().split()
n, q = int(tokens[0]), int(tokens[1])
trie = Trie()
for word in tokens[2:2 + n]:
    trie.insert(word)
for prefix in tokens[2 + n:2 + n + q]:
    print(trie.starting_with(prefix))
