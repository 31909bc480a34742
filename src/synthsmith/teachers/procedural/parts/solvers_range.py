"""Solvers on intervals and range queries."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import INT64, Code, Solver, Variant

PARTS = (
    Solver(
        name="union of intervals",
        takes="intervals",
        features=(
            ("algorithm", "greedy", "interval scheduling", "merging intervals"),
            ("technique", "array technique", "sweep line", "sweep over sorted endpoints"),
            ("algorithm", "sorting", "sort by key"),
        ),
        answer="the number of integers covered",
        titles=("Under Cover", "Painted Points", "All That Is Covered"),
        fn_name="coveredPoints",
        wordings={
            "codeforces": (
                "How many integer points lie in at least one entry of {x}? {hero} counts each "
                "point once.",
                "{hero} wants the number of whole points that at least one entry of {x} covers, "
                "its ends included.",
            ),
            "atcoder": (
                "Find the number of integers contained in at least one interval of {x}.",
                "How many integers are in the union of the intervals of {x}?",
            ),
            "leetcode": (
                "Return the number of integers that lie in at least one of the intervals.",
                "Return how many different integers the intervals cover together.",
            ),
        },
        python=(
            Code(
                "sort and merge",
                """\
def solve(intervals):
    covered = 0
    end = float("-inf")
    for left, right in sorted(map(tuple, intervals)):
        if right > end:
            covered += right - max(left - 1, end)
            end = right
    return covered
""",
                "Sorted by left end, each interval adds only what lies beyond the furthest end "
                "so far.",
                "O(n log n)",
            ),
            Code(
                "sweep of events",
                """\
def solve(intervals):
    events = []
    for left, right in intervals:
        events.append((left, 1))
        events.append((right + 1, -1))
    events.sort()
    covered = 0
    open_now = 0
    before = 0
    for point, change in events:
        if open_now > 0:
            covered += point - before
        open_now += change
        before = point
    return covered
""",
                "Opening and closing events are swept; between two events all points are covered "
                "or none.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "set of points",
            """\
def solve(intervals):
    points = set()
    for left, right in intervals:
        for point in range(left, right + 1):
            points.add(point)
    return len(points)
""",
            "Every covered point is put into a set.",
            "O(n times the range)",
        ),
        cpp=(
            Code(
                "sort and merge",
                """\
ll solve(const vector<vector<ll>>& intervals) {
    auto rows = intervals;
    sort(rows.begin(), rows.end());
    ll covered = 0, end = LLONG_MIN;
    for (auto& row : rows)
        if (row[1] > end) {
            covered += row[1] - max(row[0] - 1, end);
            end = row[1];
        }
    return covered;
}
""",
                "Sorted by left end, each interval adds only what lies beyond the furthest end.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "lets the end move back when an interval lies inside another",
                (
                    "sort and merge",
                    "            end = right\n",
                    "        end = right\n",
                ),
                (
                    "sort and merge",
                    "            end = row[1];\n        }\n",
                    "        end = row[1];\n        }\n",
                ),
            ),
            Variant(
                "counts the shared end of touching intervals twice",
                ("sort and merge", "max(left - 1, end)", "max(left - 1, end - 1)"),
                ("sort and merge", "max(row[0] - 1, end)", "max(row[0] - 1, end - 1)"),
            ),
            Variant(
                "does not sort the intervals",
                ("sort and merge", "sorted(map(tuple, intervals))", "intervals"),
                ("sort and merge", "    sort(rows.begin(), rows.end());\n", ""),
            ),
        ),
        misreadings=(
            Variant(
                "measures the length of the union, not the number of integers",
                ("sweep of events", "events.append((right + 1, -1))", "events.append((right, -1))"),
                (
                    "sort and merge",
                    "row[1] - max(row[0] - 1, end)",
                    "row[1] - max(row[0], end)",
                ),
            ),
            Variant(
                "adds up the sizes of all intervals, overlaps counted again",
                (
                    "sort and merge",
                    "        if right > end:\n"
                    "            covered += right - max(left - 1, end)\n"
                    "            end = right\n",
                    "        covered += right - left + 1\n",
                ),
                (
                    "sort and merge",
                    "        if (row[1] > end) {\n"
                    "            covered += row[1] - max(row[0] - 1, end);\n"
                    "            end = row[1];\n"
                    "        }\n",
                    "        covered += row[1] - row[0] + 1;\n",
                ),
            ),
        ),
        pitfalls="One interval may lie inside another, two may touch, and a single point is an "
        "interval too.",
        difficulty=0.4,
        small=80,
        large=12_000,
        slow_brute=False,
    ),
    Solver(
        name="range sums",
        takes="queries",
        features=(
            ("technique", "query technique", "range queries", "range sum queries"),
            ("data structure", "range structure", "Fenwick tree", "point update prefix query"),
        ),
        answer="for each query, in order, the sum of the elements from position l to position r",
        titles=("Sums on Demand", "From Here to There", "The Clerk's Questions"),
        fn_name="rangeSums",
        gives="list",
        wordings={
            "codeforces": (
                "The answer to a question is the sum of the elements of {x} from position l to "
                "position r, both included; help {hero} to answer all.",
                "For each question {hero} adds the elements of {x} at the positions l, l + 1, "
                "..., r; tell the sums.",
            ),
            "atcoder": (
                "For each query find the sum of the elements of {x} from position l to position "
                "r, inclusive.",
                "Answer each query by the sum of the l-th to the r-th element of {x}.",
            ),
            "leetcode": (
                "Return, for each query in order, the sum of the elements of {x} from position l "
                "to position r, both included.",
                "Return the list of the sums of {x} over the positions l to r, one for each query.",
            ),
        },
        needs=lambda shape: max(-shape.lo, shape.hi) * shape.n_max < INT64,
        python=(
            Code(
                "prefix sums",
                """\
