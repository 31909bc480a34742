# Count distinct value triples that sum to zero.
def triples(nums):
    nums.sort()
    found = set()
    for i in range(len(nums) - 2):
        if i and nums[i] == nums[i - 1]:
            continue
        l, r = i + 1, len(nums) - 1
        while l < r:
            total = nums[i] + nums[l] + nums[r]
            if total == 0:
                found.add((nums[i], nums[l], nums[r]))
                l += 1
                r -= 1
            elif total < 0:
                l += 1
            else:
                r -= 1
    return found


if __name__ == "__main__":
    input()
    print(len(triples([int(x) for x in input().split()])))
