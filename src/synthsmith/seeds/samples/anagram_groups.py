# Group words that are anagrams and print the groups in order of their smallest word.
from collections import defaultdict

n = int(input())
groups = defaultdict(list)
for _ in range(n):
    word = input().strip()
    groups["".join(sorted(word))].append(word)
for group in sorted(sorted(g) for g in groups.values()):
    print(*group)
