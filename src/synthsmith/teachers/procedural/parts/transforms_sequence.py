"""Transforms that make a sequence of a sequence."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _prefix_sums(shape: Shape, _: int) -> Shape | None:
    if "sums" in shape.flags:
        return None
    lo, hi = min(shape.lo, shape.lo * shape.n_max), max(shape.hi, shape.hi * shape.n_max)
    return shape.to("array", lo=lo, hi=hi, flags=frozenset({"sums"}))


def _differences(shape: Shape, _: int) -> Shape | None:
    if shape.flags & {"sums", "differences"} or shape.n_min < 1:
        return None
    span = shape.hi - shape.lo
    n_min, n_max = shape.n_min - 1, shape.n_max - 1
    flags = frozenset({"differences"})
    return shape.to("array", n_min=n_min, n_max=n_max, lo=0, hi=span, full=False, flags=flags)


def _multiples(shape: Shape, _: int) -> Shape | None:
    if shape.hi - shape.lo < 9 or not shape.full:
        return None
    return shape.to("array", n_min=0, full=False, dense=False)


def _residues(shape: Shape, c: int) -> Shape | None:
    if shape.hi < 2 * c or shape.flags & {"residues"}:
        return None
    return shape.to("array", lo=0, hi=c - 1, flags=frozenset({"residues"}))


def _folded(shape: Shape, _: int) -> Shape | None:
    if shape.n_min < 1 or shape.flags & {"folded"}:
        return None
    half = (shape.n_max + 1) // 2
    lo, hi = min(shape.lo, 2 * shape.lo), max(shape.hi, 2 * shape.hi)
    flags = frozenset({"folded"})
    return shape.to("array", n_max=half, lo=lo, hi=hi, full=False, dense=False, flags=flags)


PARTS = (
    Transform(
        name="prefix sums",
        takes="array",
        gives="array",
        features=(
            ("technique", "array technique", "prefix sums"),
            ("technique", "array technique", "prefix sums", "one-dimensional prefix sums"),
        ),
        wordings={
            "codeforces": (
                "{hero} writes below it a sequence {y}: its i-th element is the sum of the first "
                "i elements of {x}.",
                "From left to right {hero} adds up {x} and notes the total after every element, "
                "which gives {y}.",
            ),
            "atcoder": (
                "Define {y} by letting its i-th element be the sum of the first i elements of {x}.",
                "Let {y} be the sequence of prefix sums of {x}, the sum of all of it included.",
            ),
            "leetcode": (
                "Build {y}, whose i-th element is the sum of the first i elements of {x}.",
                "Let {y} be the running totals of {x}: each element plus all before it.",
            ),
        },
        shape=_prefix_sums,
        python=(
            Code(
                "running total",
                """\
def convert(a):
    result = []
    total = 0
    for value in a:
        total += value
        result.append(total)
    return result
""",
                "One pass with a running total gives all prefix sums.",
                "O(n)",
            ),
            Code(
                "accumulate",
                """\
def convert(a):
    return list(accumulate(a))
