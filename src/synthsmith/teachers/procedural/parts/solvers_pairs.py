"""Solvers on sequences: pairs of elements, and common divisors of blocks."""

from __future__ import annotations

from typing import Literal

from synthsmith.teachers.procedural.algebra import Code, Param, Shape, Solver, Variant

_PAIR_SUM = """\
def pick(rng, lo, hi, a):
    if not a:
        return lo
    near = rng.choice((rng.choice(a) + rng.choice(a), 2 * rng.choice(a), a[0] + a[-1]))
    return max(lo, min(hi, near + (rng.random() < 0.1)))
"""


def _double(shape: Shape) -> tuple[int, int | Literal["n"]]:
    return min(2 * shape.lo, 0), max(2 * shape.hi, 1)


PARTS = (
    Solver(
        name="pairs with a given sum",
        takes="array",
        features=(
            ("technique", "array technique", "two pointers", "pair with given sum"),
            ("technique", "array technique", "pair counting by complement"),
            ("mathematics", "combinatorics", "counting", "counting pairs by property"),
        ),
        answer="the number of pairs with the right sum",
        titles=("Good Partners", "Exactly the Price", "Two for a Coin"),
        fn_name="countPairsWithSum",
        wordings={
            "codeforces": (
                "{hero} calls two different positions of {x} partners if the elements there add "
                "up to exactly {k}; how many unordered pairs of partners are there?",
                "How many ways has {hero} to pick two positions i < j of {x} whose elements cost "
                "exactly {k} together?",
            ),
            "atcoder": (
                "Find the number of pairs i < j such that elements i and j of {x} have the sum "
                "{k}.",
                "Count the unordered pairs of different positions of {x} whose elements add up to "
                "{k}.",
            ),
            "leetcode": (
                "Return the number of pairs of positions i < j in {x} whose elements sum to {k}.",
                "Return how many pairs of different positions of {x} hold numbers with a total of "
                "exactly {k}.",
            ),
        },
        params=(Param("k", _double, _PAIR_SUM),),
        needs=lambda shape: shape.hi < 2**40 and shape.lo > -(2**40),
        python=(
            Code(
                "complements seen so far",
                """\
def solve(a, k):
    seen = {}
    count = 0
    for value in a:
        count += seen.get(k - value, 0)
        seen[value] = seen.get(value, 0) + 1
    return count
""",
                "Each element adds the number of earlier ones that complete it.",
                "O(n)",
            ),
            Code(
                "two pointers",
                """\
def solve(a, k):
    values = sorted(a)
    left, right = 0, len(values) - 1
    count = 0
    while left < right:
        total = values[left] + values[right]
        if total < k:
            left += 1
        elif total > k:
            right -= 1
        elif values[left] == values[right]:
            size = right - left + 1
            count += size * (size - 1) // 2
            break
        else:
            first = last = 1
            while values[left + first] == values[left]:
                first += 1
            while values[right - last] == values[right]:
                last += 1
            count += first * last
            left += first
            right -= last
    return count
""",
                "After sorting, two pointers move inwards, taking groups of equal values whole.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "all pairs",
            """\
def solve(a, k):
    count = 0
    for j in range(len(a)):
        for i in range(j):
            if a[i] + a[j] == k:
                count += 1
    return count
""",
            "Every pair of positions is added up.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "complements seen so far",
                """\
ll solve(const vector<ll>& a, ll k) {
    unordered_map<ll, ll> seen;
    ll result = 0;
    for (ll value : a) {
        auto match = seen.find(k - value);
        if (match != seen.end()) result += match->second;
        seen[value]++;
    }
    return result;
}
""",
                "Each element adds the number of earlier ones that complete it.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "lets an element be its own partner",
                (
                    "complements seen so far",
                    "        count += seen.get(k - value, 0)\n"
                    "        seen[value] = seen.get(value, 0) + 1\n",
                    "        seen[value] = seen.get(value, 0) + 1\n"
                    "        count += seen.get(k - value, 0)\n",
                ),
                (
                    "complements seen so far",
                    "        auto match = ",
                    "        result += value * 2 == k;\n        auto match = ",
                ),
            ),
            Variant(
                "forgets how often a value has been seen",
                (
                    "complements seen so far",
                    "seen[value] = seen.get(value, 0) + 1",
                    "seen[value] = 1",
                ),
                ("complements seen so far", "seen[value]++;", "seen[value] = 1;"),
            ),
            Variant(
                "moves both pointers by one although values repeat",
                (
                    "two pointers",
                    "count += first * last\n            left += first\n            right -= last\n",
                    "count += 1\n            left += 1\n            right -= 1\n",
                ),
            ),
            Variant(
                "only tries neighbours",
                ("all pairs", "for i in range(j):", "for i in range(max(0, j - 1), j):"),
            ),
        ),
        misreadings=(
            Variant(
                "counts pairs of values, each once",
                (
                    "all pairs",
                    "    count = 0\n",
                    "    return len({tuple(sorted((a[i], a[j]))) for j in range(len(a))\n"
                    "                for i in range(j) if a[i] + a[j] == k})\n"
                    "    count = 0\n",
                ),
                (
                    "complements seen so far",
                    "    for (ll value : a) {\n",
                    "    for (ll value : a) seen[value]++;\n"
                    "    for (auto& [value, times] : seen)\n"
                    "        if (2 * value < k) result += seen.find(k - value) != seen.end();\n"
                    "        else result += 2 * value == k && times > 1;\n"
                    "    return result;\n"
                    "    for (ll value : a) {\n",
                ),
            ),
            Variant(
                "counts a pair for each of its two orders",
                ("complements seen so far", "    return count", "    return 2 * count"),
                ("complements seen so far", "return result;", "return 2 * result;"),
            ),
        ),
        pitfalls="Equal values at different positions make different pairs, and an element is not "
        "its own partner.",
        difficulty=0.35,
        empty="0",
    ),
    Solver(
        name="coprime blocks",
        takes="array",
        features=(
            ("mathematics", "number theory", "divisibility", "gcd of array"),
            ("mathematics", "number theory", "divisibility", "greatest common divisor"),
            ("mathematics", "number theory", "divisibility", "coprime counting"),
        ),
        answer="the number of blocks without a common divisor above 1",
        titles=("Nothing in Common", "Coprime Company", "Only One Divides All"),
        fn_name="countCoprimeBlocks",
        wordings={
            "codeforces": (
                "A non-empty block of consecutive elements of {x} is free if no number above 1 "
                "divides all of it; help {hero} to count the free blocks.",
                "For how many pairs i <= j, asks {hero}, do the elements i to j of {x} have the "
                "greatest common divisor 1?",
            ),
            "atcoder": (
                "Find the number of non-empty contiguous parts of {x} whose greatest common "
                "divisor is 1.",
                "Count the pairs i <= j such that the gcd of elements i, i + 1, ..., j of {x} "
                "equals 1.",
            ),
            "leetcode": (
                "Return the number of non-empty subarrays of {x} with a greatest common divisor "
                "of 1.",
                "Return how many blocks of adjacent elements of {x} share no divisor greater than "
                "1.",
            ),
        },
        needs=lambda shape: shape.lo >= 1 and 5 <= shape.hi < 2**40,
        python=(
            Code(
                "divisors of the blocks that end here",
                """\
def solve(a):
    ending = {}
    count = 0
    for value in a:
        after = {value: 1}
        for divisor, times in ending.items():
            common = gcd(divisor, value)
            after[common] = after.get(common, 0) + times
        ending = after
        count += ending.get(1, 0)
    return count
""",
                "The blocks that end at one place have few different divisors, each dividing the "
                "next, so they are kept with their counts.",
                "O(n log V)",
            ),
            Code(
                "two stacks",
                """\
def solve(a):
    count = left = 0
    front, back = [], 0
    for right, value in enumerate(a):
        back = gcd(back, value)
        while left <= right and gcd(front[-1] if front else 0, back) == 1:
            if not front:
                common = 0
                for i in range(right, left - 1, -1):
                    common = gcd(common, a[i])
                    front.append(common)
                back = 0
                if front[-1] != 1:
                    break
            front.pop()
            left += 1
        count += left
    return count
""",
                "The first start that is too late moves only right; a window as two stacks of "
                "common divisors tells when.",
                "O(n log V)",
            ),
        ),
        brute=Code(
            "all blocks",
            """\
def solve(a):
    count = 0
    for left in range(len(a)):
        common = 0
        for right in range(left, len(a)):
            common = gcd(common, a[right])
            if common == 1:
                count += 1
    return count
""",
            "For every start the divisor is carried on to all ends.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "divisors of the blocks that end here",
                """\
ll solve(const vector<ll>& a) {
    vector<pair<ll, ll>> ending;
    ll result = 0;
    for (ll value : a) {
        vector<pair<ll, ll>> after = {{value, 1}};
        for (auto& [divisor, times] : ending) {
            ll common = gcd(divisor, value);
            if (after.back().first == common) after.back().second += times;
            else after.push_back({common, times});
        }
        ending = after;
        if (ending.back().first == 1) result += ending.back().second;
    }
    return result;
}
""",
                "The blocks that end at one place have few different divisors, kept with their "
                "counts.",
                "O(n log V)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets blocks of a single element",
                (
                    "divisors of the blocks that end here",
                    "after = {value: 1}",
                    "after = {value: 0}",
                ),
                (
                    "divisors of the blocks that end here",
                    "if (ending.back().first == 1) result += ending.back().second;",
                    "if (ending.back().first == 1) result += ending.back().second - (value == 1);",
                ),
            ),
            Variant(
                "only compares neighbours within a block",
                (
                    "all blocks",
                    "common = gcd(common, a[right])",
                    "common = gcd(a[max(left, right - 1)], a[right])",
                ),
            ),
            Variant(
                "counts for each start only the shortest free block",
                (
                    "all blocks",
                    "                count += 1\n",
                    "                count += 1\n                break\n",
                ),
                (
                    "divisors of the blocks that end here",
                    "result += ending.back().second;",
                    "result++;",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts pairs of elements that are coprime",
                (
                    "all blocks",
                    "    count = 0\n",
                    "    return sum(gcd(*pair) == 1 for pair in combinations(a, 2))\n"
                    "    count = 0\n",
                ),
                (
                    "divisors of the blocks that end here",
                    "    for (ll value : a) {\n",
                    "    for (size_t j = 0; j < a.size(); j++)\n"
                    "        for (size_t i = 0; i < j; i++) result += gcd(a[i], a[j]) == 1;\n"
                    "    return result;\n"
                    "    for (ll value : a) {\n",
                ),
            ),
            Variant(
                "counts the blocks that do share a divisor",
                (
                    "divisors of the blocks that end here",
                    "    return count\n",
                    "    return len(a) * (len(a) + 1) // 2 - count\n",
                ),
                (
                    "divisors of the blocks that end here",
                    "return result;",
                    "return (ll)a.size() * ((ll)a.size() + 1) / 2 - result;",
                ),
            ),
        ),
        pitfalls="A single 1 is such a block, and in a longer one no two elements need to be "
        "coprime.",
        difficulty=0.55,
        large=18_000,
        empty="0",
    ),
)
