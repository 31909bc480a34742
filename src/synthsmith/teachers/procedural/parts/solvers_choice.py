"""Solvers on pairs of sequences: choosing items."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Param, Solver, Variant

PARTS = (
    Solver(
        name="knapsack",
        takes="pair",
        features=(
            ("algorithm", "dynamic programming", "knapsack", "0/1 knapsack"),
            ("algorithm", "dynamic programming", "knapsack"),
            ("problem setting", "constraint regime", "limited budget"),
        ),
        answer="the greatest total value",
        titles=("What Fits in the Bag", "Packing Light", "A Choice of Goods"),
        fn_name="bestPacking",
        wordings={
            "codeforces": (
                "Item i weighs the i-th number of {x} and is worth the i-th number of {z}; {hero} "
                "can carry at most {k} and takes each item at most once; what is the greatest "
                "total worth?",
                "With a bag for a weight of at most {k}, {hero} chooses some items, each once, "
                "where {x} are weights and {z} values, and wants the largest sum of values.",
            ),
            "atcoder": (
                "Choose a set of positions whose elements of {x} add up to at most {k}, and find "
                "the maximum sum of the elements of {z} at these positions.",
                "There are items of weight {x} and value {z}, one of each; find the maximum total "
                "value of items with a total weight of at most {k}.",
            ),
            "leetcode": (
                "Return the greatest sum of values {z} of a set of items, each used at most once, "
                "with a sum of weights {x} of at most {k}.",
                "Return the maximum total of {z} over chosen positions whose total of {x} does "
                "not exceed {k}.",
            ),
        },
        params=(
            Param(
                "k",
                lambda shape: (1, 500),
                """\
def pick(rng, lo, hi, a, b):
    some = sum(rng.sample(a, rng.randint(1, (len(a) + 1) // 2)))
    total = sum(a)
    return max(lo, min(hi, rng.choice((some, some, some, total // 2, total // 3, min(a) - 1))))
""",
            ),
        ),
        needs=lambda shape: shape.lo >= 1 and shape.n_max <= 100,
        python=(
            Code(
                "table by weight",
                """\
def solve(a, b, k):
    best = [0] * (k + 1)
    for weight, value in zip(a, b):
        for room in range(k, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[k]
""",
                "best[w] is the greatest value with weight at most w; going downwards each item "
                "is used once.",
                "O(nk)",
            ),
            Code(
                "reachable states",
                """\
def solve(a, b, k):
    states = {0: 0}
    for weight, value in zip(a, b):
        for used, worth in list(states.items()):
            total = used + weight
            if total <= k and states.get(total, -1) < worth + value:
                states[total] = worth + value
    return max(states.values())
""",
                "A dictionary keeps the best value for every weight that can be reached.",
                "O(nk)",
            ),
        ),
        brute=Code(
            "table by item and weight",
            """\
def solve(a, b, k):
    n = len(a)
    best = [[0] * (k + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        for room in range(k + 1):
            best[i][room] = best[i - 1][room]
            if a[i - 1] <= room:
                taken = best[i - 1][room - a[i - 1]] + b[i - 1]
                if taken > best[i][room]:
                    best[i][room] = taken
    return best[n][k]
""",
            "The whole table over items and weights is filled.",
            "O(nk)",
        ),
        cpp=(
            Code(
                "table by weight",
                """\
ll solve(const vector<ll>& a, const vector<ll>& b, ll k) {
    vector<ll> best(k + 1);
    for (size_t i = 0; i < a.size(); i++)
        for (ll room = k; room >= a[i]; room--)
            best[room] = max(best[room], best[room - a[i]] + b[i]);
    return best[k];
}
""",
                "Going downwards over the weights each item is used once.",
                "O(nk)",
            ),
        ),
        mistakes=(
            Variant(
                "takes the most valuable items first, as long as they fit",
                (
                    "table by weight",
                    "    best = [0] * (k + 1)\n",
                    "    total = 0\n"
                    "    for i in sorted(range(len(a)), key=lambda i: (-b[i], i)):\n"
                    "        if a[i] <= k:\n"
                    "            k -= a[i]\n"
                    "            total += b[i]\n"
                    "    return total\n"
                    "    best = [0] * (k + 1)\n",
                ),
            ),
            Variant(
                "never fills the bag completely",
                ("reachable states", "total <= k", "total < k"),
                ("table by weight", "    return best[k];", "    return best[k - 1];"),
            ),
        ),
        misreadings=(
            Variant(
                "lets an item be taken any number of times",
                ("table by weight", "range(k, weight - 1, -1)", "range(weight, k + 1)"),
                (
                    "table by weight",
                    "ll room = k; room >= a[i]; room--",
                    "ll room = a[i]; room <= k; room++",
                ),
            ),
        ),
        pitfalls="It may be that no item fits, and then the answer is 0.",
        difficulty=0.5,
        small=60,
        large=0,
    ),
)