""",
                "itertools.accumulate is exactly the list of prefix sums.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "running total",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> result;
    ll total = 0;
    for (ll value : a) {
        total += value;
        result.push_back(total);
    }
    return result;
}
""",
                "One pass with a running total gives all prefix sums.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "starts the totals from the second element",
                ("accumulate", "accumulate(a)", "accumulate(a[1:], initial=0)"),
            ),
        ),
        misreadings=(
            Variant(
                "takes the sum of the elements before the i-th, without the i-th itself",
                (
                    "running total",
                    "        total += value\n        result.append(total)\n",
                    "        result.append(total)\n        total += value\n",
                ),
                (
                    "running total",
                    "        total += value;\n        result.push_back(total);\n",
                    "        result.push_back(total);\n        total += value;\n",
                ),
            ),
        ),
    ),
    Transform(
        name="adjacent differences",
        takes="array",
        gives="array",
        features=(
            ("technique", "array technique", "difference array"),
            ("technique", "array technique", "adjacent comparison"),
        ),
        wordings={
            "codeforces": (
                "Between every two neighbours of {x} {hero} writes the absolute value of their "
                "difference; call the new sequence {y}.",
                "{hero} only cares for the steps: let {y} hold the absolute differences of "
                "adjacent elements of {x}, in order.",
            ),
            "atcoder": (
                "Let {y} be the sequence of absolute differences of adjacent elements of {x}.",
                "Define {y}, one element shorter than {x}, by letting its i-th element be the "
                "absolute difference of elements i and i + 1 of {x}.",
            ),
            "leetcode": (
                "Let {y} be the array of absolute differences between neighbouring elements of "
                "{x}.",
                "Form {y} from {x} by taking the absolute difference of each element and the "
                "next one.",
            ),
        },
        shape=_differences,
        python=(
            Code(
                "zip of neighbours",
                """\
def convert(a):
    return [abs(after - before) for before, after in zip(a, a[1:])]
""",
                "Pairing the list with itself shifted by one gives all neighbours.",
                "O(n)",
            ),
            Code(
                "index loop",
                """\
def convert(a):
    result = []
    for i in range(1, len(a)):
        step = a[i] - a[i - 1]
        result.append(step if step >= 0 else -step)
    return result
""",
                "A loop over the indices 1 to n - 1 takes each step's absolute value.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "index loop",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> result;
    for (size_t i = 1; i < a.size(); i++) result.push_back(llabs(a[i] - a[i - 1]));
    return result;
}
""",
                "A loop over the indices 1 to n - 1 takes each step's absolute value.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "stops one pair too early",
                ("index loop", "range(1, len(a))", "range(1, len(a) - 1)"),
                ("index loop", "i < a.size()", "i + 1 < a.size()"),
            ),
        ),
        misreadings=(
            Variant(
                "also takes the difference of the last and the first element, as on a circle",
                (
                    "index loop",
                    "    return result",
                    "    return result + [abs(a[0] - a[-1])]",
                ),
                (
                    "index loop",
                    "    return result;",
                    "    result.push_back(llabs(a[0] - a.back()));\n    return result;",
                ),
            ),
        ),
    ),
    Transform(
        name="multiples only",
        takes="array",
        gives="array",
        features=(
            ("mathematics", "number theory", "divisibility"),
            ("technique", "array technique", "two pointers", "partition by predicate"),
        ),
        constants=(2, 3, 4, 5),
        wordings={
            "codeforces": (
                "{hero} keeps only the elements of {x} that are divisible by {c}, in their order, "
                "and calls what is left {y}.",
                "Everything in {x} that is not a multiple of {c} is thrown away by {hero}; the "
                "rest, order unchanged, is {y}.",
            ),
            "atcoder": (
                "Let {y} consist of the elements of {x} divisible by {c}, in the same order.",
                "Delete from {x} every element that is not a multiple of {c}, and let {y} be the "
                "result.",
            ),
            "leetcode": (
                "Let {y} be the elements of {x} that are divisible by {c}, in their order.",
                "Remove from {x} all elements that are not multiples of {c} to get {y}.",
            ),
        },
        shape=_multiples,
        python=(
            Code(
                "comprehension",
                """\
def convert(a, c):
    return [value for value in a if value % c == 0]
""",
                "A filter with the remainder does it.",
                "O(n)",
            ),
            Code(
                "loop",
                """\
def convert(a, c):
    kept = []
    for value in a:
        if value % c:
            continue
        kept.append(value)
    return kept
""",
                "A loop skips everything with a remainder.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "loop",
                """\
vector<ll> convert(const vector<ll>& a, ll c) {
    vector<ll> kept;
    for (ll value : a)
        if (value % c == 0) kept.push_back(value);
    return kept;
}
""",
                "A filter with the remainder does it; the sign does not matter for zero.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets that zero is a multiple of everything",
                ("comprehension", "if value % c == 0", "if value and value % c == 0"),
                ("loop", "if (value % c == 0)", "if (value != 0 && value % c == 0)"),
            ),
            Variant(
                "drops the last element",
                ("loop", "for value in a:", "for value in a[:-1]:"),
            ),
        ),
        misreadings=(
            Variant(
                "keeps the elements that are not divisible",
                ("comprehension", "value % c == 0", "value % c != 0"),
                ("loop", "value % c == 0", "value % c != 0"),
            ),
        ),
    ),
    Transform(
        name="residues",
        takes="array",
        gives="array",
        features=(
            ("mathematics", "number theory", "modular arithmetic"),
            ("mathematics", "number theory", "modular arithmetic", "residue classes"),
        ),
        constants=(3, 4, 5, 7, 10),
        wordings={
            "codeforces": (
                "{hero} replaces each element of {x} by its remainder modulo {c}, between 0 and "
                "{c} - 1 even for negative numbers, and gets {y}.",
                "The clock shows hours 0 to {c} - 1 only, so {hero} turns {x} into {y} by taking "
                "each element modulo {c} (never negative).",
            ),
            "atcoder": (
                "Let {y} be {x} with each element replaced by its non-negative remainder modulo "
                "{c}.",
                "Define {y} by reducing each element of {x} modulo {c} into the range from 0 to "
                "{c} - 1.",
            ),
            "leetcode": (
                "Let {y} be the non-negative remainders modulo {c} of the elements of {x}.",
                "Replace every element of {x} by its remainder modulo {c}, from 0 to {c} - 1, to "
                "get {y}.",
            ),
        },
        shape=_residues,
        python=(
            Code(
                "comprehension",
                """\
def convert(a, c):
    return [value % c for value in a]
""",
                "Python's remainder is already non-negative.",
                "O(n)",
            ),
            Code(
                "floor division",
                """\
def convert(a, c):
    result = []
    for value in a:
        quotient = value // c
        result.append(value - quotient * c)
    return result
""",
                "Subtracting the floor multiple leaves the non-negative remainder.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "double remainder",
                """\
vector<ll> convert(const vector<ll>& a, ll c) {
    vector<ll> result;
    for (ll value : a) result.push_back((value % c + c) % c);
    return result;
}
""",
                "C++ keeps the sign, so c is added before the second remainder.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "divides by one too much",
                ("comprehension", "value % c", "value % (c + 1)"),
                ("double remainder", "(value % c + c) % c", "(value % c + c) % (c + 1)"),
            ),
        ),
        misreadings=(
            Variant(
                "takes the quotient of the division in place of the remainder",
                ("comprehension", "value % c", "value // c"),
                (
                    "double remainder",
                    "(value % c + c) % c",
                    "(value - (value % c + c) % c) / c",
                ),
            ),
        ),
    ),
    Transform(
        name="folding",
        takes="array",
        gives="array",
        features=(
            ("technique", "array technique", "two pointers", "pointers moving inwards"),
            ("technique", "array technique", "element pairing"),
        ),
        wordings={
            "codeforces": (
                "{hero} folds the strip {x} in the middle: the first element of {y} is the sum of "
                "the first and last of {x}, the second that of the second and second to last, and "
                "so on; a middle element stays alone.",
                "Then {hero} pairs the ends of {x}, first with last, second with second to last, "
                "and so on; {y} holds the sums of the pairs in this order, and a lone middle "
                "element comes last unchanged.",
            ),
            "atcoder": (
                "Let {y} be the sums of the i-th element and the i-th element from the end of "
                "{x}, for i from 1 to half the length; an unpaired middle element is appended.",
                "Fold {x} into {y}: add the last element to the first, the second to last to the "
                "second, and so on, a middle element being kept as it is.",
            ),
            "leetcode": (
                "Fold {x} in half to get {y}: first plus last, second plus second to last, and so "
                "on, with a middle element kept alone at the end.",
                "Let {y} hold the sums of opposite elements of {x}, the outermost pair first; if "
                "there is a middle element, it is the last of {y}, unchanged.",
            ),
        },
        shape=_folded,
        python=(
            Code(
                "two pointers",
                """\
def convert(a):
    result = []
    left, right = 0, len(a) - 1
    while left < right:
        result.append(a[left] + a[right])
        left += 1
        right -= 1
    if left == right:
        result.append(a[left])
    return result
""",
                "Two pointers walk from both ends to the middle.",
                "O(n)",
            ),
            Code(
                "mirror",
                """\
def convert(a):
    half = len(a) // 2
    result = [a[i] + a[~i] for i in range(half)]
    return result + a[half:half + len(a) % 2]
""",
                "The i-th element meets the one with index ~i; an odd middle is appended.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "two pointers",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> result;
    int left = 0, right = (int)a.size() - 1;
    while (left < right) result.push_back(a[left++] + a[right--]);
    if (left == right) result.push_back(a[left]);
    return result;
}
""",
                "Two pointers walk from both ends to the middle.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "loses the middle element",
                ("mirror", "result + a[half:half + len(a) % 2]", "result or a"),
                ("two pointers", "if (left == right)", "if (left == right && left == 0)"),
            ),
        ),
        misreadings=(
            Variant(
                "adds the middle element to itself",
                ("two pointers", "while left < right:", "while left <= right:"),
                ("two pointers", "while (left < right)", "while (left <= right)"),
            ),
        ),
    ),
)
