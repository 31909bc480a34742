# Fewest characters to insert so that a string becomes a palindrome.
s = input().strip()
n = len(s)
need = [[0] * n for _ in range(n)]
for i in range(n - 2, -1, -1):
    for j in range(i + 1, n):
        if s[i] == s[j]:
            need[i][j] = need[i + 1][j - 1] if i + 1 <= j - 1 else 0
        else:
            need[i][j] = 1 + min(need[i + 1][j], need[i][j - 1])
print(need[0][n - 1])
