"""Solvers on sequences."""

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
            ("algorithm", "dynamic programming", "maximum subarray"),
            ("algorithm", "greedy", "Kadane's algorithm"),
            ("technique", "prefix sums", "prefix minimum"),
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
        name="longest increasing subsequence",
        takes="array",
        features=(
            ("algorithm", "dynamic programming", "longest increasing subsequence"),
            ("algorithm", "binary search", "patience sorting"),
            ("algorithm", "dynamic programming", "sequence dp"),
        ),
        answer="the length of the longest strictly increasing subsequence",
        titles=("Climbing Order", "Ever Higher", "The Long Ascent"),
        fn_name="longestAscent",
        wordings={
            "codeforces": (
                "{hero} deletes as few elements of {x} as possible, so that each remaining element "
                "is strictly greater than the one before; how many remain?",
                "How many elements of {x} can {hero} pick at most, from left to right but not "
                "necessarily neighbours, if each must be strictly greater than the one picked "
                "before?",
            ),
            "atcoder": (
                "Find the length of the longest strictly increasing subsequence, not necessarily "
                "contiguous, of {x}.",
                "A subsequence of {x} is rising if each of its elements is strictly greater than "
                "the previous one; find the maximum length of a rising subsequence.",
            ),
            "leetcode": (
                "Return the length of the longest strictly increasing subsequence of {x}, which "
                "need not be contiguous.",
                "Return the greatest number of elements that can be kept of {x}, the others "
                "deleted, so that what is kept is strictly increasing.",
            ),
        },
        needs=lambda shape: shape.n_max >= 5 and "sums" not in shape.flags,
        python=(
            Code(
                "tails by binary search",
                """\
def solve(a):
    tails = []
    for value in a:
        i = bisect_left(tails, value)
        if i == len(tails):
            tails.append(value)
        else:
            tails[i] = value
    return len(tails)
""",
                "For every length the smallest possible last element is kept; each new element "
                "replaces the first that is not smaller.",
                "O(n log n)",
            ),
            Code(
                "Fenwick tree of maxima",
                """\
def solve(a):
    order = {value: i + 1 for i, value in enumerate(sorted(set(a)))}
    tree = [0] * (len(order) + 1)
    best = 0
    for value in a:
        i = order[value] - 1
        length = 0
        while i > 0:
            if tree[i] > length:
                length = tree[i]
            i -= i & -i
        length += 1
        best = max(best, length)
        i = order[value]
        while i < len(tree):
            if tree[i] < length:
                tree[i] = length
            i += i & -i
    return best
""",
                "A Fenwick tree over the ranks answers the longest chain that ends in a smaller "
                "value.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "table of lengths",
            """\
def solve(a):
    lengths = []
    for i in range(len(a)):
        longest = 0
        for j in range(i):
            if a[j] < a[i] and lengths[j] > longest:
                longest = lengths[j]
        lengths.append(longest + 1)
    return max(lengths)
""",
            "For each element all smaller ones before it are tried as predecessor.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "tails by binary search",
                """\
ll solve(const vector<ll>& a) {
    vector<ll> tails;
    for (ll value : a) {
        auto it = lower_bound(tails.begin(), tails.end(), value);
        if (it == tails.end()) tails.push_back(value);
        else *it = value;
    }
    return tails.size();
}
""",
                "For every length the smallest possible last element is kept.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "builds one chain greedily from the first element",
                (
                    "tails by binary search",
                    "        else:\n            tails[i] = value\n",
                    "",
                ),
                ("tails by binary search", "        else *it = value;\n", ""),
            ),
            Variant(
                "never lets the first element be a predecessor",
                ("table of lengths", "for j in range(i):", "for j in range(1, i):"),
            ),
        ),
        misreadings=(
            Variant(
                "lets equal elements follow one another, so not strictly",
                ("tails by binary search", "i = bisect_left(", "i = bisect_right("),
                ("tails by binary search", "lower_bound(", "upper_bound("),
            ),
            Variant(
                "takes only contiguous rising parts",
                (
                    "tails by binary search",
                    "        i = bisect_left(tails, value)\n"
                    "        if i == len(tails):\n"
                    "            tails.append(value)\n"
                    "        else:\n"
                    "            tails[i] = value\n"
                    "    return len(tails)\n",
                    "        if tails and tails[-1][0] < value:\n"
                    "            tails.append((value, tails[-1][1] + 1))\n"
                    "        else:\n"
                    "            tails.append((value, 1))\n"
                    "    return max(length for _, length in tails)\n",
                ),
                (
                    "tails by binary search",
                    "    for (ll value : a) {\n"
                    "        auto it = lower_bound(tails.begin(), tails.end(), value);\n"
                    "        if (it == tails.end()) tails.push_back(value);\n"
                    "        else *it = value;\n"
                    "    }\n"
                    "    return tails.size();\n",
                    "    for (size_t i = 0; i < a.size(); i++)\n"
                    "        tails.push_back(i && a[i - 1] < a[i] ? tails.back() + 1 : 1);\n"
                    "    return *max_element(tails.begin(), tails.end());\n",
                ),
            ),
        ),
        pitfalls="Equal elements must not follow each other, so the search is for the first tail "
        "that is not smaller.",
        difficulty=0.6,
        empty="0",
    ),
    Solver(
        name="inversion count",
        takes="array",
        features=(
            ("algorithm", "divide and conquer", "merge sort", "inversion count"),
            ("data structure", "Fenwick tree", "point update prefix query"),
            ("algorithm", "sorting", "merge sort"),
            ("mathematics", "combinatorics", "inversions"),
        ),
        answer="the number of pairs in the wrong order",
        titles=("Quarrels in a Row", "Out of Order", "Wrong Pairs"),
        fn_name="countWrongPairs",
        wordings={
            "codeforces": (
                "Two elements of {x} quarrel if the one further left is strictly greater; {hero} "
                "must say how many pairs quarrel.",
                "{hero} counts the pairs of positions of {x} in which the earlier element is "
                "strictly greater than the later one.",
            ),
            "atcoder": (
                "Find the number of pairs i < j such that element i of {x} is strictly greater "
                "than element j.",
                "Count the inversions of {x}: pairs of positions whose earlier element is "
                "strictly greater.",
            ),
            "leetcode": (
                "Return how many pairs of positions i < j there are where element i of {x} is "
                "strictly greater than element j.",
                "Return the number of pairs in {x} that stand in strictly descending order, the "
                "greater one first.",
            ),
        },
        needs=lambda shape: shape.n_max >= 5 and "start zero" not in shape.flags,
        python=(
            Code(
                "merge sort",
                """\
def solve(a):
    values = list(a)
    count = 0
    width = 1
    while width < len(values):
        merged = []
        for start in range(0, len(values), 2 * width):
            left = values[start:start + width]
            right = values[start + width:start + 2 * width]
            i = 0
            for value in right:
                while i < len(left) and left[i] <= value:
                    merged.append(left[i])
                    i += 1
                count += len(left) - i
                merged.append(value)
            merged.extend(left[i:])
        values = merged
        width *= 2
    return count
""",
                "While two sorted halves are merged, each element taken from the right half "
                "passes all that are left in the left half.",
                "O(n log n)",
            ),
            Code(
                "Fenwick tree",
                """\
def solve(a):
    rank = {value: i + 1 for i, value in enumerate(sorted(set(a)))}
    size = len(rank)
    tree = [0] * (size + 1)
    count = 0
    for seen, value in enumerate(a):
        i = rank[value]
        smaller = 0
        while i > 0:
            smaller += tree[i]
            i -= i & -i
        count += seen - smaller
        i = rank[value]
        while i <= size:
            tree[i] += 1
            i += i & -i
    return count
""",
                "For every element the tree tells how many earlier ones are not greater; the rest "
                "of the earlier ones are.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "all pairs",
            """\
def solve(a):
    count = 0
    for j in range(len(a)):
        for i in range(j):
            if a[i] > a[j]:
                count += 1
    return count
""",
            "Every pair of positions is compared.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "merge sort",
                """\
ll solve(const vector<ll>& a) {
    vector<ll> values = a, merged(a.size());
    ll count = 0;
    size_t n = a.size();
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            size_t middle = min(n, start + width), end = min(n, start + 2 * width);
            size_t i = start, j = middle, k = start;
            while (i < middle || j < end) {
                if (j == end || (i < middle && values[i] <= values[j])) merged[k++] = values[i++];
                else {
                    count += middle - i;
                    merged[k++] = values[j++];
                }
            }
        }
        swap(values, merged);
    }
    return count;
}
""",
                "While two sorted halves are merged, each element taken from the right half "
                "passes all that are left in the left half.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts only neighbouring pairs",
                ("all pairs", "for i in range(j):", "for i in range(max(0, j - 1), j):"),
            ),
            Variant(
                "counts one too few in each merge",
                ("merge sort", "count += len(left) - i", "count += max(0, len(left) - i - 1)"),
                ("merge sort", "count += middle - i;", "count += middle - i - (i > start);"),
            ),
        ),
        misreadings=(
            Variant(
                "counts equal elements as a pair too",
                ("merge sort", "left[i] <= value", "left[i] < value"),
                ("merge sort", "values[i] <= values[j]", "values[i] < values[j]"),
            ),
            Variant(
                "counts the pairs in which the earlier element is the smaller one",
                ("merge sort", "values = list(a)", "values = list(a)[::-1]"),
                (
                    "merge sort",
                    "vector<ll> values = a, merged(a.size());",
                    "vector<ll> values(a.rbegin(), a.rend()), merged(a.size());",
                ),
            ),
        ),
        pitfalls="Equal elements are no pair, and the count needs 64 bits.",
        difficulty=0.6,
        empty="0",
    ),
    Solver(
        name="longest window within a budget",
        takes="array",
        features=(
            ("technique", "two pointers", "sliding window"),
            ("technique", "prefix sums", "binary search on prefix sums"),
            ("problem setting", "budget", "bounded sum"),
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