def solve(a, queries):
    sums = [0]
    for value in a:
        sums.append(sums[-1] + value)
    return [sums[right] - sums[left - 1] for left, right in queries]
""",
                "With prefix sums each query is one subtraction.",
                "O(n + q)",
            ),
            Code(
                "Fenwick tree",
                """\
def solve(a, queries):
    tree = [0] + list(a)
    for i in range(1, len(tree)):
        above = i + (i & -i)
        if above < len(tree):
            tree[above] += tree[i]

    def first(count):
        total = 0
        while count > 0:
            total += tree[count]
            count -= count & -count
        return total

    return [first(right) - first(left - 1) for left, right in queries]
""",
                "A Fenwick tree gives the sum of the first elements in logarithmic time.",
                "O(n + q log n)",
            ),
        ),
        brute=Code(
            "add up each time",
            """\
def solve(a, queries):
    answers = []
    for left, right in queries:
        total = 0
        for i in range(left - 1, right):
            total += a[i]
        answers.append(total)
    return answers
""",
            "Each query walks over its range.",
            "O(nq)",
        ),
        cpp=(
            Code(
                "prefix sums",
                """\
vector<ll> solve(const vector<ll>& a, const vector<vector<ll>>& queries) {
    vector<ll> sums(a.size() + 1), answers;
    for (size_t i = 0; i < a.size(); i++) sums[i + 1] = sums[i] + a[i];
    for (auto& query : queries) answers.push_back(sums[query[1]] - sums[query[0] - 1]);
    return answers;
}
""",
                "With prefix sums each query is one subtraction.",
                "O(n + q)",
            ),
        ),
        mistakes=(
            Variant(
                "leaves out the element at position l",
                ("prefix sums", "sums[left - 1]", "sums[left]"),
                ("prefix sums", "sums[query[0] - 1]", "sums[query[0]]"),
            ),
            Variant(
                "leaves out the element at position r",
                ("add up each time", "range(left - 1, right)", "range(left - 1, right - 1)"),
                ("prefix sums", "sums[query[1]] -", "sums[query[1] - 1] -"),
            ),
        ),
        misreadings=(
            Variant(
                "counts positions from 0, up to the end of the sequence",
                (
                    "prefix sums",
                    "sums[right] - sums[left - 1]",
                    "sums[min(right + 1, len(a))] - sums[left]",
                ),
                (
                    "prefix sums",
                    "sums[query[1]] - sums[query[0] - 1]",
                    "sums[min<ll>(query[1] + 1, a.size())] - sums[query[0]]",
                ),
            ),
        ),
        pitfalls="A query may be a single position or the whole sequence, and the sums may be "
        "negative.",
        difficulty=0.15,
        small=80,
        large=8_000,
        slow_brute=False,
    ),
)
