"""Solvers on sequences: greedy choices from left to right."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="fewest jumps",
        takes="array",
        features=(
            ("algorithm", "greedy", "jump game"),
            ("problem setting", "output goal", "optimal value", "fewest operations"),
            ("algorithm", "graph", "shortest path", "shortest path in unweighted graph"),
        ),
        answer="the least number of jumps, or -1",
        titles=("Across the River", "Stone by Stone", "Long Legs"),
        fn_name="fewestJumps",
        wordings={
            "codeforces": (
                "A frog of {hero} stands on the first element of {x} and jumps right by at least "
                "1 and at most as many places as the element under it says; what is the least "
                "number of jumps to the last element (-1 if it cannot get there)?",
                "From position i of {x} {hero} may leap to any of the next x positions, x being "
                "the element at i; with how few leaps is the end reached from the start, or is it "
                "impossible (-1)?",
            ),
            "atcoder": (
                "From position i of {x} one may move to any position i + d with 1 <= d and d at "
                "most element i; find the minimum number of moves from the first to the last "
                "position, or -1.",
                "Find the least number of jumps from the first to the last position of {x}, where "
                "a jump goes right by at most the element at its start, or -1 if there is no way.",
            ),
            "leetcode": (
                "Return the minimum number of jumps from the first to the last index of {x} when "
                "each element is the greatest length of a jump from there, or -1 if the last "
                "index is out of reach.",
                "Return the fewest steps to the last position of {x}, where a step from a "
                "position goes right by 1 up to the element there; return -1 if stuck.",
            ),
        },
        needs=lambda shape: shape.lo >= 0 and 2 <= shape.hi <= 12 and shape.n_max >= 8,
        python=(
            Code(
                "ranges of equal distance",
                """\
def solve(a):
    jumps = end = reach = 0
    for i in range(len(a) - 1):
        reach = max(reach, i + a[i])
        if i == end:
            if reach == i:
                return -1
            jumps += 1
            end = reach
    return jumps
""",
                "All positions within one number of jumps form a range; when its end is passed, "
                "one jump more is needed.",
                "O(n)",
            ),
            Code(
                "breadth-first search",
                """\
def solve(a):
    distance = [-1] * len(a)
    distance[0] = 0
    queue = deque([0])
    fresh = 1
    while queue:
        i = queue.popleft()
        while fresh < len(a) and fresh <= i + a[i]:
            distance[fresh] = distance[i] + 1
            queue.append(fresh)
            fresh += 1
    return distance[-1]
""",
                "Positions are discovered in order, each once, by the first that reaches it.",
                "O(n)",
            ),
        ),
        brute=Code(
            "table of distances",
            """\
def solve(a):
    best = [0] + [len(a)] * (len(a) - 1)
    for i in range(len(a)):
        for j in range(i):
            if j + a[j] >= i and best[j] + 1 < best[i]:
                best[i] = best[j] + 1
    return best[-1] if best[-1] < len(a) else -1
""",
            "For each position all earlier ones are tried as the one before it.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "ranges of equal distance",
                """\
ll solve(const vector<ll>& a) {
    ll jumps = 0, end = 0, reach = 0;
    for (ll i = 0; i + 1 < (ll)a.size(); i++) {
        reach = max(reach, i + a[i]);
        if (i < end) continue;
        if (reach == i) return -1;
        jumps++;
        end = reach;
    }
    return jumps;
}
""",
                "All positions within one number of jumps form a range; when its end is passed, "
                "one jump more is needed.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts a jump whenever a place further on comes into reach",
                ("ranges of equal distance", "if i == end:", "if i == end or i + a[i] > end:"),
                ("ranges of equal distance", "if (i < end)", "if (i < end && i + a[i] <= end)"),
            ),
            Variant(
                "counts a jump too many",
                ("breadth-first search", "distance[0] = 0", "distance[0] = 1"),
                ("ranges of equal distance", "jumps = 0, end", "jumps = 1, end"),
            ),
            Variant(
                "jumps one place less than allowed",
                ("breadth-first search", "fresh <= i + a[i]", "fresh < i + a[i]"),
            ),
        ),
        misreadings=(
            Variant(
                "jumps by exactly the element, never less",
                ("table of distances", "j + a[j] >= i", "j + a[j] == i"),
                (
                    "ranges of equal distance",
                    "    ll jumps = 0, end = 0, reach = 0;\n",
                    "    ll jumps = 0, end = 0, reach = 0, n = a.size();\n"
                    "    while (reach < n - 1 && a[reach] > 0) reach += a[reach], jumps++;\n"
                    "    if (n > 0) return reach == n - 1 ? jumps : -1;\n",
                ),
            ),
            Variant(
                "wants to jump off the end, beyond the last element",
                ("ranges of equal distance", "range(len(a) - 1)", "range(len(a))"),
                ("ranges of equal distance", "i + 1 < (ll)a.size()", "i < (ll)a.size()"),
            ),
        ),
        pitfalls="With a single position no jump is needed, and a zero can block every way.",
        difficulty=0.5,
    ),
    Solver(
        name="one purchase and one sale",
        takes="array",
        features=(
            ("technique", "array technique", "prefix sums", "prefix minimum and maximum"),
            ("algorithm", "dynamic programming", "linear dp", "stock trading states"),
            ("problem setting", "output goal", "optimal value", "maximum profit"),
        ),
        answer="the greatest profit",
        titles=("Buy Low, Sell High", "The Merchant's Month", "One Good Deal"),
        fn_name="bestDeal",
        wordings={
            "codeforces": (
                "{x} are the prices of a barrel, day by day; {hero} buys at most one barrel and "
                "sells it on a later day; what is the greatest profit, 0 if no deal pays?",
                "What is the greatest rise that {hero} can find in {x}, the later element minus "
                "the earlier one, or 0 if nothing ever rises?",
            ),
            "atcoder": (
                "Find the maximum of element j minus element i of {x} over all i < j, or 0 if no "
                "such difference is positive.",
                "Find the maximum profit of one purchase and one later sale at the prices {x}, "
                "doing nothing being allowed.",
            ),
            "leetcode": (
                "Return the greatest profit from buying once and selling once later, where {x} "
                "are the prices in order of time, or 0 if there is no profit.",
                "Return the maximum of 0 and the differences between an element of {x} and an "
                "earlier one.",
            ),
        },
        needs=lambda shape: shape.hi - shape.lo >= 3 and shape.n_max >= 5,
        python=(
            Code(
                "cheapest day so far",
                """\
