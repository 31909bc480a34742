"""Solvers on sequences: dynamic programming from place to place."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import INT64, Code, Shape, Solver, Variant


def _sums_fit(shape: Shape) -> bool:
    return max(-shape.lo, shape.hi) * shape.n_max < INT64


PARTS = (
    Solver(
        name="no two neighbours",
        takes="array",
        features=(
            ("algorithm", "dynamic programming", "linear dp", "house robber"),
            ("algorithm", "dynamic programming", "state machine dp"),
        ),
        answer="the greatest sum without neighbours",
        titles=("Every Other House", "Not Next to Each Other", "Spaced Out"),
        fn_name="bestWithoutNeighbours",
        wordings={
            "codeforces": (
                "{hero} picks some elements of {x}, maybe none, but never two that stand next to "
                "each other; what is the greatest possible sum (0 for nothing)?",
                "No two adjacent elements of {x} may both be taken by {hero}; find the maximum "
                "total of a choice, where taking nothing gives 0.",
            ),
            "atcoder": (
                "Choose any set of positions of {x}, possibly empty, without two adjacent ones, "
                "and find the maximum sum of the elements there.",
                "Find the greatest sum of a (maybe empty) selection of elements of {x} in which "
                "no two are neighbours.",
            ),
            "leetcode": (
                "Return the maximum sum of elements of {x} no two of which are adjacent; the "
                "empty choice with sum 0 is allowed.",
                "Return the greatest total that can be taken from {x} when neighbouring elements "
                "are never taken together; taking none is fine.",
            ),
        },
        needs=lambda shape: _sums_fit(shape) and shape.hi >= 2 and shape.n_max >= 5,
        python=(
            Code(
                "two running values",
                """\
def solve(a):
    taken = left_out = 0
    for value in a:
        taken, left_out = left_out + value, max(taken, left_out)
    return max(taken, left_out)
""",
                "It is enough to know the best sum with and without the last element.",
                "O(n)",
            ),
            Code(
                "table from the back",
                """\
def solve(a):
    n = len(a)
    best = [0] * (n + 2)
    for i in range(n - 1, -1, -1):
        best[i] = max(best[i + 1], a[i] + best[i + 2])
    return best[0]
""",
                "best[i] is the answer from position i on: either i is skipped, or it is taken "
                "and its neighbour skipped.",
                "O(n)",
            ),
        ),
        brute=Code(
            "every last but one",
            """\
def solve(a):
    best = []
    answer = 0
    for i in range(len(a)):
        before = 0
        for j in range(i - 1):
            if best[j] > before:
                before = best[j]
        best.append(a[i] + before)
        answer = max(answer, best[i])
    return answer
""",
            "For each element all that may precede it are tried.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "two running values",
                """\
ll solve(const vector<ll>& a) {
    ll taken = 0, without = 0;
    for (ll value : a) {
        ll next = without + value;
        without = max(without, taken);
        taken = next;
    }
    return max(taken, without);
}
""",
                "It is enough to know the best sum with and without the last element.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "only compares the elements at even with those at odd positions",
                (
                    "two running values",
                    "    taken = left_out = 0\n",
                    "    return max(0, sum(a[::2]), sum(a[1::2]))\n    taken = left_out = 0\n",
                ),
                ("two running values", "without = max(without, taken);", "without = taken;"),
            ),
            Variant(
                "forgets to leave out a neighbour",
                ("table from the back", "best[i + 2])", "best[i + 1])"),
                (
                    "two running values",
                    "ll next = without + value;",
                    "ll next = max(without, taken) + value;",
                ),
            ),
            Variant(
                "never takes the last element",
                ("two running values", "    return max(taken, left_out)", "    return left_out"),
                ("two running values", "return max(taken, without);", "return without;"),
            ),
        ),
        misreadings=(
            Variant(
                "treats the first and the last element as neighbours, too",
                (
                    "two running values",
                    "    taken = left_out = 0\n    for value in a:\n",
                    "    if len(a) > 1:\n"
                    "        inner = [0, 0]\n"
                    "        for part in (a[1:], a[:-1]):\n"
                    "            taken = left_out = 0\n"
                    "            for value in part:\n"
                    "                taken, left_out = left_out + value, max(taken, left_out)\n"
                    "            inner.append(max(taken, left_out))\n"
                    "        return max(inner)\n"
                    "    taken = left_out = 0\n"
                    "    for value in a:\n",
                ),
                (
                    "two running values",
                    "    ll taken = 0, without = 0;\n",
                    "    if (a.size() > 1) {\n"
                    "        ll best = 0;\n"
                    "        for (size_t start : {0, 1}) {\n"
                    "            ll taken = 0, without = 0;\n"
                    "            for (size_t i = start; i + 1 < a.size() + start; i++) {\n"
                    "                ll next = without + a[i];\n"
                    "                without = max(without, taken);\n"
                    "                taken = next;\n"
                    "            }\n"
                    "            best = max({best, taken, without});\n"
                    "        }\n"
                    "        return best;\n"
                    "    }\n"
                    "    ll taken = 0, without = 0;\n",
                ),
            ),
        ),
        pitfalls="Where all elements are negative nothing is taken, and two neighbours may both be "
        "left out.",
        difficulty=0.4,
        empty="0",
    ),
)
