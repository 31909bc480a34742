"""Solvers on sequences: windows and prefix sums."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import INT64, Code, Param, Shape, Solver, Variant

_FEW_VALUES = """\
def pick(rng, lo, hi, a):
    kinds = len(set(a))
    near = rng.choice((1, 2, 2, 3, kinds - 1, kinds // 2))
    return max(lo, min(hi, near))
"""

_DIVISOR = """\
def pick(rng, lo, hi, a):
    return max(lo, min(hi, rng.choice((2, 3, 3, 4, 5, 6, 7, rng.randint(2, 12), hi))))
"""


def _sums_fit(shape: Shape) -> bool:
    return max(-shape.lo, shape.hi) * shape.n_max < INT64


PARTS = (
    Solver(
        name="longest block with few values",
        takes="array",
        features=(
            ("technique", "array technique", "sliding window", "at most k distinct"),
            ("technique", "array technique", "sliding window", "window with counts"),
            ("data structure", "hash structure", "hash map", "frequency map"),
        ),
        answer="the greatest length of a block with few enough different values",
        titles=("Not Too Many Colours", "A Quiet Stretch", "Few of a Kind"),
        fn_name="longestWithFewValues",
        wordings={
            "codeforces": (
                "{hero} looks for the longest run of consecutive elements of {x} that contains at "
                "most {k} different values; how long is it?",
                "A stretch of neighbouring elements of {x} bores {hero} if it has no more than "
                "{k} distinct numbers; print the length of the longest boring stretch.",
            ),
            "atcoder": (
                "Find the maximum length of a contiguous part of {x} with at most {k} distinct "
                "values.",
                "Among the segments of consecutive elements of {x} in which at most {k} different "
                "values occur, find the greatest length.",
            ),
            "leetcode": (
                "Return the length of the longest subarray of {x} that has at most {k} distinct "
                "values.",
                "Return how many consecutive elements of {x} can be taken at most while no more "
                "than {k} different values are among them.",
            ),
        },
        params=(Param("k", lambda shape: (1, "n"), _FEW_VALUES),),
        needs=lambda shape: shape.full and shape.n_max >= 5,
        python=(
            Code(
                "two pointers with counts",
                """\
def solve(a, k):
    counts = {}
    best = 0
    left = 0
    for right, value in enumerate(a):
        counts[value] = counts.get(value, 0) + 1
        while len(counts) > k:
            first = a[left]
            counts[first] -= 1
            if counts[first] == 0:
                del counts[first]
            left += 1
        best = max(best, right - left + 1)
    return best
""",
                "The window grows on the right; while it has too many values, its left end moves.",
                "O(n)",
            ),
            Code(
                "last places in order",
                """\
def solve(a, k):
    last = OrderedDict()
    best = 0
    left = 0
    for right, value in enumerate(a):
        last.pop(value, None)
        last[value] = right
        if len(last) > k:
            left = last.popitem(last=False)[1] + 1
        best = max(best, right - left + 1)
    return best
""",
                "The values of the window are kept in the order of their last places; the one "
                "seen longest ago is dropped, and the window begins behind it.",
                "O(n)",
            ),
        ),
        brute=Code(
            "all blocks",
            """\
def solve(a, k):
    best = 0
    for left in range(len(a)):
        values = set()
        for right in range(left, len(a)):
            values.add(a[right])
            if len(values) <= k and right - left + 1 > best:
                best = right - left + 1
    return best
""",
            "For every start the different values up to every end are collected.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "two pointers with counts",
                """\
ll solve(const vector<ll>& a, ll k) {
    unordered_map<ll, ll> counts;
    ll best = 0, n = a.size();
    for (ll right = 0, left = 0; right < n; right++) {
        counts[a[right]]++;
        while ((ll)counts.size() > k) {
            if (--counts[a[left]] == 0) counts.erase(a[left]);
            left++;
        }
        best = max(best, right - left + 1);
    }
    return best;
}
""",
                "The window grows on the right; while it has too many values, its left end moves.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "computes the length one too small",
                ("two pointers with counts", "right - left + 1", "right - left"),
                ("two pointers with counts", "right - left + 1", "right - left"),
            ),
            Variant(
                "measures the window before it is small enough again",
                (
                    "two pointers with counts",
                    "        while len(counts) > k:\n",
                    "        best = max(best, right - left + 1)\n        while len(counts) > k:\n",
                ),
                (
                    "two pointers with counts",
                    "        while ((ll)counts.size() > k) {\n",
                    "        best = max(best, right - left + 1);\n"
                    "        while ((ll)counts.size() > k) {\n",
                ),
            ),
            Variant(
                "allows only fewer values than the limit",
                ("last places in order", "if len(last) > k:", "if len(last) >= k:"),
            ),
            Variant(
                "only tries blocks that begin at the first element",
                ("all blocks", "for left in range(len(a)):", "for left in range(1):"),
            ),
        ),
        misreadings=(
            Variant(
                "lets the elements be chosen freely, wherever they stand",
                (
                    "two pointers with counts",
                    "    counts = {}\n",
                    "    return sum(amount for _, amount in Counter(a).most_common(k))\n"
                    "    counts = {}\n",
                ),
                (
                    "two pointers with counts",
                    "    unordered_map<ll, ll> counts;\n",
                    "    unordered_map<ll, ll> counts;\n"
                    "    for (ll value : a) counts[value]++;\n"
                    "    vector<ll> sizes;\n"
                    "    for (auto& [value, amount] : counts) sizes.push_back(amount);\n"
                    "    sort(sizes.rbegin(), sizes.rend());\n"
                    "    if (k < (ll)sizes.size()) sizes.resize(k);\n"
                    "    return accumulate(sizes.begin(), sizes.end(), 0LL);\n",
                ),
            ),
        ),
        pitfalls="A value leaves the window only with its last copy, and if there are few values "
        "in all, the whole sequence is the answer.",
        difficulty=0.45,
    ),
    Solver(
        name="blocks with a divisible sum",
        takes="array",
        features=(
            ("technique", "array technique", "prefix sums", "prefix sums modulo"),
            ("mathematics", "combinatorics", "counting", "counting subarrays by property"),
            ("mathematics", "number theory", "modular arithmetic", "residue classes"),
        ),
        answer="the number of blocks whose sum is divisible",
        titles=("Fair Shares", "Nothing Left Over", "Even Portions"),
        fn_name="countDivisibleBlocks",
        wordings={
            "codeforces": (
                "{hero} counts the pairs i <= j for which the sum of the elements of {x} from "
                "position i to j can be shared equally among {k} friends, nothing left over.",
                "How many non-empty blocks of consecutive elements of {x}, asks {hero}, have a "
                "sum that is a multiple of {k}?",
            ),
            "atcoder": (
                "Find the number of non-empty contiguous parts of {x} whose sum is divisible by "
                "{k}.",
                "Count the pairs i <= j such that the sum of elements i to j of {x} is a multiple "
                "of {k} (zero is one, too).",
            ),
            "leetcode": (
                "Return the number of non-empty subarrays of {x} with a sum divisible by {k}.",
                "Return how many blocks of adjacent elements of {x} add up to a multiple of {k}, "
                "counted by position.",
            ),
        },
        params=(Param("k", lambda shape: (2, 1000), _DIVISOR),),
        needs=_sums_fit,
        python=(
            Code(
                "remainders of prefix sums",
                """\
def solve(a, k):
    counts = [0] * k
    counts[0] = 1
    total = count = 0
    for value in a:
        total = (total + value) % k
        count += counts[total]
        counts[total] += 1
    return count
""",
                "A block's sum is divisible exactly if the prefix sums at its two ends leave the "
                "same remainder, so each element adds the earlier prefixes of its remainder.",
                "O(n + k)",
            ),
            Code(
                "groups of equal remainders",
                """\
def solve(a, k):
    rests = Counter(total % k for total in accumulate(a, initial=0))
    return sum(size * (size - 1) // 2 for size in rests.values())
""",
                "Any two prefixes with the same remainder enclose a block, so each group of m "
                "prefixes gives m(m - 1)/2.",
                "O(n)",
            ),
        ),
        brute=Code(
            "all blocks",
            """\
def solve(a, k):
    count = 0
    for left in range(len(a)):
        total = 0
        for right in range(left, len(a)):
            total += a[right]
            if total % k == 0:
                count += 1
    return count
""",
            "For every start the sums up to all ends are tested.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "remainders of prefix sums",
                """\
ll solve(const vector<ll>& a, ll k) {
    vector<ll> counts(k);
    counts[0] = 1;
    ll total = 0, result = 0;
    for (ll value : a) {
        total = ((total + value) % k + k) % k;
        result += counts[total]++;
    }
    return result;
}
""",
                "Blocks lie between two prefixes of the same remainder; C++ keeps signs, so k is "
                "added before the second remainder.",
                "O(n + k)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets the blocks that begin at the first element",
                ("remainders of prefix sums", "counts[0] = 1", "counts[0] = 0"),
                ("remainders of prefix sums", "counts[0] = 1;", "counts[0] = 0;"),
            ),
            Variant(
                "counts ordered pairs of prefixes, with each one paired with itself",
                (
                    "groups of equal remainders",
                    "size * (size - 1) // 2",
                    "size * (size + 1) // 2",
                ),
            ),
            Variant(
                "does not count blocks of a single element",
                ("all blocks", "if total % k == 0:", "if right > left and total % k == 0:"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the elements that are divisible",
                (
                    "all blocks",
                    "    count = 0\n",
                    "    return sum(value % k == 0 for value in a)\n    count = 0\n",
                ),
                (
                    "remainders of prefix sums",
                    "result += counts[total]++;",
                    "result += value % k == 0;",
                ),
            ),
            Variant(
                "wants the number of elements to be divisible, not their sum",
                ("remainders of prefix sums", "(total + value) % k", "(total + 1) % k"),
                ("remainders of prefix sums", "total + value", "total + 1"),
            ),
        ),
        pitfalls="Sums may be negative or zero, and zero is divisible; blocks that begin at the "
        "first element belong to the empty prefix.",
        difficulty=0.45,
        empty="0",
    ),
)
