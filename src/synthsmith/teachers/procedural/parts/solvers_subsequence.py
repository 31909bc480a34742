"""Solvers on sequences: subsequences and pairs of positions."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="longest increasing subsequence",
        takes="array",
        features=(
            (
                "algorithm",
                "dynamic programming",
                "subsequence dp",
                "longest increasing subsequence",
            ),
            ("algorithm", "searching", "binary search", "lower bound"),
            ("algorithm", "dynamic programming", "subsequence dp"),
        ),
        answer="the length of the longest strictly increasing subsequence",
        titles=("Climbing Order", "Ever Higher", "The Long Ascent"),
        fn_name="longestAscent",
        wordings={
            "codeforces": (
                "{hero} deletes as few elements of {x} as possible, so that each remaining element "
                "is strictly greater than the one before; how many remain?",
                "How many elements of {x} can {hero} pick at most, from left to right but not "
                "necessarily neighbours, if each must be strictly greater than the one picked "
                "before?",
            ),
            "atcoder": (
                "Find the length of the longest strictly increasing subsequence, not necessarily "
                "contiguous, of {x}.",
                "A subsequence of {x} is rising if each of its elements is strictly greater than "
                "the previous one; find the maximum length of a rising subsequence.",
            ),
            "leetcode": (
                "Return the length of the longest strictly increasing subsequence of {x}, which "
                "need not be contiguous.",
                "Return the greatest number of elements that can be kept of {x}, the others "
                "deleted, so that what is kept is strictly increasing.",
            ),
        },
        needs=lambda shape: shape.n_max >= 5 and "sums" not in shape.flags,
        python=(
            Code(
                "tails by binary search",
                """\
def solve(a):
    tails = []
    for value in a:
        i = bisect_left(tails, value)
        if i == len(tails):
            tails.append(value)
        else:
            tails[i] = value
    return len(tails)
""",
                "For every length the smallest possible last element is kept; each new element "
                "replaces the first that is not smaller.",
                "O(n log n)",
            ),
            Code(
                "Fenwick tree of maxima",
                """\
def solve(a):
    order = {value: i + 1 for i, value in enumerate(sorted(set(a)))}
    tree = [0] * (len(order) + 1)
    best = 0
    for value in a:
        i = order[value] - 1
        length = 0
        while i > 0:
            if tree[i] > length:
                length = tree[i]
            i -= i & -i
        length += 1
        best = max(best, length)
        i = order[value]
        while i < len(tree):
            if tree[i] < length:
                tree[i] = length
            i += i & -i
    return best
""",
                "A Fenwick tree over the ranks answers the longest chain that ends in a smaller "
                "value.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "table of lengths",
            """\
def solve(a):
    lengths = []
    for i in range(len(a)):
        longest = 0
        for j in range(i):
            if a[j] < a[i] and lengths[j] > longest:
                longest = lengths[j]
        lengths.append(longest + 1)
    return max(lengths)
""",
            "For each element all smaller ones before it are tried as predecessor.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "tails by binary search",
                """\
ll solve(const vector<ll>& a) {
    vector<ll> tails;
    for (ll value : a) {
        auto it = lower_bound(tails.begin(), tails.end(), value);
        if (it == tails.end()) tails.push_back(value);
        else *it = value;
    }
    return tails.size();
}
""",
                "For every length the smallest possible last element is kept.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "builds one chain greedily from the first element",
                (
                    "tails by binary search",
                    "        else:\n            tails[i] = value\n",
                    "",
                ),
                ("tails by binary search", "        else *it = value;\n", ""),
            ),
            Variant(
                "never lets the first element be a predecessor",
                ("table of lengths", "for j in range(i):", "for j in range(1, i):"),
            ),
        ),
        misreadings=(
            Variant(
                "lets equal elements follow one another, so not strictly",
                ("tails by binary search", "i = bisect_left(", "i = bisect_right("),
                ("tails by binary search", "lower_bound(", "upper_bound("),
            ),
            Variant(
                "takes only contiguous rising parts",
                (
                    "tails by binary search",
                    "        i = bisect_left(tails, value)\n"
                    "        if i == len(tails):\n"
                    "            tails.append(value)\n"
                    "        else:\n"
                    "            tails[i] = value\n"
                    "    return len(tails)\n",
                    "        if tails and tails[-1][0] < value:\n"
                    "            tails.append((value, tails[-1][1] + 1))\n"
                    "        else:\n"
                    "            tails.append((value, 1))\n"
                    "    return max(length for _, length in tails)\n",
                ),
                (
                    "tails by binary search",
                    "    for (ll value : a) {\n"
                    "        auto it = lower_bound(tails.begin(), tails.end(), value);\n"
                    "        if (it == tails.end()) tails.push_back(value);\n"
                    "        else *it = value;\n"
                    "    }\n"
                    "    return tails.size();\n",
                    "    for (size_t i = 0; i < a.size(); i++)\n"
                    "        tails.push_back(i && a[i - 1] < a[i] ? tails.back() + 1 : 1);\n"
                    "    return *max_element(tails.begin(), tails.end());\n",
                ),
            ),
        ),
        pitfalls="Equal elements must not follow each other, so the search is for the first tail "
        "that is not smaller.",
        difficulty=0.6,
        empty="0",
    ),
    Solver(
        name="inversion count",
        takes="array",
        features=(
            ("algorithm", "sorting", "inversion counting"),
            ("data structure", "range structure", "Fenwick tree", "inversions by Fenwick"),
            ("algorithm", "sorting", "comparison sort", "merge sort"),
            ("algorithm", "divide and conquer", "counting pairs across halves"),
        ),
        answer="the number of pairs in the wrong order",
        titles=("Quarrels in a Row", "Out of Order", "Wrong Pairs"),
        fn_name="countWrongPairs",
        wordings={
            "codeforces": (
                "Two elements of {x} quarrel if the one further left is strictly greater; {hero} "
                "must say how many pairs quarrel.",
                "{hero} counts the pairs of positions of {x} in which the earlier element is "
                "strictly greater than the later one.",
            ),
            "atcoder": (
                "Find the number of pairs i < j such that element i of {x} is strictly greater "
                "than element j.",
                "Count the inversions of {x}: pairs of positions whose earlier element is "
                "strictly greater.",
            ),
            "leetcode": (
                "Return how many pairs of positions i < j there are where element i of {x} is "
                "strictly greater than element j.",
                "Return the number of pairs in {x} that stand in strictly descending order, the "
                "greater one first.",
            ),
        },
        needs=lambda shape: shape.n_max >= 5 and "start zero" not in shape.flags,
        python=(
            Code(
                "merge sort",
                """\
