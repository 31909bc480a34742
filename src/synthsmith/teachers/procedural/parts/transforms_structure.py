"""Transforms from trees, graphs and intervals into sequences."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _depths(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.n_max - 1, flags=frozenset({"start zero"}))


def _degrees(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.n_max - 1, flags=frozenset({"degrees"}))


def _lengths(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=1, hi=shape.hi - shape.lo + 1)


PARTS = (
    Transform(
        name="depths",
        takes="tree",
        gives="array",
        features=(
            ("algorithm", "tree", "tree metric", "tree height"),
            ("algorithm", "graph", "traversal", "level order traversal"),
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
            ("algorithm", "graph", "graph realisation"),
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
            ("mathematics", "arithmetic", "absolute difference"),
            ("problem setting", "input structure", "interval input", "set of intervals"),
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
)
