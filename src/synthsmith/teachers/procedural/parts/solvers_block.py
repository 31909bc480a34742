"""Solvers on sequences: contiguous blocks."""

from __future__ import annotations

from typing import Literal

from synthsmith.teachers.procedural.algebra import INT64, Code, Param, Shape, Solver, Variant


def _signed(shape: Shape) -> bool:
    return shape.lo < 0 and max(-shape.lo, shape.hi) * shape.n_max < INT64


def _budget(shape: Shape) -> tuple[int, int | Literal["n"]]:
    return 1, min(shape.hi * shape.n_max, 1_000_000_000)


_WINDOW_BUDGET = """\
def pick(rng, lo, hi, a):
    if not a:
        return lo
    left = rng.randrange(len(a))
    part = sum(a[left:left + rng.randint(1, len(a))])
    near = rng.choice((part, part, part - 1, part + 1, max(a), sum(a)))
    return max(lo, min(hi, near))
"""

PARTS = (
    Solver(
        name="maximum subarray sum",
        takes="array",
        features=(
            ("algorithm", "dynamic programming", "linear dp", "maximum subarray"),
            ("technique", "array technique", "subarray by endpoint"),
            ("technique", "array technique", "prefix sums", "prefix minimum and maximum"),
        ),
        answer="the largest sum of a non-empty contiguous block",
        titles=("Best Stretch", "The Richest Block", "A Good Run"),
        fn_name="bestStretch",
        wordings={
            "codeforces": (
                "{hero} may take one non-empty block of consecutive elements of {x} and wins its "
                "sum; what is the most {hero} can win?",
                "Which non-empty contiguous part of {x} has the largest sum? {hero} only needs "
                "this sum.",
            ),
            "atcoder": (
                "Find the maximum sum of a non-empty contiguous subsequence of {x}.",
                "Over all non-empty segments of consecutive elements of {x}, find the largest sum.",
            ),
            "leetcode": (
                "Return the largest possible sum of a non-empty subarray of {x}, where a subarray "
                "is contiguous.",
                "Return the maximum total of any non-empty run of adjacent elements of {x}.",
            ),
        },
        needs=_signed,
        python=(
            Code(
                "Kadane's scan",
                """\
def solve(a):
    best = current = a[0]
    for value in a[1:]:
        current = max(value, current + value)
        best = max(best, current)
    return best
""",
                "The best block ending here either starts here or extends the best block that "
                "ended one before.",
                "O(n)",
            ),
            Code(
                "smallest prefix",
                """\
def solve(a):
    total = 0
    lowest = 0
    best = a[0]
    for value in a:
        total += value
        if total - lowest > best:
            best = total - lowest
        if total < lowest:
            lowest = total
    return best
""",
                "A block's sum is a difference of two prefix sums, so at every end the smallest "
                "earlier prefix sum is subtracted.",
                "O(n)",
            ),
        ),
        brute=Code(
            "all blocks",
            """\
def solve(a):
    best = a[0]
    for left in range(len(a)):
        total = 0
        for right in range(left, len(a)):
            total += a[right]
            if total > best:
                best = total
    return best
""",
            "Every start is extended to every end with a running sum.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "Kadane's scan",
                """\
ll solve(const vector<ll>& a) {
    ll best = a[0], current = a[0];
    for (size_t i = 1; i < a.size(); i++) {
        current = max(a[i], current + a[i]);
        best = max(best, current);
    }
    return best;
}
""",
                "The best block ending here either starts here or extends the previous one.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "starts from zero, which is wrong when all elements are negative",
                ("Kadane's scan", "best = current = a[0]", "best = current = 0"),
            ),
            Variant(
                "forgets to look at the last element",
                ("smallest prefix", "for value in a:", "for value in a[:-1]:"),
                ("Kadane's scan", "i < a.size()", "i + 1 < a.size()"),
            ),
            Variant(
                "resets the block one element too late",
                (
                    "all blocks",
                    "for right in range(left, len(a)):",
                    "for right in range(left, len(a) - 1):",
                ),
                (
                    "Kadane's scan",
                    "current = max(a[i], current + a[i])",
                    "current = max(0LL, current) + a[i - 1]",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "lets the block be empty, with sum zero",
                ("Kadane's scan", "    return best", "    return max(best, 0)"),
                ("Kadane's scan", "    return best;", "    return max(best, 0LL);"),
            ),
            Variant(
                "lets the elements be chosen freely, not only in a block",
                (
                    "Kadane's scan",
                    "    return best",
                    "    return sum(v for v in a if v > 0) or max(a)",
                ),
                (
                    "Kadane's scan",
                    "    return best;",
                    "    ll sum = 0;\n    for (ll v : a) sum += max(v, 0LL);\n"
                    "    return sum ? sum : *max_element(a.begin(), a.end());",
                ),
            ),
        ),
        pitfalls="When every element is negative the answer is the largest single element, "
        "because the block may not be empty.",
        difficulty=0.2,
        empty="0",
    ),
    Solver(
        name="longest window within a budget",
        takes="array",
        features=(
            ("technique", "array technique", "sliding window", "longest window under limit"),
            ("algorithm", "searching", "binary search", "upper bound"),
            ("problem setting", "constraint regime", "bounded sum"),
        ),
        answer="the greatest length of a block whose sum is within the limit",
        titles=("Within Budget", "A Long Affordable Walk", "As Long As It Fits"),
        fn_name="longestWithin",
        wordings={
            "codeforces": (
                "{hero} can afford consecutive elements of {x} with a sum of at most {k}; what is "
                "the greatest number of them, 0 if not even one is affordable?",
                "With {k} coins {hero} buys a block of neighbouring elements of {x}, paying their "
                "sum; how many elements can the block have at most (0 if none is cheap enough)?",
            ),
            "atcoder": (
                "Find the maximum length of a contiguous part of {x} with a sum of at most {k}, "
                "or 0 if there is none.",
                "Among the segments of consecutive elements of {x} whose sum does not exceed {k}, "
                "find the greatest length; it is 0 if no element is that small.",
            ),
            "leetcode": (
                "Return the length of the longest subarray of {x} whose sum is at most {k}, or 0 "
                "if there is none.",
                "Return how many adjacent elements of {x} can be taken at most with a total not "
                "exceeding {k}; it is 0 if no element fits.",
            ),
        },
        params=(Param("k", _budget, _WINDOW_BUDGET),),
        needs=lambda shape: shape.lo >= 0 and shape.hi >= 2 and shape.hi * shape.n_max < INT64,
        python=(
            Code(
                "two pointers",
                """\
def solve(a, k):
    best = 0
    left = 0
    total = 0
    for right, value in enumerate(a):
        total += value
        while total > k:
            total -= a[left]
            left += 1
        best = max(best, right - left + 1)
    return best
""",
                "No element is negative, so when the right end moves on, the left end never has "
                "to move back.",
                "O(n)",
            ),
            Code(
                "binary search over prefix sums",
                """\
def solve(a, k):
    sums = [0] + list(accumulate(a))
    best = 0
    for left in range(len(a)):
        end = bisect_right(sums, sums[left] + k) - 1
        best = max(best, end - left)
    return best
""",
                "The prefix sums never fall, so the furthest end for each start is found by "
                "binary search.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "all blocks",
            """\
def solve(a, k):
    best = 0
    for left in range(len(a)):
        total = 0
        length = 0
        for right in range(left, len(a)):
            total += a[right]
            if total <= k:
                length += 1
        if length > best:
            best = length
    return best
""",
            "For every start all ends are tried with a running sum.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "two pointers",
                """\
ll solve(const vector<ll>& a, ll k) {
    ll best = 0, total = 0;
    size_t left = 0;
    for (size_t right = 0; right < a.size(); right++) {
        total += a[right];
        while (total > k) total -= a[left++];
        best = max<ll>(best, (ll)right - (ll)left + 1);
    }
    return best;
}
""",
                "No element is negative, so the left end never has to move back.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "computes the length one too small",
                ("two pointers", "right - left + 1", "right - left"),
                ("two pointers", "(ll)right - (ll)left + 1", "(ll)right - (ll)left"),
            ),
            Variant(
                "starts anew behind the element at which the limit is broken",
                (
                    "two pointers",
                    "            total -= a[left]\n            left += 1\n",
                    "            total = 0\n            left = right + 1\n",
                ),
                (
                    "two pointers",
                    "while (total > k) total -= a[left++];",
                    "if (total > k) total = 0, left = right + 1;",
                ),
            ),
            Variant(
                "only tries blocks that begin at the first element",
                ("all blocks", "for left in range(len(a)):", "for left in range(1):"),
            ),
        ),
        misreadings=(
            Variant(
                "wants the sum strictly below the limit",
                ("two pointers", "while total > k:", "while total >= k and left <= right:"),
                ("two pointers", "while (total > k)", "while (total >= k && left <= right)"),
            ),
            Variant(
                "lets the elements be chosen freely, not only in a block",
                ("two pointers", "enumerate(a)", "enumerate(a := sorted(a))"),
                (
                    "two pointers",
                    "ll solve(const vector<ll>& a, ll k) {\n",
                    "ll solve(vector<ll> a, ll k) {\n    sort(a.begin(), a.end());\n",
                ),
            ),
        ),
        pitfalls="If the first affordable element does not exist the window is empty and the "
        "answer 0; a sum of exactly the limit is allowed.",
        difficulty=0.35,
        empty="0",
    ),
)
