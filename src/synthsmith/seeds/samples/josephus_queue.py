# Who remains when every K-th person in a circle leaves, and in which order they go.
from collections import deque

n, k = map(int, input().split())
circle = deque(range(1, n + 1))
gone = []
while len(circle) > 1:
    circle.rotate(-(k - 1))
    gone.append(circle.popleft())
print(*gone)
print(circle[0])
