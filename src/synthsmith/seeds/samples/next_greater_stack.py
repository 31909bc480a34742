# For each day, how long until a warmer one, monotonic stack.
n = int(input())
temps = list(map(int, input().split()))
wait = [0] * n
stack = []
for day, t in enumerate(temps):
    while stack and temps[stack[-1]] < t:
        earlier = stack.pop()
        wait[earlier] = day - earlier
    stack.append(day)
print(*wait)
# days left on the stack never see a warmer one
