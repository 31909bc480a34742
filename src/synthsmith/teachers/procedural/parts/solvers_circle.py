"""Solvers on circles: rotating blocks and counting out."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import INT64, Code, Param, Shape, Solver, Variant

_WIDTH = """\
def pick(rng, lo, hi, a):
    n = len(a)
    near = rng.choice((2, 3, n // 2, n // 2 + 1, n - 1, n, rng.randint(1, n)))
    return max(lo, min(hi, n, near))
"""


def _fits(shape: Shape) -> bool:
    sums = max(-shape.lo, shape.hi) * shape.n_max < INT64
    return sums and shape.full and shape.hi - shape.lo >= 2 and shape.n_max >= 5


PARTS = (
    Solver(
        name="best arc of a circle",
        takes="array",
        features=(
            ("problem setting", "input structure", "array input", "circular array"),
            ("technique", "array technique", "sliding window", "maximum window sum"),
            ("technique", "reduction technique", "doubling the array"),
        ),
        answer="the greatest sum of an arc",
        titles=("Round Table", "A Slice of the Ring", "Neighbours in a Circle"),
        fn_name="bestArc",
        wordings={
            "codeforces": (
                "The elements of {x} stand in a circle, the last one beside the first; {hero} "
                "takes exactly {k} that stand side by side; what is the greatest sum?",
                "Around a round table lie {x}, and {hero} may take {k} neighbouring ones, also "
                "across the point where the sequence closes; find the maximum total.",
            ),
            "atcoder": (
                "Arrange {x} in a circle and find the maximum sum of {k} cyclically consecutive "
                "elements.",
                "Regard {x} as circular, the first element following the last, and find the "
                "greatest sum of exactly {k} elements in a row.",
            ),
            "leetcode": (
                "Return the maximum sum of exactly {k} consecutive elements of the circular array "
                "{x}, where the first element follows the last.",
                "Return the greatest total of a window of {k} elements of {x} that may wrap "
                "around its end.",
            ),
        },
        params=(Param("k", lambda shape: (1, "n"), _WIDTH),),
        needs=_fits,
        python=(
            Code(
                "sliding window",
                """\
def solve(a, k):
    n = len(a)
    total = best = sum(a[:k])
    for i in range(n):
        total += a[(i + k) % n] - a[i]
        best = max(best, total)
    return best
""",
                "The window moves on by one element at a time, its right end taken modulo n.",
                "O(n)",
            ),
            Code(
                "prefix sums of the doubled sequence",
                """\
def solve(a, k):
    sums = [0] + list(accumulate(a + a))
    return max(sums[i + k] - sums[i] for i in range(len(a)))
""",
                "Written twice in a row, every arc is a plain block.",
                "O(n)",
            ),
        ),
        brute=Code(
            "add up every arc",
            """\
def solve(a, k):
    n = len(a)
    best = None
    for start in range(n):
        total = 0
        for step in range(k):
            total += a[(start + step) % n]
        if best is None or total > best:
            best = total
    return best
""",
            "The elements of each arc are added up anew.",
            "O(nk)",
        ),
        cpp=(
            Code(
                "sliding window",
                """\
ll solve(const vector<ll>& a, ll k) {
    ll n = a.size(), total = 0;
    for (ll i = 0; i < k; i++) total += a[i];
    ll best = total;
    for (ll i = 0; i < n; i++) {
        total += a[(i + k) % n] - a[i];
        best = max(best, total);
    }
    return best;
}
""",
                "The window moves on by one element at a time, its right end taken modulo n.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets that the ends are joined",
                ("prefix sums of the doubled sequence", "range(len(a))", "range(len(a) - k + 1)"),
                ("sliding window", "for (ll i = 0; i < n; i++)", "for (ll i = 0; i + k < n; i++)"),
            ),
            Variant(
                "starts from 0, as if every best sum were positive, or takes one element less",
                (
                    "add up every arc",
                    "for step in range(k):",
                    "for step in range(k - 1):",
                ),
                (
                    "sliding window",
                    "for (ll i = 0; i < k; i++) total",
                    "for (ll i = 1; i < k; i++) total",
                ),
            ),
            Variant(
                "only tries the arc that begins the sequence and those that wrap around",
                ("sliding window", "for i in range(n):", "for i in range(n - k, n):"),
            ),
        ),
        misreadings=(
            Variant(
                "takes any number of neighbours up to the given one",
                (
                    "add up every arc",
                    "            total += a[(start + step) % n]\n",
                    "            total += a[(start + step) % n]\n"
                    "            if best is None or total > best:\n"
                    "                best = total\n",
                ),
                (
                    "sliding window",
                    "    ll best = total;\n",
                    "    ll best = a[0];\n"
                    "    for (ll i = 0; i < n; i++)\n"
                    "        for (ll j = 0, sum = 0; j < k; j++) best = max(best, sum += a[(i + j) "
                    "% n]);\n"
                    "    if (n) return best;\n",
                ),
            ),
            Variant(
                "takes the elements anywhere, not side by side",
                (
                    "sliding window",
                    "    n = len(a)\n",
                    "    return sum(nlargest(k, a))\n    n = len(a)\n",
                ),
                (
                    "sliding window",
                    "ll solve(const vector<ll>& a, ll k) {\n",
                    "ll solve(vector<ll> a, ll k) {\n    sort(a.rbegin(), a.rend());\n",
                ),
            ),
        ),
        pitfalls="If all elements are taken there is one sum only, and the greatest sum may be "
        "negative.",
        difficulty=0.35,
        slow_brute=False,
    ),
    Solver(
        name="counting out",
        takes="number",
        features=(
            ("algorithm", "simulation", "Josephus problem"),
            ("data structure", "linear structure", "queue", "queue simulation"),
        ),
        answer="the number of the last one",
        titles=("The Last One Standing", "Counting Out", "Who Gets the Prize"),
        fn_name="lastInCircle",
        constants=(2, 3, 4, 5, 7),
        wordings={
            "codeforces": (
                "Children numbered 1 to {x} stand in a circle; {hero} counts from child 1 on, and "
                "every {c}-th child in turn leaves; which number has the last one that remains?",
                "Of {x} candles in a circle, numbered from 1, {hero} blows out each {c}-th one "
                "that still burns, the first count beginning at candle 1; which one burns last?",
            ),
            "atcoder": (
                "The numbers 1, 2, ..., {x} are arranged in a circle and, counting from 1, every "
                "{c}-th remaining number is removed; find the last number.",
                "From a circle of 1 to {x} repeatedly the {c}-th number is deleted, the count "
                "starting at 1 and then behind the deleted one; find the number that stays.",
            ),
            "leetcode": (
                "Return who is left when the people 1 to {x} stand in a circle and every {c}-th "
                "person is sent away, the count starting with person 1.",
                "Return the survivor of a circle of players 1 to {x} in which each {c}-th player "
                "still in the game drops out, counted from player 1.",
            ),
        },
        python=(
            Code(
                "recurrence from one player up",
                """\
def solve(n, c):
    place = 0
    for size in range(2, n + 1):
        place = (place + c) % size
    return place + 1
""",
                "Known for a circle of m - 1, the place of the last one in a circle of m is c "
                "further on.",
                "O(n)",
            ),
            Code(
                "rotating queue",
                """\
def solve(n, c):
    circle = deque(range(1, n + 1))
    while len(circle) > 1:
        circle.rotate(1 - c)
        circle.popleft()
    return circle[0]
""",
                "A queue is turned until the one to leave stands in front.",
                "O(nc)",
            ),
        ),
        brute=Code(
            "list of those who remain",
            """\
def solve(n, c):
    circle = list(range(1, n + 1))
    place = 0
    while len(circle) > 1:
        place = (place + c - 1) % len(circle)
        circle = circle[:place] + circle[place + 1:]
    return circle[0]
""",
            "The circle is a list from which one after the other is taken out.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "recurrence from one player up",
                """\
ll solve(ll n, ll c) {
    ll place = 0;
    for (ll size = 2; size <= n; size++) place = (place + c) % size;
    return place + 1;
}
""",
                "Known for a circle of m - 1, the place of the last one in a circle of m is c "
                "further on.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts the places from 0",
                ("recurrence from one player up", "return place + 1", "return place"),
                ("recurrence from one player up", "return place + 1;", "return place;"),
            ),
            Variant(
                "begins to count behind the first one",
                ("rotating queue", "circle.rotate(1 - c)", "circle.rotate(-c)"),
                (
                    "recurrence from one player up",
                    "return place + 1;",
                    "return (place + 1) % n + 1;",
                ),
            ),
            Variant(
                "does not go on where it left off",
                ("list of those who remain", "place = (place + c - 1)", "place = (c - 1)"),
            ),
        ),
        misreadings=(
            Variant(
                "asks for the last one to leave before only one remains",
                (
                    "rotating queue",
                    "        circle.popleft()\n",
                    "        gone = circle.popleft()\n"
                    "        if len(circle) == 1:\n"
                    "            return gone\n",
                ),
                (
                    "recurrence from one player up",
                    "    ll place = 0;\n    for (ll size = 2;",
                    "    ll place = n > 1 ? (c - 1) % 2 : 0;\n    for (ll size = 3;",
                ),
            ),
            Variant(
                "counts each time as many that stay as should leave",
                ("recurrence from one player up", "(place + c) % size", "(place + c + 1) % size"),
                ("recurrence from one player up", "(place + c) % size", "(place + c + 1) % size"),
            ),
        ),
        pitfalls="A circle of one has its answer at once, and the count goes on behind the one "
        "that left.",
        difficulty=0.4,
        small=1_000,
        large=300_000,
    ),
)
