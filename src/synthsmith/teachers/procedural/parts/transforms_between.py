"""Transforms from other kinds into sequences."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _runs(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=1, hi=shape.n_max, full=False, dense=False)


def _row_sums(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=min(0, shape.lo), hi=shape.hi * shape.n_max, full=False)


def _depths(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.n_max - 1, flags=frozenset({"start zero"}))


def _degrees(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.n_max - 1, flags=frozenset({"degrees"}))


def _lengths(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=1, hi=shape.hi - shape.lo + 1)


def _products(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=shape.lo**2, hi=shape.hi**2) if shape.lo >= 0 else None


PARTS = (
    Transform(
        name="run lengths",
        takes="string",
        gives="array",
        features=(
            ("algorithm", "string", "run-length encoding"),
            ("technique", "grouping equal neighbours"),
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
            ("technique", "aggregation", "row sums"),
            ("problem setting", "grid", "rows"),
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
        name="depths",
        takes="tree",
        gives="array",
        features=(
            ("algorithm", "tree", "depth computation"),
            ("algorithm", "graph", "traversal", "tree traversal"),
        ),
        wordings={
            "codeforces": (
                "{hero} computes for every number i how many steps lead from i to number 1 in "
                "{x}; in order of i this is the sequence {y}.",
                "Let the i-th element of {y} be how far {hero} must walk up from i to number 1 in "
                "{x}, in steps.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the depth of vertex i of {x}, the root's being 0.",
                "Define {y} as the depths of the vertices 1, 2, ... of {x}, where the root has "
                "depth 0.",
            ),
            "leetcode": (
                "Let {y} hold the depth of each vertex, in order of number, the root having 0.",
                "The i-th element of {y} is the number of edges between vertex i and the root.",
            ),
        },
        shape=_depths,
        python=(
            Code(
                "parents first",
                """\
def convert(parents):
    depths = [0]
    for parent in parents:
        depths.append(depths[parent - 1] + 1)
    return depths
""",
                "Parents have smaller numbers, so one pass knows each parent's depth in time.",
                "O(n)",
            ),
            Code(
                "breadth first",
                """\
def convert(parents):
    children = [[] for _ in range(len(parents) + 1)]
    for i, parent in enumerate(parents):
        children[parent - 1].append(i + 1)
    depths = [0] * len(children)
    queue = deque([0])
    while queue:
        node = queue.popleft()
        for child in children[node]:
            depths[child] = depths[node] + 1
            queue.append(child)
    return depths
""",
                "A breadth-first walk from the root hands the depth down to the children.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "parents first",
                """\
vector<ll> convert(const vector<ll>& parents) {
    vector<ll> depths = {0};
    for (ll parent : parents) depths.push_back(depths[parent - 1] + 1);
    return depths;
}
""",
                "Parents have smaller numbers, so one pass knows each parent's depth in time.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "reads the parents as if they were counted from 0",
                (
                    "parents first",
                    "depths[parent - 1] + 1",
                    "depths[min(parent, len(depths) - 1)] + 1",
                ),
                (
                    "parents first",
                    "depths[parent - 1] + 1",
                    "depths[min<ll>(parent, depths.size() - 1)] + 1",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts the nodes on the way, so that the root has depth 1",
                ("parents first", "depths = [0]", "depths = [1]"),
                ("parents first", "depths = {0}", "depths = {1}"),
            ),
        ),
    ),
    Transform(
        name="degrees",
        takes="graph",
        gives="array",
        features=(
            ("algorithm", "graph", "degree counting"),
            ("mathematics", "graph theory", "vertex degree"),
        ),
        wordings={
            "codeforces": (
                "For each number i {hero} counts the pairs of {x} that i belongs to; these counts, "
                "in order of i, form {y}.",
                "{hero} notes for every number i from 1 on with how many others it is directly "
                "joined in {x}; this gives {y}.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the degree of vertex i in {x}.",
                "Define {y} as the sequence of the degrees of the vertices 1, 2, ... of {x}.",
            ),
            "leetcode": (
                "Let {y} hold the degree of each vertex, in order of number.",
                "The i-th element of {y} is the number of edges at vertex i.",
            ),
        },
        shape=_degrees,
        python=(
            Code(
                "count ends",
                """\
