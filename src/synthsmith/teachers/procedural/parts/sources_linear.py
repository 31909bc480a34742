"""Sources: sequences, pairs of sequences, strings, queries, intervals, a number."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Ranges, Source

_ARRAY_MAKE = """\
def make(rng, n, lo, hi, mode):
    def value():
        return rng.randint(lo, hi)
    a = [value() for _ in range(n)]
    if mode == 1:
        few = [value() for _ in range(rng.randint(1, 3))]
        a = [rng.choice(few) for _ in range(n)]
    elif mode == 2:
        a.sort()
    elif mode == 3:
        a.sort(reverse=True)
    elif mode == 4:
        a = [rng.choice((lo, hi)) for _ in range(n)]
    elif mode == 5:
        centre = value()
        a = [min(hi, max(lo, centre + rng.randint(-3, 3))) for _ in range(n)]
    elif mode == 6:
        near = [v for v in (-2, -1, 0, 1, 2, 3) if lo <= v <= hi] or [lo]
        a = [rng.choice(near) for _ in range(n)]
    elif mode == 7:
        low, high = sorted((value(), value()))
        a = [low if i % 2 else high for i in range(n)]
    elif mode == 8:
        top = lo + (hi - lo) // 3
        a = [rng.randint(lo, top) for _ in range(n)]
    return (a,)
"""

_PAIR_MAKE = """\
def make(rng, n, lo, hi, mode):
    top = hi if mode < 2 else min(hi, lo + 5)
    a = [rng.randint(lo, top) for _ in range(n)]
    b = [rng.randint(lo, top) for _ in range(n)]
    if mode in (1, 3):
        a = [rng.choice(a) for _ in range(n)]
        b = [rng.choice(b) for _ in range(n)]
    elif mode == 4:
        b = [min(hi, v + 1) for v in a]
    return (a, b)
