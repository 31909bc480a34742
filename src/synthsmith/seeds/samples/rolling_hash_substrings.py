# Number of distinct substrings of length K, polynomial hashing.
BASE, MOD = 911382323, (1 << 61) - 1


def main():
    k = int(input())
    s = input().strip()
    if k > len(s):
        print(0)
        return
    power = pow(BASE, k, MOD)
    h = 0
    seen = set()
    for i, c in enumerate(s):
        h = (h * BASE + ord(c)) % MOD
        if i >= k:
            h = (h - ord(s[i - k]) * power) % MOD
        if i >= k - 1:
            seen.add(h)
    print(len(seen))


main()
