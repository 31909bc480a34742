"""Solvers on sequences: binary search on the answer."""

from __future__ import annotations

from typing import Literal

from synthsmith.teachers.procedural.algebra import Code, Param, Shape, Solver, Variant

_FEW_PARTS = """\
def pick(rng, lo, hi, a):
    near = rng.choice((2, 2, 3, 3, 4, len(a) // 2, rng.randint(1, len(a))))
    return max(lo, min(hi, near))
"""

_HOURS = """\
def pick(rng, lo, hi, a):
    n = len(a)
    near = rng.choice((n - 1, n, n + 1, n + n // 2, n + n // 2, 2 * n, rng.randint(n, 3 * n)))
    return max(lo, min(hi, near))
"""


def _hours(shape: Shape) -> tuple[int, int | Literal["n"]]:
    return 1, 5 * shape.n_max


def _positive(shape: Shape) -> bool:
    return shape.lo >= 1 and shape.hi >= 5 and shape.n_max >= 5 and shape.full


PARTS = (
    Solver(
        name="smallest largest part",
        takes="array",
        features=(
            ("algorithm", "searching", "binary search", "binary search on answer"),
            ("algorithm", "dynamic programming", "linear dp", "minimum cost partition"),
            ("problem setting", "output goal", "optimal value", "smallest maximum"),
        ),
        answer="the smallest possible sum of the heaviest part",
        titles=("Chapters of a Book", "Sharing the Load", "Cut with Care"),
        fn_name="smallestLargestPart",
        wordings={
            "codeforces": (
                "{hero} cuts {x} into at most {k} blocks of neighbouring elements, so that the "
                "heaviest block has as small a sum as possible; what is that sum?",
                "At most {k} porters carry {x}, each a contiguous piece; {hero} wants the "
                "greatest load of a porter, the sum of the piece, to be least and asks for it.",
            ),
            "atcoder": (
                "Split {x} into at most {k} contiguous parts so that the maximum of their sums is "
                "as small as possible, and find this maximum.",
                "Find the minimum, over all divisions of {x} into no more than {k} contiguous "
                "parts, of the largest sum of a part.",
            ),
            "leetcode": (
                "Return the smallest possible value of the largest sum when {x} is split into at "
                "most {k} contiguous subarrays.",
                "Return the least limit such that {x} can be cut into at most {k} blocks of "
                "adjacent elements, each with a sum within the limit.",
            ),
        },
        params=(Param("k", lambda shape: (1, "n"), _FEW_PARTS),),
        needs=lambda shape: _positive(shape) and shape.hi * shape.n_max < 2**40,
        python=(
            Code(
                "binary search on the answer",
                """\
def solve(a, k):
    low, high = max(a), sum(a)
    while low < high:
        limit = (low + high) // 2
        parts, total = 1, 0
        for value in a:
            if total + value > limit:
                parts += 1
                total = 0
            total += value
        if parts <= k:
            high = limit
        else:
            low = limit + 1
    return low
""",
                "For a fixed limit it is best to fill each part as far as it goes; the least "
                "limit that needs at most k parts is found by binary search.",
                "O(n log S)",
            ),
            Code(
                "search with jumps over prefix sums",
                """\
def solve(a, k):
    sums = [0] + list(accumulate(a))

    def fits(limit):
        place = parts = 0
        while place < len(a) and parts <= k:
            place = bisect_right(sums, sums[place] + limit, place) - 1
            parts += 1
        return parts <= k

    answer = sums[-1]
    step = 1
    while step < answer:
        step *= 2
    while step:
        if answer - step >= max(a) and fits(answer - step):
            answer -= step
        else:
            step //= 2
    return answer
""",
                "The limit is lowered by shrinking steps; each test jumps to the end of a part "
                "by binary search in the prefix sums.",
                "O(log S (n + k log n))",
            ),
        ),
        brute=Code(
            "table by length and parts",
            """\
def solve(a, k):
    n = len(a)
    best = [0] + list(accumulate(a))
    for _ in range(k - 1):
        after = best[:]
        for end in range(1, n + 1):
            total = 0
            for start in range(end - 1, -1, -1):
                total += a[start]
                worst = max(total, best[start])
                if worst < after[end]:
                    after[end] = worst
        best = after
    return best[n]
""",
            "The best worst part of every prefix is built up for one, two, ... parts.",
            "O(n^2 k)",
        ),
        cpp=(
            Code(
                "binary search on the answer",
                """\
ll solve(const vector<ll>& a, ll k) {
    ll low = *max_element(a.begin(), a.end()), high = accumulate(a.begin(), a.end(), 0LL);
    while (low < high) {
        ll limit = (low + high) / 2, parts = 1, total = 0;
        for (ll value : a) {
            if (total + value > limit) parts++, total = 0;
            total += value;
        }
        if (parts <= k) high = limit;
        else low = limit + 1;
    }
    return low;
}
""",
                "The least limit that needs at most k parts, filled greedily, is found by binary "
                "search.",
                "O(n log S)",
            ),
        ),
        mistakes=(
            Variant(
                "makes one part too many",
                ("binary search on the answer", "parts, total = 1, 0", "parts, total = 0, 0"),
                ("binary search on the answer", "parts = 1", "parts = 0"),
            ),
            Variant(
                "takes the average load, rounded up, or the greatest element for the answer",
                (
                    "binary search on the answer",
                    "    while low < high:",
                    "    high = max(low, -(-high // k))\n    low = high\n    while low < high:",
                ),
                (
                    "binary search on the answer",
                    "    while (low < high) {",
                    "    low = high = max(low, (high + k - 1) / k);\n    while (low < high) {",
                ),
            ),
            Variant(
                "loses the element that begins a new part",
                (
                    "binary search on the answer",
                    "                total = 0\n            total += value\n",
                    "                total = 0\n            else:\n"
                    "                total += value\n",
                ),
                (
                    "binary search on the answer",
                    "total = 0;\n            total += value;",
                    "total = 0;\n            else total += value;",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "makes at most k cuts, and so one part more",
                ("binary search on the answer", "if parts <= k:", "if parts <= k + 1:"),
                ("binary search on the answer", "if (parts <= k)", "if (parts <= k + 1)"),
            ),
            Variant(
                "takes the elements in ascending order before they are split",
                (
                    "binary search on the answer",
                    "low, high = max(a), sum(a)",
                    "low, high = max(a), sum(a := sorted(a))",
                ),
                (
                    "binary search on the answer",
                    "ll solve(const vector<ll>& a, ll k) {\n",
                    "ll solve(vector<ll> a, ll k) {\n    sort(a.begin(), a.end());\n",
                ),
            ),
        ),
        pitfalls="No limit may be below the greatest element, and with a single part the answer "
        "is the whole sum.",
        difficulty=0.6,
        small=40,
        large=5_000,
        slow_brute=False,
    ),
    Solver(
        name="slowest sufficient speed",
        takes="array",
        features=(
            ("algorithm", "searching", "binary search", "first true position"),
            ("technique", "reduction technique", "decision to optimisation"),
            ("mathematics", "arithmetic", "rounding and ceiling division"),
        ),
        answer="the least speed that is sufficient",
        titles=("No Need to Hurry", "Pages per Hour", "A Leisurely Pace"),
        fn_name="slowestSpeed",
        wordings={
            "codeforces": (
                "Each element of {x} is a pile that {hero} works off at a whole number v per "
                "hour, a pile of p taking p / v hours rounded up; what is the least v with which "
                "all piles take at most {k} hours in all (-1 if there is none)?",
                "{hero} reads books with {x} pages, the same whole number of pages every hour, "
                "never two books in one hour; how many pages an hour are enough to finish within "
                "{k} hours, or is it impossible (-1)?",
            ),
            "atcoder": (
                "Find the minimum positive integer v such that the sum, over the elements p of "
                "{x}, of p / v rounded up is at most {k}, or -1 if there is no such v.",
                "Machines with a whole speed v process jobs {x} one by one, a job of size p in "
                "ceil(p / v) hours; find the minimum v for which {k} hours suffice, or -1.",
            ),
            "leetcode": (
                "Return the smallest positive integer v such that dividing every element of {x} "
                "by v and rounding up gives a total of at most {k}, or -1 if there is none.",
                "Return the least whole speed at which all piles {x} are finished within {k} "
                "hours, where no two piles are worked on in the same hour, and -1 if no speed is.",
            ),
        },
        params=(Param("k", _hours, _HOURS),),
        needs=lambda shape: _positive(shape) and shape.hi <= 5_000,
        python=(
            Code(
                "binary search on the speed",
                """\
def solve(a, k):
    if len(a) > k:
        return -1
    low, high = 1, max(a)
    while low < high:
        speed = (low + high) // 2
        if sum((pile + speed - 1) // speed for pile in a) <= k:
            high = speed
        else:
            low = speed + 1
    return low
""",
                "A greater speed never takes longer, so the first speed that is fast enough is "
                "found by binary search.",
                "O(n log V)",
            ),
            Code(
                "start from the average",
                """\
def solve(a, k):
    if len(a) > k:
        return -1
    speed = max(1, -(-sum(a) // k))
    top = max(a)
    step = 1
    while speed < top and sum(-(-pile // speed) for pile in a) > k:
        speed += step
        step *= 2
    low, high = max(1, speed - step // 2), speed
    while low < high:
        middle = (low + high) // 2
        if sum(-(-pile // middle) for pile in a) <= k:
            high = middle
        else:
            low = middle + 1
    return low
""",
                "No speed below the average can do; from there the step doubles until the time "
                "suffices, and the last step is searched.",
                "O(n log V)",
            ),
        ),
        brute=Code(
            "one speed after another",
            """\
def solve(a, k):
    if len(a) > k:
        return -1
    speed = 1
    while True:
        hours = 0
        for pile in a:
            hours += (pile + speed - 1) // speed
        if hours <= k:
            return speed
        speed += 1
""",
            "All speeds are tried from 1 on.",
            "O(nV)",
        ),
        cpp=(
            Code(
                "binary search on the speed",
                """\
ll solve(const vector<ll>& a, ll k) {
    if ((ll)a.size() > k) return -1;
    ll low = 1, high = *max_element(a.begin(), a.end());
    while (low < high) {
        ll speed = (low + high) / 2, hours = 0;
        for (ll pile : a) hours += (pile + speed - 1) / speed;
        if (hours <= k) high = speed;
        else low = speed + 1;
    }
    return low;
}
""",
                "A greater speed never takes longer, so binary search finds the first one that is "
                "fast enough.",
                "O(n log V)",
            ),
        ),
        mistakes=(
            Variant(
                "rounds the hours of a pile down",
                ("binary search on the speed", "(pile + speed - 1) // speed", "pile // speed"),
                ("binary search on the speed", "(pile + speed - 1) / speed", "pile / speed"),
            ),
            Variant(
                "returns the last speed that is too slow",
                ("binary search on the speed", "    return low\n", "    return max(1, low - 1)\n"),
                ("binary search on the speed", "return low;", "return max(1LL, low - 1);"),
            ),
            Variant(
                "works with the average speed, as if piles could share an hour",
                (
                    "start from the average",
                    "    top = max(a)\n",
                    "    return speed\n    top = max(a)\n",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "wants to be finished before the last hour",
                ("binary search on the speed", "<= k:", "< k:"),
                ("binary search on the speed", "if (hours <= k)", "if (hours < k)"),
            ),
            Variant(
                "takes one more hour for every pile that is finished exactly",
                (
                    "binary search on the speed",
                    "low, high = 1, max(a)\n",
                    "low, high = 1, max(a)\n    a = [pile + 1 for pile in a]\n",
                ),
                (
                    "binary search on the speed",
                    "hours += (pile + speed - 1) / speed;",
                    "hours += pile / speed + 1;",
                ),
            ),
        ),
        pitfalls="With exactly one hour a pile the speed must be the greatest element, with fewer "
        "hours it is hopeless, and the speed is never 0.",
        difficulty=0.5,
        small=60,
        large=10_000,
        slow_brute=False,
    ),
)
