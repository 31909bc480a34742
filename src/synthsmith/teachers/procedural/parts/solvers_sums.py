"""Solvers on sequences: dynamic programming over sums."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Param, Shape, Solver, Variant

_CHANGE = """\
def pick(rng, lo, hi, a):
    near = sum(rng.choice(a) for _ in range(rng.randint(1, 5)))
    return max(lo, min(hi, rng.choice((near, near, near, near + 1, rng.randint(lo, 60)))))
"""

_SUBSET = """\
def pick(rng, lo, hi, a):
    some = sum(rng.sample(a, rng.randint(1, (len(a) + 1) // 2)))
    return max(lo, min(hi, rng.choice((some, some, some, sum(a) // 2, min(a)))))
"""


def _coins(shape: Shape) -> bool:
    return shape.lo >= 1 and shape.n_max <= 100 and 5 <= shape.hi <= 200


PARTS = (
    Solver(
        name="fewest coins",
        takes="array",
        features=(
            ("algorithm", "dynamic programming", "knapsack", "coin change minimum"),
            ("algorithm", "dynamic programming", "knapsack", "unbounded knapsack"),
            ("algorithm", "dynamic programming", "bottom-up tabulation"),
        ),
        answer="the least number of coins, or -1",
        titles=("Exact Change", "A Light Purse", "Paying the Ferryman"),
        fn_name="fewestCoins",
        wordings={
            "codeforces": (
                "The elements of {x} are the values of coins, of each of which {hero} has any "
                "number; with how few coins can exactly {k} be paid (-1 if that is impossible)?",
                "{hero} reaches {k} by adding elements of {x}, each as often as wanted; what is "
                "the least number of summands, or -1 if the sum cannot be reached?",
            ),
            "atcoder": (
                "Find the minimum number of terms in a sum equal to {k} whose terms are elements "
                "of {x}, each usable any number of times, or -1 if there is no such sum.",
                "Coins with the values {x} are available without limit; find the minimum number "
                "of coins that make exactly {k}, or -1.",
            ),
            "leetcode": (
                "Return the fewest coins, with values from {x} and no limit on how many of each, "
                "that make up {k}, or -1 if none do.",
                "Return the least number of elements of {x}, repetitions allowed, with the sum "
                "{k}, and -1 if there are none.",
            ),
        },
        params=(Param("k", lambda shape: (1, 500), _CHANGE),),
        needs=_coins,
        python=(
            Code(
                "table by amount",
                """\
def solve(a, k):
    worst = k + 1
    best = [0] + [worst] * k
    coins = set(a)
    for amount in range(1, k + 1):
        for coin in coins:
            if coin <= amount and best[amount - coin] + 1 < best[amount]:
                best[amount] = best[amount - coin] + 1
    return best[k] if best[k] < worst else -1
""",
                "The best way to an amount ends with some coin, so smaller amounts decide it.",
                "O(nk)",
            ),
            Code(
                "breadth-first search over amounts",
                """\
def solve(a, k):
    level = {0}
    seen = {0}
    steps = 0
    while level:
        if k in level:
            return steps
        level = {amount + coin for amount in level for coin in set(a)}
        level = {amount for amount in level if amount <= k} - seen
        seen |= level
        steps += 1
    return -1
""",
                "Amounts are reached level by level, one coin more each time.",
                "O(nk)",
            ),
        ),
        brute=Code(
            "masks of sums",
            """\
def solve(a, k):
    sums = 1
    for count in range(1, k + 1):
        after = 0
        for coin in a:
            after |= sums << coin
        sums = after & ((1 << k + 1) - 1)
        if sums >> k & 1:
            return count
    return -1
""",
            "All sums of exactly 1, 2, ... coins are kept as the bits of one number.",
            "O(nk^2)",
        ),
        cpp=(
            Code(
                "table by amount",
                """\
ll solve(const vector<ll>& a, ll k) {
    vector<ll> best(k + 1, k + 1);
    best[0] = 0;
    for (ll amount = 1; amount <= k; amount++)
        for (ll coin : a)
            if (coin <= amount) best[amount] = min(best[amount], best[amount - coin] + 1);
    return best[k] <= k ? best[k] : -1;
}
""",
                "The best way to an amount ends with some coin, so smaller amounts decide it.",
                "O(nk)",
            ),
        ),
        mistakes=(
            Variant(
                "always takes the greatest coin that fits",
                (
                    "table by amount",
                    "    worst = k + 1\n",
                    "    count = 0\n"
                    "    for coin in sorted(a, reverse=True):\n"
                    "        count += k // coin\n"
                    "        k %= coin\n"
                    "    return -1 if k else count\n"
                    "    worst = k + 1\n",
                ),
                (
                    "table by amount",
                    "    vector<ll> best(k + 1, k + 1);\n",
                    "    vector<ll> coins = a;\n"
                    "    sort(coins.rbegin(), coins.rend());\n"
                    "    ll used = 0, open = k;\n"
                    "    for (ll coin : coins) used += open / coin, open %= coin;\n"
                    "    return open ? -1 : used;\n"
                    "    vector<ll> best(k + 1, k + 1);\n",
                ),
            ),
            Variant(
                "counts the step to zero as a coin",
                ("breadth-first search over amounts", "steps = 0", "steps = 1"),
                ("table by amount", "best[0] = 0;", "best[0] = 1;"),
            ),
            Variant(
                "never spends the last coin exactly",
                ("table by amount", "if coin <= amount and", "if coin < amount and"),
                ("table by amount", "if (coin <= amount)", "if (coin < amount)"),
            ),
        ),
        misreadings=(
            Variant(
                "has each coin only once",
                (
                    "table by amount",
                    "    worst = k + 1\n",
                    "    worst = k + 1\n"
                    "    best = [0] + [worst] * k\n"
                    "    for coin in a:\n"
                    "        for amount in range(k, coin - 1, -1):\n"
                    "            best[amount] = min(best[amount], best[amount - coin] + 1)\n"
                    "    return best[k] if best[k] < worst else -1\n",
                ),
                (
                    "table by amount",
                    "    for (ll amount = 1; amount <= k; amount++)\n"
                    "        for (ll coin : a)\n"
                    "            if (coin <= amount) best",
                    "    for (ll coin : a)\n"
                    "        for (ll amount = k; amount >= coin; amount--)\n"
                    "            best",
                ),
            ),
        ),
        pitfalls="It may be impossible, and the greatest coin that fits is not always part of the "
        "best way.",
        difficulty=0.5,
        small=60,
        large=0,
    ),
    Solver(
        name="subsets with a given sum",
        takes="array",
        features=(
            ("algorithm", "dynamic programming", "knapsack", "subset sum"),
            ("algorithm", "dynamic programming", "dp optimisation", "rolling array"),
            ("mathematics", "combinatorics", "counting", "counting subsets by property"),
            ("problem setting", "output goal", "count of ways", "count modulo prime"),
        ),
        answer="the number of ways modulo 998244353",
        titles=("Ways to Weigh", "How Many Bundles", "Choosing for a Sum"),
        fn_name="countSubsetsWithSum",
        wordings={
            "codeforces": (
                "In how many ways can {hero} choose a set of positions of {x} whose elements have "
                "the sum {k}? Print the number modulo 998244353.",
                "{hero} counts the sets of positions of {x} that weigh exactly {k} in all, "
                "modulo 998244353.",
            ),
            "atcoder": (
                "Find, modulo 998244353, the number of sets of positions of {x} whose elements "
                "add up to {k}.",
                "Count the ways to choose elements of {x}, each position at most once, with sum "
                "{k}, modulo 998244353.",
            ),
            "leetcode": (
                "Return the number of sets of positions of {x} whose elements sum to {k}, modulo "
                "998244353.",
                "Return modulo 998244353 in how many ways elements of {x}, told apart by "
                "position, can be chosen for a total of {k}.",
            ),
        },
        params=(Param("k", lambda shape: (1, 500), _SUBSET),),
        needs=_coins,
        python=(
            Code(
                "table by sum",
                """\
def solve(a, k):
    ways = [1] + [0] * k
    for value in a:
        for total in range(k, value - 1, -1):
            ways[total] = (ways[total] + ways[total - value]) % 998244353
    return ways[k]
""",
                "ways[t] counts the sets so far with sum t; going downwards each position is used "
                "once.",
                "O(nk)",
            ),
            Code(
                "dictionary of sums",
                """\
def solve(a, k):
    ways = Counter({0: 1})
    for value in a:
        for total, number in list(ways.items()):
            if total + value <= k:
                ways[total + value] += number
    return ways[k] % 998244353
""",
                "A dictionary keeps how many sets reach each sum that can be reached.",
                "O(nk)",
            ),
        ),
        brute=Code(
            "table by position and sum",
            """\
def solve(a, k):
    ways = [[0] * (k + 1) for _ in range(len(a) + 1)]
    ways[0][0] = 1
    for i, value in enumerate(a):
        for total in range(k + 1):
            ways[i + 1][total] = ways[i][total]
            if value <= total:
                ways[i + 1][total] += ways[i][total - value]
    return ways[len(a)][k] % 998244353
""",
            "The whole table over positions and sums is filled.",
            "O(nk)",
        ),
        cpp=(
            Code(
                "table by sum",
                """\
ll solve(const vector<ll>& a, ll k) {
    vector<ll> ways(k + 1);
    ways[0] = 1;
    for (ll value : a)
        for (ll total = k; total >= value; total--)
            ways[total] = (ways[total] + ways[total - value]) % 998244353;
    return ways[k];
}
""",
                "Going downwards over the sums each position is used once.",
                "O(nk)",
            ),
        ),
        mistakes=(
            Variant(
                "tells equal elements not apart",
                ("table by sum", "for value in a:", "for value in set(a):"),
                (
                    "table by sum",
                    "    for (ll value : a)\n",
                    "    for (ll value : set<ll>(a.begin(), a.end()))\n",
                ),
            ),
            Variant(
                "never takes the first element",
                ("dictionary of sums", "for value in a:", "for value in a[1:]:"),
            ),
            Variant(
                "counts sums below the wanted one as well",
                ("table by position and sum", "return ways[len(a)][k]", "return sum(ways[len(a)])"),
                (
                    "table by sum",
                    "return ways[k];",
                    "return accumulate(ways.begin(), ways.end(), 0LL) % 998244353;",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "lets an element be chosen any number of times",
                ("table by sum", "range(k, value - 1, -1)", "range(value, k + 1)"),
                (
                    "table by sum",
                    "ll total = k; total >= value; total--",
                    "ll total = value; total <= k; total++",
                ),
            ),
            Variant(
                "wants the positions to stand in a row",
                (
                    "dictionary of sums",
                    "    ways = Counter({0: 1})\n",
                    "    sums = list(accumulate(a, initial=0))\n"
                    "    return sum(end - start == k for start, end in combinations(sums, 2))\n"
                    "    ways = Counter({0: 1})\n",
                ),
                (
                    "table by sum",
                    "    vector<ll> ways(k + 1);\n",
                    "    ll blocks = 0;\n"
                    "    for (size_t i = 0; i < a.size(); i++)\n"
                    "        for (ll j = i, sum = 0; j < (ll)a.size(); j++)\n"
                    "            blocks += (sum += a[j]) == k;\n"
                    "    if (blocks >= 0) return blocks;\n"
                    "    vector<ll> ways(k + 1);\n",
                ),
            ),
        ),
        pitfalls="Equal elements at different positions count separately, and numbers must be "
        "reduced in time.",
        difficulty=0.5,
        small=60,
        large=0,
    ),
)