def solve(a):
    best = 0
    cheapest = a[0]
    for price in a:
        cheapest = min(cheapest, price)
        best = max(best, price - cheapest)
    return best
""",
                "The best sale on a day goes with the cheapest day before it.",
                "O(n)",
            ),
            Code(
                "best block of changes",
                """\
def solve(a):
    best = current = 0
    for before, after in zip(a, a[1:]):
        current = max(0, current + after - before)
        best = max(best, current)
    return best
""",
                "A deal gains the sum of the changes between its days, so it is a block of "
                "changes with the greatest sum.",
                "O(n)",
            ),
        ),
        brute=Code(
            "all pairs of days",
            """\
def solve(a):
    best = 0
    for j in range(len(a)):
        for i in range(j):
            if a[j] - a[i] > best:
                best = a[j] - a[i]
    return best
""",
            "Every day of purchase is paired with every later day.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "cheapest day so far",
                """\
ll solve(const vector<ll>& a) {
    ll best = 0, cheapest = a[0];
    for (ll price : a) {
        cheapest = min(cheapest, price);
        best = max(best, price - cheapest);
    }
    return best;
}
""",
                "The best sale on a day goes with the cheapest day before it.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "does not mind the order of the days",
                (
                    "cheapest day so far",
                    "    best = 0\n",
                    "    return max(a) - min(a)\n    best = 0\n",
                ),
                (
                    "cheapest day so far",
                    "cheapest = a[0];",
                    "cheapest = *min_element(a.begin(), a.end());",
                ),
            ),
            Variant(
                "only sells on the day after the purchase",
                ("best block of changes", "max(0, current + after - before)", "after - before"),
                (
                    "cheapest day so far",
                    "        cheapest = min(cheapest, price);\n"
                    "        best = max(best, price - cheapest);\n",
                    "        best = max(best, price - cheapest);\n        cheapest = price;\n",
                ),
            ),
            Variant(
                "never buys on the first day",
                ("all pairs of days", "for i in range(j):", "for i in range(1, j):"),
            ),
            Variant(
                "never sells on the last day",
                ("all pairs of days", "for j in range(len(a)):", "for j in range(len(a) - 1):"),
            ),
        ),
        misreadings=(
            Variant(
                "makes any number of deals one after the other",
                (
                    "best block of changes",
                    "    best = current = 0\n",
                    "    return sum(max(0, after - before) for before, after in zip(a, a[1:]))\n"
                    "    best = current = 0\n",
                ),
                (
                    "cheapest day so far",
                    "        cheapest = min(cheapest, price);\n"
                    "        best = max(best, price - cheapest);\n",
                    "        best += max(0LL, price - cheapest);\n        cheapest = price;\n",
                ),
            ),
            Variant(
                "sells first and buys back later",
                ("best block of changes", "zip(a, a[1:])", "zip(a[1:], a)"),
                (
                    "cheapest day so far",
                    "for (ll price : a) {",
                    "cheapest = a.back();\n"
                    "    for (size_t i = a.size(); i-- > 0;) {\n        ll price = a[i];",
                ),
            ),
        ),
        pitfalls="If prices only fall the answer is 0, and the cheapest day may come after the "
        "dearest.",
        difficulty=0.3,
    ),
)
