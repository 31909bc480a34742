# Positions of a pattern in a text with the prefix function.
def prefix_function(p):
    pi = [0] * len(p)
    k = 0
    for i in range(1, len(p)):
        while k and p[i] != p[k]:
            k = pi[k - 1]
        if p[i] == p[k]:
            k += 1
        pi[i] = k
    return pi


def find_all(text, pattern):
    pi = prefix_function(pattern)
    k = 0
    for i, ch in enumerate(text):
        while k and (k == len(pattern) or ch != pattern[k]):
            k = pi[k - 1]
        if ch == pattern[k]:
            k += 1
        if k == len(pattern):
            yield i - k + 2


text = input().strip()
pattern = input().strip()
hits = list(find_all(text, pattern))
print(len(hits))
print(*hits)