def solve(a):
    values = list(a)
    count = 0
    width = 1
    while width < len(values):
        merged = []
        for start in range(0, len(values), 2 * width):
            left = values[start:start + width]
            right = values[start + width:start + 2 * width]
            i = 0
            for value in right:
                while i < len(left) and left[i] <= value:
                    merged.append(left[i])
                    i += 1
                count += len(left) - i
                merged.append(value)
            merged.extend(left[i:])
        values = merged
        width *= 2
    return count
""",
                "While two sorted halves are merged, each element taken from the right half "
                "passes all that are left in the left half.",
                "O(n log n)",
            ),
            Code(
                "Fenwick tree",
                """\
def solve(a):
    rank = {value: i + 1 for i, value in enumerate(sorted(set(a)))}
    size = len(rank)
    tree = [0] * (size + 1)
    count = 0
    for seen, value in enumerate(a):
        i = rank[value]
        smaller = 0
        while i > 0:
            smaller += tree[i]
            i -= i & -i
        count += seen - smaller
        i = rank[value]
        while i <= size:
            tree[i] += 1
            i += i & -i
    return count
""",
                "For every element the tree tells how many earlier ones are not greater; the rest "
                "of the earlier ones are.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "all pairs",
            """\
def solve(a):
    count = 0
    for j in range(len(a)):
        for i in range(j):
            if a[i] > a[j]:
                count += 1
    return count
""",
            "Every pair of positions is compared.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "merge sort",
                """\
ll solve(const vector<ll>& a) {
    vector<ll> values = a, merged(a.size());
    ll count = 0;
    size_t n = a.size();
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            size_t middle = min(n, start + width), end = min(n, start + 2 * width);
            size_t i = start, j = middle, k = start;
            while (i < middle || j < end) {
                if (j == end || (i < middle && values[i] <= values[j])) merged[k++] = values[i++];
                else {
                    count += middle - i;
                    merged[k++] = values[j++];
                }
            }
        }
        swap(values, merged);
    }
    return count;
}
""",
                "While two sorted halves are merged, each element taken from the right half "
                "passes all that are left in the left half.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts only neighbouring pairs",
                ("all pairs", "for i in range(j):", "for i in range(max(0, j - 1), j):"),
            ),
            Variant(
                "counts one too few in each merge",
                ("merge sort", "count += len(left) - i", "count += max(0, len(left) - i - 1)"),
                ("merge sort", "count += middle - i;", "count += middle - i - (i > start);"),
            ),
        ),
        misreadings=(
            Variant(
                "counts equal elements as a pair too",
                ("merge sort", "left[i] <= value", "left[i] < value"),
                ("merge sort", "values[i] <= values[j]", "values[i] < values[j]"),
            ),
            Variant(
                "counts the pairs in which the earlier element is the smaller one",
                ("merge sort", "values = list(a)", "values = list(a)[::-1]"),
                (
                    "merge sort",
                    "vector<ll> values = a, merged(a.size());",
                    "vector<ll> values(a.rbegin(), a.rend()), merged(a.size());",
                ),
            ),
        ),
        pitfalls="Equal elements are no pair, and the count needs 64 bits.",
        difficulty=0.6,
        empty="0",
    ),
)
