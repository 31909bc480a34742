"""Transforms of sequences by neighbours: windows and xor."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _window_sums(shape: Shape, c: int) -> Shape | None:
    if shape.flags & {"sums", "windows"} or shape.n_max < 3 * c:
        return None
    n_min, n_max = max(0, shape.n_min - c + 1), shape.n_max - c + 1
    flags = frozenset({"windows"})
    return shape.to(
        "array", n_min=n_min, n_max=n_max, lo=c * shape.lo, hi=c * shape.hi, full=False, flags=flags
    )


def _neighbour_xor(shape: Shape, _: int) -> Shape | None:
    if shape.lo < 0 or shape.hi < 3 or shape.n_min < 1 or "xor" in shape.flags:
        return None
    hi = 2 ** shape.hi.bit_length() - 1
    n_min, n_max = shape.n_min - 1, shape.n_max - 1
    flags = frozenset({"xor"})
    return shape.to("array", n_min=n_min, n_max=n_max, lo=0, hi=hi, full=False, flags=flags)


PARTS = (
    Transform(
        name="sums of windows",
        takes="array",
        gives="array",
        features=(
            ("technique", "array technique", "sliding window", "fixed-size window"),
            ("technique", "array technique", "sliding window"),
        ),
        constants=(2, 3, 4),
        wordings={
            "codeforces": (
                "A window of {c} neighbouring elements slides over {x}, and {hero} writes down "
                "the sum it shows at each of its places from left to right; this is {y} (empty "
                "if {x} is too short).",
                "{hero} adds up every {c} consecutive elements of {x}, one sum for each place "
                "where such a block can begin; the sums in order are {y}, none if {x} is shorter.",
            ),
            "atcoder": (
                "Let {y} be the sums of all blocks of exactly {c} consecutive elements of {x}, "
                "ordered by their first position; {y} is empty if {x} has fewer elements.",
                "Define {y} by letting its i-th element be the sum of the {c} elements of {x} "
                "that begin at position i, as long as there are so many.",
            ),
            "leetcode": (
                "Let {y} be the sums of all windows of {c} adjacent elements of {x}, from left to "
                "right (no elements if {x} is shorter than a window).",
                "Build {y} from {x} by adding up each run of {c} consecutive elements, in the "
                "order of their starts; it is empty if there are too few.",
            ),
        },
        shape=_window_sums,
        python=(
            Code(
                "prefix sums",
                """\
def convert(a, c):
    sums = list(accumulate(a, initial=0))
    return [sums[i + c] - sums[i] for i in range(len(a) - c + 1)]
""",
                "Each window is a difference of two prefix sums.",
                "O(n)",
            ),
            Code(
                "slices",
                """\
def convert(a, c):
    return [sum(a[i:i + c]) for i in range(len(a) - c + 1)]
""",
                "The windows are short, so each is added up.",
                "O(nc)",
            ),
        ),
        cpp=(
            Code(
                "sliding total",
                """\
vector<ll> convert(const vector<ll>& a, ll c) {
    vector<ll> sums;
    ll total = 0, n = a.size();
    for (ll i = 0; i < n; i++) {
        total += a[i];
        if (i >= c) total -= a[i - c];
        if (i >= c - 1) sums.push_back(total);
    }
    return sums;
}
""",
                "What enters the window is added and what leaves it taken away.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "misses the last window",
                ("prefix sums", "range(len(a) - c + 1)", "range(len(a) - c)"),
                ("sliding total", "for (ll i = 0; i < n; i++)", "for (ll i = 0; i < n - 1; i++)"),
            ),
            Variant(
                "goes on with shorter windows at the end",
                ("slices", "range(len(a) - c + 1)", "range(len(a))"),
            ),
        ),
        misreadings=(
            Variant(
                "cuts the sequence into separate groups, each starting where the one before ends",
                ("slices", "range(len(a) - c + 1)", "range(0, len(a) - c + 1, c)"),
                (
                    "sliding total",
                    "if (i >= c - 1) sums",
                    "if (i >= c - 1 && (i + 1) % c == 0) sums",
                ),
            ),
        ),
    ),
    Transform(
        name="xor of neighbours",
        takes="array",
        gives="array",
        features=(
            ("mathematics", "bits", "bit operations", "xor of range"),
            ("technique", "array technique", "adjacent comparison"),
        ),
        wordings={
            "codeforces": (
                "Between each two neighbours of {x} {hero} notes their bitwise xor; the notes "
                "from left to right are {y}.",
                "{hero} encodes {x} as {y}: each element of {y} is the bitwise exclusive or of "
                "an element of {x} and the one after it.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the bitwise xor of elements i and i + 1 of {x}, "
                "so that {y} is one shorter.",
                "Define {y} as the sequence of bitwise xors of adjacent elements of {x}.",
            ),
            "leetcode": (
                "Let {y} be the bitwise xor of each element of {x} with the next one.",
                "Form {y}, one element shorter, from the bitwise xors of neighbouring elements of "
                "{x}.",
            ),
        },
        shape=_neighbour_xor,
        python=(
            Code(
                "pairs",
                """\
def convert(a):
    return [before ^ after for before, after in zip(a, a[1:])]
""",
                "The list and itself without its head give all neighbours.",
                "O(n)",
            ),
            Code(
                "by index",
                """\
def convert(a):
    mixed = []
    for i in range(len(a) - 1):
        mixed.append(a[i] ^ a[i + 1])
    return mixed
""",
                "A loop over all but the last index mixes each element with the next.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "by index",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> mixed;
    for (size_t i = 0; i + 1 < a.size(); i++) mixed.push_back(a[i] ^ a[i + 1]);
    return mixed;
}
""",
                "A loop over all but the last index mixes each element with the next.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "stops one pair too early",
                ("by index", "range(len(a) - 1)", "range(len(a) - 2)"),
                ("by index", "i + 1 < a.size()", "i + 2 < a.size()"),
            ),
            Variant(
                "takes the bitwise or",
                ("pairs", "before ^ after", "before | after"),
                ("by index", "a[i] ^ a[i + 1]", "a[i] | a[i + 1]"),
            ),
        ),
        misreadings=(
            Variant(
                "takes the xor of all elements up to each place",
                (
                    "by index",
                    "    mixed = []\n",
                    "    return list(accumulate(a, lambda one, other: one ^ other))[1:]\n"
                    "    mixed = []\n",
                ),
                (
                    "by index",
                    "mixed.push_back(a[i] ^ a[i + 1])",
                    "mixed.push_back((i ? mixed.back() : a[0]) ^ a[i + 1])",
                ),
            ),
        ),
    ),
)
