# Smallest period of a string by the Z function.
def z_array(s):
    n = len(s)
    z = [0] * n
    z[0] = n
    l = r = 0
    for i in range(1, n):
        if i < r:
            z[i] = min(r - i, z[i - l])
        while i + z[i] < n and s[z[i]] == s[i + z[i]]:
            z[i] += 1
        if i + z[i] > r:
            l, r = i, i + z[i]
    return z


s = input().strip()
z = z_array(s)
print(next((p for p in range(1, len(s)) if len(s) % p == 0 and z[p] == len(s) - p), len(s)))
