"""Solvers on intervals and range queries: overlap, choice, coverage."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="greatest overlap",
        takes="intervals",
        features=(
            ("technique", "array technique", "sweep line", "maximum overlap"),
            ("technique", "array technique", "sweep line", "meeting rooms"),
            ("algorithm", "greedy", "interval scheduling", "interval partitioning"),
        ),
        answer="the greatest number at one point",
        titles=("Full House", "Rush Hour", "Shoulder to Shoulder"),
        fn_name="greatestOverlap",
        wordings={
            "codeforces": (
                "At most how many entries of {x} does {hero} find at one and the same point, "
                "where an entry is also at its two ends?",
                "{hero} looks for the point that belongs to the most entries of {x}, ends "
                "included; to how many does it belong?",
            ),
            "atcoder": (
                "Find the maximum number of intervals of {x} that contain a common point.",
                "How many intervals of {x}, ends included, cover the point that is covered most "
                "often?",
            ),
            "leetcode": (
                "Return the greatest number of intervals that share a point.",
                "Return how many intervals contain the point that lies in the most of them, both "
                "ends of an interval belonging to it.",
            ),
        },
        python=(
            Code(
                "sweep over events",
                """\
def solve(intervals):
    events = []
    for left, right in intervals:
        events.append((left, 1))
        events.append((right + 1, -1))
    events.sort()
    now = best = 0
    for _, change in events:
        now += change
        best = max(best, now)
    return best
""",
                "At l the count rises, behind r it falls; falls come first at the same point.",
                "O(n log n)",
            ),
            Code(
                "heap of ends",
                """\
def solve(intervals):
    heap = []
    best = 0
    for left, right in sorted(map(tuple, intervals)):
        while heap and heap[0] < left:
            heappop(heap)
        heappush(heap, right)
        best = max(best, len(heap))
    return best
""",
                "The heap holds the ends of all intervals that reach the current beginning.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "try every beginning",
            """\
def solve(intervals):
    return max(
        sum(left <= point <= right for left, right in intervals) for point, _ in intervals
    )
""",
            "The best point can be moved left to the beginning of an interval.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "sweep over events",
                """\
ll solve(const vector<vector<ll>>& intervals) {
    vector<pair<ll, ll>> events;
    for (auto& row : intervals) {
        events.push_back({row[0], 1});
        events.push_back({row[1] + 1, -1});
    }
    sort(events.begin(), events.end());
    ll now = 0, best = 0;
    for (auto& event : events) {
        now += event.second;
        best = max(best, now);
    }
    return best;
}
""",
                "At l the count rises, behind r it falls; falls come first at the same point.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "lets an interval end before its right end",
                ("sweep over events", "(right + 1, -1)", "(right, -1)"),
                ("sweep over events", "{row[1] + 1, -1}", "{row[1], -1}"),
            ),
            Variant(
                "counts how many intervals meet the longest one before them",
                (
                    "heap of ends",
                    "        while heap and heap[0] < left:\n            heappop(heap)\n",
                    "        if heap and max(heap) < left:\n            heap.clear()\n",
                ),
            ),
            Variant(
                "counts the intervals still open at the last beginning",
                ("heap of ends", "best = max(best, len(heap))", "best = len(heap)"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the intervals that touch the first one given",
                (
                    "sweep over events",
                    "    return best",
                    "    first = intervals[0]\n"
                    "    return sum(l <= first[1] and r >= first[0] for l, r in intervals)",
                ),
                (
                    "sweep over events",
                    "    return best;",
                    "    best = 0;\n"
                    "    auto& first = intervals[0];\n"
                    "    for (auto& row : intervals) "
                    "best += row[0] <= first[1] && row[1] >= first[0];\n"
                    "    return best;",
                ),
            ),
        ),
        pitfalls="Two intervals that share only an end overlap in this point.",
        difficulty=0.35,
        small=80,
        large=9_000,
        slow_brute=False,
    ),
    Solver(
        name="disjoint intervals",
        takes="intervals",
        features=(
            ("algorithm", "greedy", "interval scheduling", "activity selection"),
            ("algorithm", "greedy", "interval scheduling", "minimum points stabbing intervals"),
            ("algorithm", "greedy", "sort then pick greedily"),
        ),
        answer="the greatest number that can be kept",
        titles=("One at a Time", "No Clash", "The Busy Calendar"),
        fn_name="mostDisjoint",
        wordings={
            "codeforces": (
                "{hero} keeps as many entries of {x} as possible so that no point belongs to two "
                "of them, ends included; how many are kept?",
                "At most how many entries of {x} can {hero} attend in full, if two that share "
                "even an end exclude each other?",
            ),
            "atcoder": (
                "Find the maximum number of pairwise disjoint intervals that can be chosen from "
                "{x}.",
                "Find the size of the largest subset of {x} in which no two intervals share a "
                "point, not even an end.",
            ),
            "leetcode": (
                "Return the greatest number of intervals that can be chosen without two of them "
                "sharing a point.",
                "Return the size of a largest set of pairwise disjoint intervals, where touching "
                "ends are not allowed.",
            ),
        },
        python=(
            Code(
                "earliest end first",
                """\
