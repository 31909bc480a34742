# Expand nested repetitions such as 3[a2[c]] with a stack.
s = input().strip()
stack = []
current, number = "", 0
for ch in s:
    if ch.isdigit():
        number = number * 10 + int(ch)
    elif ch == "[":
        stack.append((current, number))
        current, number = "", 0
    elif ch == "]":
        before, times = stack.pop()
        current = before + current * times
    else:
        current += ch
print(current)
