# Sum of the xor over all pairs, bit by bit.
import sys

tokens = list(map(int, sys.stdin.read().split()))
n, nums = tokens[0], tokens[1:]
total = 0
for bit in range(max(nums).bit_length()):
    ones = sum(x >> bit & 1 for x in nums)
    zeros = n - ones
    # a pair adds 2^bit when it differs in this bit
    total += ones * zeros << bit
print(total)
