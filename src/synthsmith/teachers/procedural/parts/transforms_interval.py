"""Transforms of intervals and queries."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _widened(shape: Shape, c: int) -> Shape | None:
    if shape.flags & {"widened"} or shape.hi - shape.lo < 4 * c:
        return None
    return shape.to("intervals", lo=shape.lo - c, hi=shape.hi + c, flags=frozenset({"widened"}))


def _starts(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", flags=frozenset({"sorted"}))


def _maxima(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", n_min=1, full=False, dense=False)


PARTS = (
    Transform(
        name="widening",
        takes="intervals",
        gives="intervals",
        features=(
            ("problem setting", "input structure", "interval input", "set of intervals"),
            ("technique", "reduction technique", "normalisation by canonical form"),
        ),
        wordings={
            "codeforces": (
                "{hero} lets every entry of {x} begin {c} earlier and end {c} later, and so "
                "gets {y}.",
                "To be on the safe side {hero} makes each entry of {x} longer by {c} at either "
                "end; the result is {y}.",
            ),
            "atcoder": (
                "Replacing each interval [l, r] of {x} by [l - {c}, r + {c}] gives {y}.",
                "Let {y} be the intervals of {x}, each extended by {c} on both sides.",
            ),
            "leetcode": (
                "Let {y} be the given intervals, each made {c} longer at both ends.",
                "Build {y} by turning every interval [l, r] into [l - {c}, r + {c}].",
            ),
        },
        constants=(1, 2, 3, 5),
        shape=_widened,
        python=(
            Code(
                "comprehension",
                """\
def convert(intervals, c):
    return [(left - c, right + c) for left, right in intervals]
""",
                "Both ends of every interval move outwards by the constant.",
                "O(n)",
            ),
            Code(
                "loop",
                """\
def convert(intervals, c):
    wide = []
    for left, right in intervals:
        wide.append((left - c, right + c))
    return wide
""",
                "Both ends of every interval move outwards by the constant.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "loop",
                """\
vector<vector<ll>> convert(const vector<vector<ll>>& intervals, ll c) {
    vector<vector<ll>> wide;
    for (auto& row : intervals) wide.push_back({row[0] - c, row[1] + c});
    return wide;
}
""",
                "Both ends of every interval move outwards by the constant.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "does not go below the least possible end",
                ("loop", "(left - c, right + c)", "(max(1, left - c), right + c)"),
                ("loop", "{row[0] - c, row[1] + c}", "{max(1LL, row[0] - c), row[1] + c}"),
            ),
            Variant(
                "moves the right end inwards",
                ("comprehension", "right + c", "max(left, right - c)"),
            ),
        ),
        misreadings=(
            Variant(
                "extends at the right end only",
                ("comprehension", "left - c", "left"),
                ("loop", "row[0] - c", "row[0]"),
            ),
        ),
    ),
    Transform(
        name="sorted beginnings",
        takes="intervals",
        gives="array",
        features=(
            ("technique", "array technique", "sweep line", "sweep over sorted endpoints"),
            ("problem setting", "input structure", "array input", "sorted array"),
        ),
        wordings={
            "codeforces": (
                "{hero} lists where the entries of {x} begin, in ascending order and each as often "
                "as it occurs; this is {y}.",
                "The starting points of all entries of {x}, repeated ones too, are put by {hero} "
                "in ascending order: this is the sequence {y}.",
            ),
            "atcoder": (
                "Let {y} be the left ends of the intervals of {x} in ascending order, with "
                "repetitions.",
                "Sort all left ends of the intervals of {x} in ascending order, keeping equal "
                "ones, to get {y}.",
            ),
            "leetcode": (
                "Let {y} hold the left ends of all intervals, equal ones kept, in ascending order.",
                "Collect l of every interval [l, r] and sort these numbers in ascending order, "
                "which gives {y}.",
            ),
        },
        shape=_starts,
        python=(
            Code(
                "sort the ends",
                """\
def convert(intervals):
    return sorted(left for left, right in intervals)
""",
                "The left ends are collected and sorted.",
                "O(n log n)",
            ),
            Code(
                "sort the rows",
                """\
def convert(intervals):
    rows = sorted(tuple(row) for row in intervals)
    return [row[0] for row in rows]
""",
                "Rows in order have their left ends in order.",
                "O(n log n)",
            ),
        ),
        cpp=(
            Code(
                "sort the ends",
                """\