def solve(intervals):
    count, last = 0, None
    for left, right in sorted(sorted(intervals), key=lambda row: row[1]):
        if last is None or left > last:
            count += 1
            last = right
    return count
""",
                "The interval that ends first leaves the most room and can always be taken.",
                "O(n log n)",
            ),
            Code(
                "from the right",
                """\
def solve(intervals):
    count = 0
    wall = float("inf")
    for left, right in sorted(map(tuple, intervals), reverse=True):
        if right < wall:
            count += 1
            wall = left
    return count
""",
                "Seen from the right, the interval that begins last can always be taken.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "dynamic programming",
            """\
def solve(intervals):
    rows = sorted(map(tuple, intervals))
    best = [1] * len(rows)
    for i in range(len(rows) - 1, -1, -1):
        for j in range(i + 1, len(rows)):
            if rows[j][0] > rows[i][1]:
                best[i] = max(best[i], best[j] + 1)
    return max(best)
""",
            "For each interval, the longest chain that begins with it.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "earliest end first",
                """\
ll solve(const vector<vector<ll>>& intervals) {
    vector<pair<ll, ll>> rows;
    for (auto& row : intervals) rows.push_back({row[1], row[0]});
    sort(rows.begin(), rows.end());
    ll total = 0, last = LLONG_MIN;
    for (auto& row : rows)
        if (row.second > last) {
            total++;
            last = row.first;
        }
    return total;
}
""",
                "The interval that ends first leaves the most room and can always be taken.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "takes the intervals in the order of their beginnings",
                ("earliest end first", "key=lambda row: row[1]", "key=lambda row: row[0]"),
                (
                    "earliest end first",
                    "    ll total",
                    "    sort(rows.begin(), rows.end(), [](auto& p, auto& q) "
                    "{ return p.second < q.second; });\n    ll total",
                ),
            ),
            Variant(
                "takes the shortest intervals first and remembers only the last one",
                (
                    "earliest end first",
                    "key=lambda row: row[1]",
                    "key=lambda row: row[1] - row[0]",
                ),
            ),
            Variant(
                "moves the end even for intervals that are not taken",
                (
                    "earliest end first",
                    "            count += 1\n            last = right\n",
                    "            count += 1\n        last = right\n",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "lets intervals touch at their ends",
                ("earliest end first", "left > last", "left >= last"),
                ("earliest end first", "row.second > last", "row.second >= last"),
            ),
        ),
        pitfalls="Intervals that touch at an end cannot both be taken.",
        difficulty=0.4,
        small=80,
        large=9_000,
        slow_brute=False,
    ),
)
