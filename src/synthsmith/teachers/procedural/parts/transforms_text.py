"""Transforms from strings, grids and pairs into sequences."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _runs(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=1, hi=shape.n_max, full=False, dense=False)


def _row_sums(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=min(0, shape.lo), hi=shape.hi * shape.n_max, full=False)


def _products(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=shape.lo**2, hi=shape.hi**2) if shape.lo >= 0 else None


PARTS = (
    Transform(
        name="run lengths",
        takes="string",
        gives="array",
        features=(
            ("algorithm", "string", "string transformation", "run-length encoding"),
            ("technique", "array technique", "run grouping"),
        ),
        wordings={
            "codeforces": (
                "{hero} cuts {x} into maximal blocks of equal letters and notes their lengths "
                "from left to right as {y}.",
                "Reading {x} aloud, {hero} counts how often each letter repeats before another "
                "one comes; these counts, in order, are {y}.",
            ),
            "atcoder": (
                "Let {y} be the lengths of the maximal runs of equal letters in {x}, from left to "
                "right.",
                "Split {x} into maximal blocks of equal letters; {y} is the sequence of their "
                "lengths.",
            ),
            "leetcode": (
                "Let {y} be the lengths of the maximal groups of equal adjacent letters of {x}, "
                "in order.",
                "Compress {x} into runs of equal letters and let {y} be the run lengths.",
            ),
        },
        shape=_runs,
        python=(
            Code(
                "scan",
                """\
def convert(s):
    lengths = []
    for i, letter in enumerate(s):
        if i and letter == s[i - 1]:
            lengths[-1] += 1
        else:
            lengths.append(1)
    return lengths
""",
                "A scan opens a new run where the letter changes.",
                "O(n)",
            ),
            Code(
                "groupby",
                """\
def convert(s):
    return [len(list(group)) for _, group in groupby(s)]
""",
                "itertools.groupby yields exactly the maximal runs.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "scan",
                """\
vector<ll> convert(const string& s) {
    vector<ll> lengths;
    for (size_t i = 0; i < s.size(); i++) {
        if (i && s[i] == s[i - 1]) lengths.back()++;
        else lengths.push_back(1);
    }
    return lengths;
}
""",
                "A scan opens a new run where the letter changes.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets the last run",
                ("scan", "    return lengths", "    return lengths[:-1] or lengths"),
                (
                    "scan",
                    "    return lengths;",
                    "    if (lengths.size() > 1) lengths.pop_back();\n    return lengths;",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts each letter in the whole string, in order of first occurrence",
                (
                    "groupby",
                    "[len(list(group)) for _, group in groupby(s)]",
                    "list(Counter(s).values())",
                ),
                (
                    "scan",
                    "    for (size_t i = 0; i < s.size(); i++) {\n"
                    "        if (i && s[i] == s[i - 1]) lengths.back()++;\n"
                    "        else lengths.push_back(1);\n"
                    "    }\n",
                    "    for (size_t i = 0; i < s.size(); i++)\n"
                    "        if (s.find(s[i]) == i)\n"
                    "            lengths.push_back(count(s.begin(), s.end(), s[i]));\n",
                ),
            ),
        ),
    ),
    Transform(
        name="row sums",
        takes="grid",
        gives="array",
        features=(
            ("technique", "grid technique", "row and column sums"),
            ("problem setting", "input structure", "matrix input"),
        ),
        wordings={
            "codeforces": (
                "For every row of {x}, from top to bottom, {hero} adds up its numbers; the sums "
                "are {y}.",
                "{hero} sums each row of {x} and writes the sums, top row first, as {y}.",
            ),
            "atcoder": (
                "Let {y} be the sequence of the row sums of {x}, from top to bottom.",
                "The i-th element of {y} is the sum of the i-th row of {x}.",
            ),
            "leetcode": (
                "Let {y} hold the sum of each row of {x}, from top to bottom.",
                "Collect the row sums of {x} into {y}, top row first.",
            ),
        },
        shape=_row_sums,
        python=(
            Code(
                "sum of rows",
                """\