vector<ll> convert(const vector<vector<ll>>& intervals) {
    vector<ll> starts;
    for (auto& row : intervals) starts.push_back(row[0]);
    sort(starts.begin(), starts.end());
    return starts;
}
""",
                "The left ends are collected and sorted.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "sorts the intervals by their right ends",
                (
                    "sort the rows",
                    "sorted(tuple(row) for row in intervals)",
                    "sorted(intervals, key=lambda row: row[1])",
                ),
            ),
            Variant(
                "keeps equal beginnings only once",
                (
                    "sort the ends",
                    "sorted(left for left, right in intervals)",
                    "sorted({left for left, right in intervals})",
                ),
                (
                    "sort the ends",
                    "    return starts;",
                    "    starts.erase(unique(starts.begin(), starts.end()), starts.end());\n"
                    "    return starts;",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "takes the ends of the intervals in place of their beginnings",
                ("sort the ends", "sorted(left for", "sorted(right for"),
                ("sort the ends", "push_back(row[0])", "push_back(row[1])"),
            ),
        ),
    ),
    Transform(
        name="range maxima",
        takes="queries",
        gives="array",
        features=(
            ("technique", "query technique", "range queries", "range maximum queries"),
            ("data structure", "range structure", "sparse table", "range minimum query"),
        ),
        wordings={
            "codeforces": (
                "The reply to a question l r is the greatest element of {x} from position l to "
                "position r; {hero} gathers the replies, in the order of the questions, in {y}.",
                "To every question {hero} replies with the largest element of {x} between the "
                "positions l and r, both included; the replies in order are {y}.",
            ),
            "atcoder": (
                "Let the j-th element of {y} be the maximum of the elements l to r of {x}, where "
                "(l, r) is the j-th query.",
                "Define {y} as the maxima of {x} over the ranges of the queries, in order.",
            ),
            "leetcode": (
                "Let {y} hold for each query [l, r], in order, the largest element of {x} in "
                "that range.",
                "Build {y} from the maximum over the positions l to r of {x} for each query.",
            ),
        },
        shape=_maxima,
        python=(
            Code(
                "sparse table",
                """\
def convert(a, queries):
    table = [list(a)]
    while 2 ** len(table) <= len(a):
        above, half = table[-1], 2 ** (len(table) - 1)
        table.append([max(p, q) for p, q in zip(above, above[half:])])
    answers = []
    for left, right in queries:
        level = (right - left + 1).bit_length() - 1
        row = table[level]
        answers.append(max(row[left - 1], row[right - 2 ** level]))
    return answers
""",
                "The maxima of all stretches of 2^k elements are known; two of them cover any "
                "range.",
                "O((n + q) log n)",
            ),
            Code(
                "segment tree",
                """\
def convert(a, queries):
    size = len(a)
    tree = [0] * size + list(a)
    for node in range(size - 1, 0, -1):
        tree[node] = max(tree[2 * node], tree[2 * node + 1])
    answers = []
    for left, right in queries:
        low, high = left - 1 + size, right + size
        best = a[left - 1]
        while low < high:
            if low & 1:
                best = max(best, tree[low])
                low += 1
            if high & 1:
                high -= 1
                best = max(best, tree[high])
            low //= 2
            high //= 2
        answers.append(best)
    return answers
""",
                "Each range is put together from about 2 log n nodes of a segment tree.",
                "O(n + q log n)",
            ),
        ),
        cpp=(
            Code(
                "sparse table",
                """\
vector<ll> convert(const vector<ll>& a, const vector<vector<ll>>& queries) {
    vector<vector<ll>> table = {a};
    for (size_t half = 1; 2 * half <= a.size(); half *= 2) {
        vector<ll> row;
        for (size_t i = 0; i + 2 * half <= a.size(); i++)
            row.push_back(max(table.back()[i], table.back()[i + half]));
        table.push_back(row);
    }
    vector<ll> answers;
    for (auto& query : queries) {
        ll left = query[0] - 1, right = query[1];
        int level = 63 - __builtin_clzll(right - left);
        answers.push_back(max(table[level][left], table[level][right - (1LL << level)]));
    }
    return answers;
}
""",
                "The maxima of all stretches of 2^k elements are known; two of them cover any "
                "range.",
                "O((n + q) log n)",
            ),
        ),
        mistakes=(
            Variant(
                "looks at the first of the two stretches only",
                (
                    "sparse table",
                    "max(row[left - 1], row[right - 2 ** level])",
                    "row[left - 1]",
                ),
                (
                    "sparse table",
                    "max(table[level][left], table[level][right - (1LL << level)])",
                    "table[level][left]",
                ),
            ),
            Variant(
                "leaves out the last element of a range",
                ("segment tree", "right + size", "right - 1 + size"),
            ),
        ),
        misreadings=(
            Variant(
                "looks at the two ends of the range only",
                (
                    "sparse table",
                    "max(row[left - 1], row[right - 2 ** level])",
                    "max(a[left - 1], a[right - 1])",
                ),
                (
                    "sparse table",
                    "max(table[level][left], table[level][right - (1LL << level)])",
                    "max(a[left], a[right - 1])",
                ),
            ),
        ),
    ),
)
