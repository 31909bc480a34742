# Largest rectangle under a histogram.
def largest(heights):
    best = 0
    stack = []  # (start, height), heights rise
    for i, h in enumerate(heights + [0]):
        start = i
        while stack and stack[-1][1] >= h:
            start, tall = stack.pop()
            best = max(best, tall * (i - start))
        stack.append((start, h))
    return best


n = int(input())
print(largest([int(x) for x in input().split()]))
