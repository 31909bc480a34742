"""Transforms of sequences into intervals and trees."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _spans(shape: Shape, _: int) -> Shape | None:
    fits = shape.n_min >= 1 and shape.hi - shape.lo >= 9
    return shape.to("intervals") if fits else None


def _attached(shape: Shape, _: int) -> Shape | None:
    if shape.n_min < 1 or shape.hi - shape.lo < 4:
        return None
    return shape.to("tree", n_min=shape.n_min + 1, n_max=shape.n_max + 1, lo=0, hi=0)


PARTS = (
    Transform(
        name="neighbour spans",
        takes="array",
        gives="intervals",
        features=(
            ("technique", "reduction technique", "reduce to intervals"),
            ("problem setting", "input structure", "interval input", "set of intervals"),
        ),
        wordings={
            "codeforces": (
                "Each element of {x} and the one after it, the first following the last, are the "
                "two ends of a closed interval, the smaller on the left; {hero} calls these "
                "intervals {y}.",
                "{hero} walks from every element of {x} to the next, and from the last to the "
                "first; the stretches of the number line passed over, ends included, make up {y}.",
            ),
            "atcoder": (
                "Let {y} be the closed intervals between each element of {x} and its cyclic "
                "successor, from the smaller to the larger of the two.",
                "For each i let the i-th interval of {y} reach from the minimum to the maximum of "
                "the i-th element of {x} and the next one, where the last is followed by the "
                "first.",
            ),
            "leetcode": (
                "Let {y} hold for each element of {x} the closed interval between it and the next "
                "element, the first coming after the last.",
                "Build {y} from the intervals [min(p, q), max(p, q)] over all pairs p, q of "
                "cyclically neighbouring elements of {x}.",
            ),
        },
        shape=_spans,
        python=(
            Code(
                "shifted copy",
                """\
def convert(a):
    return [(min(p, q), max(p, q)) for p, q in zip(a, a[1:] + a[:1])]
""",
                "A copy shifted by one place brings every element together with the next.",
                "O(n)",
            ),
            Code(
                "indices modulo n",
                """\
def convert(a):
    spans = []
    for i in range(len(a)):
        p, q = sorted((a[i], a[(i + 1) % len(a)]))
        spans.append((p, q))
    return spans
""",
                "Modulo n the place after the last is the first.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "indices modulo n",
                """\
vector<vector<ll>> convert(const vector<ll>& a) {
    vector<vector<ll>> spans;
    for (size_t i = 0; i < a.size(); i++) {
        ll next = a[(i + 1) % a.size()];
        spans.push_back({min(a[i], next), max(a[i], next)});
    }
    return spans;
}
""",
                "Modulo n the place after the last is the first.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "does not swap the ends where the larger comes first",
                ("shifted copy", "(min(p, q), max(p, q))", "(p, max(p, q))"),
                (
                    "indices modulo n",
                    "{min(a[i], next), max(a[i], next)}",
                    "{a[i], max(a[i], next)}",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "takes neighbours in sorted order and not in the given one",
                (
                    "shifted copy",
                    "    return",
                    "    a = sorted(a)\n    return",
                ),
                (
                    "indices modulo n",
                    "vector<vector<ll>> convert(const vector<ll>& a) {\n",
                    "vector<vector<ll>> convert(vector<ll> a) {\n    sort(a.begin(), a.end());\n",
                ),
            ),
        ),
    ),
    Transform(
        name="paired spans",
        takes="pair",
        gives="intervals",
        features=(
            ("technique", "array technique", "element pairing"),
            ("technique", "reduction technique", "reduce to intervals"),
        ),
        wordings={
            "codeforces": (
                "The i-th elements of {x} and {z} are the ends of the i-th of some closed "
                "intervals, whichever of them is smaller; {hero} calls the intervals {y}.",
                "{hero} draws for every place i a line from the i-th element of {x} to the i-th "
                "of {z}, ends included; these stretches of the number line are {y}.",
            ),
            "atcoder": (
                "Let the i-th interval of {y} reach from the minimum to the maximum of the i-th "
                "elements of {x} and {z}.",
                "Define {y} as the closed intervals whose two ends are the i-th element of {x} "
                "and the i-th element of {z}, in either order.",
            ),
            "leetcode": (
                "Let {y} hold for each index the closed interval whose ends are the two elements "
                "of {x} and {z} there.",
                "Build {y} from the intervals [min(p, q), max(p, q)], p and q standing at the same "
                "index of {x} and {z}.",
            ),
        },
        shape=_spans,
        python=(
            Code(
                "zip",
                """\
