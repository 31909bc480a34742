# Valid bracket strings with N pairs that begin with a given prefix.
from math import comb

n = int(input())
prefix = input().strip()
balance = 0
ok = True
for ch in prefix:
    balance += 1 if ch == "(" else -1
    if balance < 0:
        ok = False
        break
rest = 2 * n - len(prefix)
closing = (rest + balance) // 2
if not ok or rest < balance:
    print(0)
else:
    # reflection: all ways minus those that touch -1
    bad = comb(rest, closing - balance - 1) if closing > balance else 0
    print(comb(rest, closing) - bad)