def convert(grid):
    return [sum(row) for row in grid]
""",
                "Each row is summed on its own.",
                "O(hw)",
            ),
            Code(
                "nested loop",
                """\
def convert(grid):
    sums = [0] * len(grid)
    for i in range(len(grid)):
        for j in range(len(grid[0])):
            sums[i] += grid[i][j]
    return sums
""",
                "Two nested loops add every cell to its row's sum.",
                "O(hw)",
            ),
        ),
        cpp=(
            Code(
                "nested loop",
                """\
vector<ll> convert(const vector<vector<ll>>& grid) {
    vector<ll> sums(grid.size());
    for (size_t i = 0; i < grid.size(); i++)
        for (size_t j = 0; j < grid[0].size(); j++) sums[i] += grid[i][j];
    return sums;
}
""",
                "Two nested loops add every cell to its row's sum.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "mixes up height and width",
                (
                    "nested loop",
                    "for j in range(len(grid[0])):",
                    "for j in range(min(len(grid), len(grid[0]))):",
                ),
                (
                    "nested loop",
                    "j < grid[0].size()",
                    "j < min(grid.size(), grid[0].size())",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "sums the columns in place of the rows",
                ("sum of rows", "for row in grid", "for row in zip(*grid)"),
                (
                    "nested loop",
                    "    vector<ll> sums(grid.size());\n"
                    "    for (size_t i = 0; i < grid.size(); i++)\n"
                    "        for (size_t j = 0; j < grid[0].size(); j++) sums[i] += grid[i][j];\n",
                    "    vector<ll> sums(grid[0].size());\n"
                    "    for (size_t i = 0; i < grid.size(); i++)\n"
                    "        for (size_t j = 0; j < grid[0].size(); j++) sums[j] += grid[i][j];\n",
                ),
            ),
        ),
    ),
    Transform(
        name="products of pairs",
        takes="pair",
        gives="array",
        features=(
            ("technique", "array technique", "element pairing"),
            ("problem setting", "input structure", "array input", "pair of arrays"),
        ),
        wordings={
            "codeforces": (
                "{hero} multiplies the two sequences {x} and {z} position by position and gets "
                "{y}.",
                "Next, {hero} writes down {y}, whose i-th element is the product of the i-th "
                "elements of {x} and {z}.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the product of the i-th elements of {x} and {z}.",
                "Define {y} as the elementwise product of {x} and {z}.",
            ),
            "leetcode": (
                "Let {y} be the elementwise product of {x} and {z}.",
                "Multiply {x} and {z} position by position to get {y}.",
            ),
        },
        shape=_products,
        python=(
            Code(
                "zip",
                """\
def convert(a, b):
    return [first * second for first, second in zip(a, b)]
""",
                "Walking both in step multiplies the right partners.",
                "O(n)",
            ),
            Code(
                "index",
                """\
def convert(a, b):
    result = []
    for i in range(len(a)):
        result.append(a[i] * b[i])
    return result
""",
                "Walking both in step multiplies the right partners.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "index",
                """\
vector<ll> convert(const vector<ll>& a, const vector<ll>& b) {
    vector<ll> result(a.size());
    for (size_t i = 0; i < a.size(); i++) result[i] = a[i] * b[i];
    return result;
}
""",
                "Walking both in step multiplies the right partners.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "multiplies by the neighbour of the right partner",
                ("index", "a[i] * b[i]", "a[i] * b[i - 1]"),
                ("index", "a[i] * b[i]", "a[i] * b[i ? i - 1 : i]"),
            ),
        ),
        misreadings=(
            Variant(
                "adds where it should multiply",
                ("zip", "first * second", "first + second"),
                ("index", "a[i] * b[i]", "a[i] + b[i]"),
            ),
        ),
    ),
)