"""

_STRING_MAKE = """\
def make(rng, n, lo, hi, mode):
    letters = ("abc", "ab", "abcdefghijklmnopqrstuvwxyz", "xyz", "a", "aab")[mode]
    if mode == 3:
        block = "".join(rng.choice(letters) for _ in range(rng.randint(1, min(4, n))))
        return ((block * n)[:n],)
    if mode == 5:
        half = "".join(rng.choice(letters) for _ in range((n + 1) // 2))
        return ((half + half[::-1][n % 2:])[:n],)
    return ("".join(rng.choice(letters) for _ in range(n)),)
"""

_QUERIES_MAKE = """\
def make(rng, n, lo, hi, mode):
    top = hi if mode % 2 == 0 else min(hi, lo + 4)
    a = [rng.randint(lo, top) for _ in range(n)]
    count = n if mode < 3 else rng.randint(1, n)
    queries = []
    for _ in range(count):
        if n > 1000:
            left, right = rng.randint(1, n // 20), rng.randint(n - n // 20, n)
        elif mode == 2:
            left = right = rng.randint(1, n)
        else:
            left, right = sorted((rng.randint(1, n), rng.randint(1, n)))
        queries.append((left, right))
    if mode == 4:
        queries[0] = (1, n)
    return (a, queries)
"""

_INTERVALS_MAKE = """\
def make(rng, n, lo, hi, mode):
    rows = []
    for i in range(n):
        if mode == 0:
            ends = sorted((rng.randint(lo, hi), rng.randint(lo, hi)))
        elif mode == 1:
            left = rng.randint(lo, hi)
            ends = [left, min(hi, left + rng.randint(0, max(1, (hi - lo) // (2 * n + 1))))]
        elif mode == 2:
            left = min(hi, lo + 2 * i)
            ends = [left, min(hi, left + rng.randint(0, 2))]
        elif mode == 3:
            left = rng.randint(lo, min(hi, lo + 8))
            ends = [left, min(hi, left + rng.randint(0, 4))]
        else:
            left = min(hi, lo + i)
            ends = [left, max(left, hi - i)]
        rows.append(tuple(ends))
    rng.shuffle(rows)
    return (rows,)
"""

_NUMBER_MAKE = """\
def make(rng, n, lo, hi, mode):
    return (n,)
"""

_VALUES: Ranges = {
    "small": ((-10, 10), (-100, 100), (-1000, 1000)),
    "large": ((-1000, 1000), (-10_000, 10_000), (-100_000, 100_000)),
}
_POSITIVE: Ranges = {
    "small": ((1, 10), (1, 30), (1, 100), (1, 1000)),
    "large": ((1, 1000), (1, 100_000), (1, 1_000_000)),
}

PARTS = (
    Source(
        name="integers",
        kind="array",
        features=(
            ("problem setting", "input structure", "array input", "single array"),
            ("problem setting", "input structure", "array input", "array with negatives"),
        ),
        wordings={
            "codeforces": (
                "{hero} wrote down a sequence {x} of {n} integers, some of them maybe negative.",
                "Over {n} days {hero} noted the change of the water level, as integers {x}.",
            ),
            "atcoder": (
                "You are given an integer sequence {x} of length {n}.",
                "There is a sequence {x} that consists of {n} integers.",
            ),
            "leetcode": (
                "You are given an integer array {x}.",
                "You are given {x}, an array of integers that may be negative.",
            ),
        },
        make=_ARRAY_MAKE,
        modes=9,
        values=_VALUES,
    ),
    Source(
        name="positive integers",
        kind="array",
        features=(
            ("problem setting", "input structure", "array input", "single array"),
            ("problem setting", "input structure", "array input"),
        ),
        wordings={
            "codeforces": (
                "{hero} keeps {n} jars in a row, and {x} are their weights, positive integers.",
                "There are {n} hills on {hero}'s way, of positive integer heights {x}.",
            ),
            "atcoder": (
                "You are given a sequence {x} of {n} positive integers.",
                "Let {x} be a sequence of positive integers with {n} elements.",
            ),
            "leetcode": (
                "You are given an array {x} of positive integers.",
                "You are given {x}, a list of integers, all of them positive.",
            ),
        },
        make=_ARRAY_MAKE,
        modes=9,
        values=_POSITIVE,
    ),
    Source(
        name="pair of sequences",
        kind="pair",
        features=(
            ("problem setting", "input structure", "array input", "pair of arrays"),
            ("technique", "array technique", "element pairing"),
        ),
        wordings={
            "codeforces": (
                "{hero} and a friend wrote sequences {x} and {z} of {n} positive integers each.",
                "Two rows of {n} cards lie before {hero}, with positive integers {x} and {z}.",
            ),
            "atcoder": (
                "You are given two sequences {x} and {z} of {n} positive integers each.",
                "Let {x} and {z} be sequences of positive integers, both of length {n}.",
            ),
            "leetcode": (
                "You are given two arrays {x} and {z} of positive integers, equally long.",
                "You are given {x} and {z}, two lists of positive integers of the same length.",
            ),
        },
        make=_PAIR_MAKE,
        modes=5,
        values={"small": ((1, 10), (1, 30), (1, 100)), "large": ((1, 1000), (1, 10_000))},
        sizes={"small": (20, 40, 60), "large": (12_000,)},
    ),
    Source(
        name="lowercase string",
        kind="string",
        features=(
            ("problem setting", "input structure", "string input", "single string"),
            ("problem setting", "input structure", "string input"),
        ),
        wordings={
            "codeforces": (
                "{hero} found a string {x} of {n} lowercase letters carved into a door.",
                "A parrot taught {hero} a word {x} of {n} lowercase English letters.",
            ),
            "atcoder": (
                "You are given a string {x} of length {n} over the lowercase English letters.",
                "Let {x} be a string of {n} lowercase English letters.",
            ),
            "leetcode": (
                "You are given a string {x} of lowercase English letters.",
                "You are given {x}, a non-empty string with lowercase letters only.",
            ),
        },
        notes=("{x} has only lowercase English letters.",),
        make=_STRING_MAKE,
        modes=6,
        check="""\
def check(s):
    fine = all("a" <= letter <= "z" for letter in s)
    return "" if fine else "a character that is not a lowercase letter"
""",
    ),
    Source(
        name="sequence with range queries",
        kind="queries",
        features=(
            ("problem setting", "input structure", "query input", "static queries"),
            ("technique", "query technique", "offline queries"),
        ),
        wordings={
            "codeforces": (
                "{hero} has a sequence {x} of {n} integers and is asked {q} questions, each given "
                "by two positions l and r.",
                "On the shelf stand {n} books numbered {x}; visitors ask {hero} {q} questions "
                "about the books from position l to position r.",
            ),
            "atcoder": (
                "You are given a sequence {x} of {n} integers and {q} queries, each a pair "
                "(l, r) of positions.",
                "Let {x} be a sequence of {n} integers, on which {q} queries (l, r) are made.",
            ),
            "leetcode": (
                "You are given an integer array {x} and an array `queries` of pairs [l, r] of "
                "1-based positions.",
                "You are given {x}, an array of integers, and `queries`, pairs [l, r] of "
                "positions counted from 1.",
            ),
        },
        notes=("In each query, l is at most r.",),
        make=_QUERIES_MAKE,
        modes=5,
        values={"small": _VALUES["small"], "large": ((-1000, 1000), (-10_000, 10_000))},
        sizes={"small": (30, 50, 80), "large": (8_000,)},
        check="""\
def check(a, queries):
    return "" if all(left <= right for left, right in queries) else "l is above r"
""",
    ),
    Source(
        name="intervals",
        kind="intervals",
        features=(
            ("problem setting", "input structure", "interval input", "set of intervals"),
            ("problem setting", "input structure", "interval input"),
        ),
        wordings={
            "codeforces": (
                "{hero} has {n} guests; the i-th is in the house from minute l to minute r, "
                "both included, the list of these intervals being {x}.",
                "Along a wall {hero} hangs {n} ribbons {x}, each from point l to point r "
                "inclusive.",
            ),
            "atcoder": (
                "You are given a list {x} of {n} closed intervals [l, r] with integer ends.",
                "There are {n} closed intervals [l, r] on the number line; call the list {x}.",
            ),
            "leetcode": (
                "You are given an array `intervals` of closed intervals [l, r] with integer ends.",
                "You are given `intervals`, where each entry [l, r] is an interval that "
                "includes both ends.",
            ),
        },
        notes=("In each interval, l is at most r.",),
        make=_INTERVALS_MAKE,
        modes=5,
        values={"small": ((1, 20), (1, 50), (1, 200)), "large": ((1, 100_000), (1, 1_000_000))},
        sizes={"small": (30, 50, 80), "large": (9_000,)},
        check="""\
def check(intervals):
    return "" if all(left <= right for left, right in intervals) else "l is above r"
""",
    ),
    Source(
        name="one integer",
        kind="number",
        features=(
            ("problem setting", "input structure", "number input"),
            ("problem setting", "input structure", "number input", "single number"),
        ),
        wordings={
            "codeforces": (
                "The old clock of {hero} shows a positive integer {n}.",
                "{hero}'s lucky number is a positive integer {n}.",
            ),
            "atcoder": (
                "You are given a positive integer {n}.",
                "Let {n} be a positive integer.",
            ),
            "leetcode": (
                "You are given a positive integer {n} and nothing else to choose.",
                "You are given one number {n}, a positive integer.",
            ),
        },
        make=_NUMBER_MAKE,
        modes=1,
        sizes={"small": (100, 500, 1000), "large": (2_000_000,)},
    ),
)
