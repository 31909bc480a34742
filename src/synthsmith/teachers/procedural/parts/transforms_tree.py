"""Transforms of trees into sequences."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _sizes(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=1, hi=shape.n_max)


def _children(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.n_max - 1)


PARTS = (
    Transform(
        name="subtree sizes",
        takes="tree",
        gives="array",
        features=(
            ("algorithm", "tree", "subtree aggregation"),
            ("algorithm", "dynamic programming", "tree dp"),
        ),
        wordings={
            "codeforces": (
                "For every number i from 1 on {hero} counts i itself and all numbers below it in "
                "{x}; in this order the counts are the sequence {y}.",
                "{hero} asks of each number i in {x} how many numbers, i included, pass through i "
                "on their way to number 1; the replies, in order of i, are {y}.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the number of vertices in the subtree of vertex i "
                "of {x}, vertex i included.",
                "Define {y} as the subtree sizes of the vertices 1, 2, ... of {x}, each vertex "
                "being in its own subtree.",
            ),
            "leetcode": (
                "Let {y} hold the size of the subtree of each vertex, in order of number.",
                "The i-th element of {y} is the count of vertices whose way to the root meets "
                "vertex i, vertex i among them.",
            ),
        },
        shape=_sizes,
        python=(
            Code(
                "children first",
                """\
def convert(parents):
    sizes = [1] * (len(parents) + 1)
    for i in range(len(parents) - 1, -1, -1):
        sizes[parents[i] - 1] += sizes[i + 1]
    return sizes
""",
                "Children have greater numbers, so going backwards a size is complete before it "
                "is passed up.",
                "O(n)",
            ),
            Code(
                "order of a walk",
                """\
def convert(parents):
    children = [[] for _ in range(len(parents) + 1)]
    for i, parent in enumerate(parents, 1):
        children[parent - 1].append(i)
    order = [0]
    for node in order:
        order += children[node]
    sizes = [1] * len(order)
    for node in reversed(order):
        for child in children[node]:
            sizes[node] += sizes[child]
    return sizes
""",
                "In the reverse of a breadth-first order every vertex comes after its children.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "children first",
                """\
vector<ll> convert(const vector<ll>& parents) {
    vector<ll> sizes(parents.size() + 1, 1);
    for (ll i = (ll)parents.size() - 1; i >= 0; i--) sizes[parents[i] - 1] += sizes[i + 1];
    return sizes;
}
""",
                "Children have greater numbers, so a size is complete before it is passed up.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts only a vertex and its children",
                ("children first", "+= sizes[i + 1]", "+= 1"),
                ("children first", "+= sizes[i + 1]", "+= 1"),
            ),
            Variant(
                "goes forwards, so that sizes are passed up before they are complete",
                ("children first", "range(len(parents) - 1, -1, -1)", "range(len(parents))"),
            ),
        ),
        misreadings=(
            Variant(
                "leaves the vertex itself out of its subtree",
                (
                    "children first",
                    "    return sizes",
                    "    return [size - 1 for size in sizes]",
                ),
                (
                    "children first",
                    "    return sizes;",
                    "    for (ll& size : sizes) size--;\n    return sizes;",
                ),
            ),
        ),
    ),
    Transform(
        name="children counts",
        takes="tree",
        gives="array",
        features=(
            ("algorithm", "graph", "degree counting"),
            ("data structure", "tree structure", "n-ary tree"),
        ),
        wordings={
            "codeforces": (
                "For each number i from 1 on {hero} writes down how many numbers stand directly "
                "below i in {x}; this is the sequence {y}.",
                "{hero} lists in {y}, in order of number, how many direct followers each number of "
                "{x} has.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the number of children of vertex i of {x}.",
                "Define {y} as the counts of children of the vertices 1, 2, ... of {x}.",
            ),
            "leetcode": (
                "Let {y} hold the number of children of each vertex, in order of number.",
                "The i-th element of {y} is how many vertices have vertex i as their parent.",
            ),
        },
        shape=_children,
        python=(
            Code(
                "count parents",
                """\
def convert(parents):
    counts = [0] * (len(parents) + 1)
    for parent in parents:
        counts[parent - 1] += 1
    return counts
""",
                "Every entry of the input is one child of the vertex it names.",
                "O(n)",
            ),
            Code(
                "counter",
                """\
def convert(parents):
    times = Counter(parents)
    return [times[node] for node in range(1, len(parents) + 2)]
""",
                "A vertex has as many children as the times its number is given.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "count parents",
                """\
vector<ll> convert(const vector<ll>& parents) {
    vector<ll> counts(parents.size() + 1);
    for (ll parent : parents) counts[parent - 1]++;
    return counts;
}
""",
                "Every entry of the input is one child of the vertex it names.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts at the place of the child and not of the parent",
                (
                    "count parents",
                    "    for parent in parents:\n        counts[parent - 1] += 1",
                    "    for i, parent in enumerate(parents):\n        counts[i] += 1",
                ),
                (
                    "count parents",
                    "for (ll parent : parents) counts[parent - 1]++;",
                    "for (size_t i = 0; i < parents.size(); i++) counts[i]++;",
                ),
            ),
            Variant(
                "reads the numbers as if they began at 0",
                (
                    "counter",
                    "range(1, len(parents) + 2)",
                    "range(len(parents) + 1)",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts all neighbours, the parent too",
                (
                    "count parents",
                    "    counts = [0] * (len(parents) + 1)",
                    "    counts = [0] + [1] * len(parents)",
                ),
                (
                    "count parents",
                    "    vector<ll> counts(parents.size() + 1);\n",
                    "    vector<ll> counts(parents.size() + 1, 1);\n    counts[0] = 0;\n",
                ),
            ),
        ),
    ),
)