def convert(a, b):
    return [(min(p, q), max(p, q)) for p, q in zip(a, b)]
""",
                "The two elements of a place, put in order, are the ends.",
                "O(n)",
            ),
            Code(
                "sort each pair",
                """\
def convert(a, b):
    spans = []
    for pair in zip(a, b):
        spans.append(tuple(sorted(pair)))
    return spans
""",
                "Sorting the two elements of a place gives left and right end.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "loop",
                """\
vector<vector<ll>> convert(const vector<ll>& a, const vector<ll>& b) {
    vector<vector<ll>> spans;
    for (size_t i = 0; i < a.size(); i++)
        spans.push_back({min(a[i], b[i]), max(a[i], b[i])});
    return spans;
}
""",
                "The two elements of a place, put in order, are the ends.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "drops the intervals whose ends come in the wrong order, unless all do",
                (
                    "zip",
                    "for p, q in zip(a, b)]",
                    "for p, q in zip(a, b) if p <= q] or [(b[0], a[0])]",
                ),
                (
                    "loop",
                    "    return spans;",
                    "    vector<vector<ll>> kept;\n"
                    "    for (size_t i = 0; i < a.size(); i++)\n"
                    "        if (a[i] <= b[i]) kept.push_back(spans[i]);\n"
                    "    if (kept.empty()) kept.push_back(spans[0]);\n"
                    "    return kept;",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "takes the second number as a length and not as an end",
                ("zip", "(min(p, q), max(p, q))", "(p, p + abs(q))"),
                ("loop", "{min(a[i], b[i]), max(a[i], b[i])}", "{a[i], a[i] + abs(b[i])}"),
            ),
        ),
    ),
    Transform(
        name="attachment tree",
        takes="array",
        gives="tree",
        features=(
            ("problem setting", "input structure", "tree input", "rooted tree"),
            ("data structure", "graph structure", "parent array"),
        ),
        wordings={
            "codeforces": (
                "With {x} {hero} builds a tree {y} that begins with number 1 alone: for "
                "i = 1, 2, ... number i + 1 is hung directly below number |v| mod i + 1, v being "
                "the i-th element.",
                "{hero} grows a tree {y} out of number 1: the i-th element v of {x}, counted from "
                "1, makes number i + 1 a direct follower of number (|v| mod i) + 1.",
            ),
            "atcoder": (
                "Let {y} be the tree with root 1 in which, for each i, the parent of vertex i + 1 "
                "is |v| mod i + 1, where v is the i-th element of {x}.",
                "From {x} a rooted tree {y} with root 1 is made: vertex i + 1 gets the parent "
                "(|v| mod i) + 1, v being the i-th element.",
            ),
            "leetcode": (
                "Let {y} be the tree rooted at vertex 1 in which vertex i + 1 has the parent "
                "|v| mod i + 1, v being element number i of {x}, counted from 1.",
                "Element number i, counted from 1, of {x}, called v, makes vertex i + 1 a child "
                "of vertex (|v| mod i) + 1; {y} is the tree that results, with root 1.",
            ),
        },
        shape=_attached,
        python=(
            Code(
                "comprehension",
                """\
def convert(a):
    return [abs(v) % i + 1 for i, v in enumerate(a, 1)]
""",
                "The rule gives every parent on its own.",
                "O(n)",
            ),
            Code(
                "loop",
                """\
def convert(a):
    parents = []
    for v in a:
        v = abs(v)
        parents.append(v % (len(parents) + 1) + 1)
    return parents
""",
                "When element i comes, i - 1 parents are known, so their number tells i.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "loop",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> parents;
    for (ll v : a) parents.push_back(abs(v) % (ll)(parents.size() + 1) + 1);
    return parents;
}
""",
                "When element i comes, i - 1 parents are known, so their number tells i.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "takes the remainder by a number that is one too small",
                ("loop", "v % (len(parents) + 1) + 1", "v % max(1, len(parents)) + 1"),
                (
                    "loop",
                    "abs(v) % (ll)(parents.size() + 1) + 1",
                    "abs(v) % max<ll>(1, parents.size()) + 1",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts down from the newest vertex",
                ("comprehension", "abs(v) % i + 1", "i - abs(v) % i"),
                (
                    "loop",
                    "abs(v) % (ll)(parents.size() + 1) + 1",
                    "(ll)parents.size() + 1 - abs(v) % (ll)(parents.size() + 1)",
                ),
            ),
        ),
    ),
)