def convert(n, edges):
    degrees = [0] * n
    for u, v in edges:
        degrees[u - 1] += 1
        degrees[v - 1] += 1
    return degrees
""",
                "Every edge adds one at each of its two ends.",
                "O(n + m)",
            ),
            Code(
                "counter",
                """\
def convert(n, edges):
    ends = Counter(vertex for edge in edges for vertex in edge)
    return [ends[vertex] for vertex in range(1, n + 1)]
""",
                "A counter over all ends of edges, read out for the vertices 1 to n.",
                "O(n + m)",
            ),
        ),
        cpp=(
            Code(
                "count ends",
                """\
vector<ll> convert(ll n, const vector<vector<ll>>& edges) {
    vector<ll> degrees(n);
    for (auto& edge : edges) {
        degrees[edge[0] - 1]++;
        degrees[edge[1] - 1]++;
    }
    return degrees;
}
""",
                "Every edge adds one at each of its two ends.",
                "O(n + m)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets the last vertex",
                ("counter", "range(1, n + 1)", "range(1, max(2, n))"),
                (
                    "count ends",
                    "    return degrees;",
                    "    if (n > 1) degrees.pop_back();\n    return degrees;",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts an edge only at its first end, as if it were directed",
                ("count ends", "        degrees[v - 1] += 1\n", ""),
                ("count ends", "        degrees[edge[1] - 1]++;\n", ""),
            ),
        ),
    ),
    Transform(
        name="interval lengths",
        takes="intervals",
        gives="array",
        features=(
            ("mathematics", "geometry", "interval length"),
            ("problem setting", "geometry", "intervals on a line"),
        ),
        wordings={
            "codeforces": (
                "{hero} replaces each entry of {x}, in order, by the number of whole points it "
                "covers, r - l + 1, and gets {y}.",
                "For each entry of {x} {hero} notes how many integers it covers, both ends "
                "included; the list of these numbers is {y}.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the number of integers in the i-th interval of "
                "{x}.",
                "Define {y} by r - l + 1 for each interval of {x}, in the given order.",
            ),
            "leetcode": (
                "Let {y} hold, for each interval in order, the number of integers it contains.",
                "Build {y} from the values r - l + 1 of the intervals, in order.",
            ),
        },
        shape=_lengths,
        python=(
            Code(
                "comprehension",
                """\
def convert(intervals):
    return [right - left + 1 for left, right in intervals]
""",
                "A closed interval holds r - l + 1 integers.",
                "O(n)",
            ),
            Code(
                "loop",
                """\
def convert(intervals):
    lengths = []
    for row in intervals:
        lengths.append(1 + row[1] - row[0])
    return lengths
""",
                "A closed interval holds r - l + 1 integers.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "loop",
                """\
vector<ll> convert(const vector<vector<ll>>& intervals) {
    vector<ll> lengths;
    for (auto& row : intervals) lengths.push_back(row[1] - row[0] + 1);
    return lengths;
}
""",
                "A closed interval holds r - l + 1 integers.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts one point too few, but never none",
                ("loop", "1 + row[1] - row[0]", "max(1, row[1] - row[0])"),
                ("loop", "row[1] - row[0] + 1", "max(1LL, row[1] - row[0])"),
            ),
        ),
        misreadings=(
            Variant(
                "takes the distance r - l in place of the number of points",
                ("comprehension", "right - left + 1", "right - left"),
                ("loop", "row[1] - row[0] + 1", "row[1] - row[0]"),
            ),
        ),
    ),
    Transform(
        name="products of pairs",
        takes="pair",
        gives="array",
        features=(
            ("mathematics", "arithmetic", "elementwise product"),
            ("technique", "parallel iteration"),
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
