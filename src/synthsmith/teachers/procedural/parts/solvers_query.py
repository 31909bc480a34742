"""Solvers on sequences with queries: coverage and joining."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="coverage counts",
        takes="queries",
        features=(
            (
                "technique",
                "array technique",
                "difference array",
                "one-dimensional difference array",
            ),
            ("technique", "query technique", "update queries", "range additions"),
            ("data structure", "range structure", "Fenwick tree", "range update point query"),
        ),
        answer="the greatest product",
        titles=("Asked Again and Again", "Worn Pages", "Popular Places"),
        fn_name="greatestCoverageProduct",
        wordings={
            "codeforces": (
                "Every question l r touches the positions l to r once; {hero} multiplies each "
                "element of {x} by how often it is touched and looks at the products. What is the "
                "largest of these products?",
                "For each position of {x} {hero} takes the element times the number of questions "
                "whose stretch from l to r holds it; which product is the greatest?",
            ),
            "atcoder": (
                "Let c_i be the number of queries (l, r) with l <= i <= r; find the maximum of "
                "the i-th element of {x} times c_i.",
                "Multiply each element of {x} by the number of query ranges that contain its "
                "position, and find the maximum product.",
            ),
            "leetcode": (
                "Return the largest product of an element of {x} and the number of queries whose "
                "range contains its position.",
                "Return the maximum over all positions of the element of {x} times the count of "
                "queries [l, r] that cover the position.",
            ),
        },
        python=(
            Code(
                "difference array",
                """\
def solve(a, queries):
    change = [0] * (len(a) + 1)
    for left, right in queries:
        change[left - 1] += 1
        change[right] -= 1
    return max(value * times for value, times in zip(a, accumulate(change)))
""",
                "Each query adds one where it begins and takes it away behind its end.",
                "O(n + q)",
            ),
            Code(
                "sorted ends",
                """\
def solve(a, queries):
    lefts = sorted(left for left, _ in queries)
    rights = sorted(right for _, right in queries)
    best = None
    for i, value in enumerate(a, 1):
        times = bisect_right(lefts, i) - bisect_left(rights, i)
        if best is None or value * times > best:
            best = value * times
    return best
""",
                "A position is in the ranges that have begun less those that have ended.",
                "O((n + q) log q)",
            ),
        ),
        brute=Code(
            "count for every position",
            """\
def solve(a, queries):
    counts = [0] * len(a)
    for left, right in queries:
        for i in range(left - 1, right):
            counts[i] += 1
    return max(value * times for value, times in zip(a, counts))
""",
            "Every query counts up all its positions.",
            "O(nq)",
        ),
        cpp=(
            Code(
                "difference array",
                """\
ll solve(const vector<ll>& a, const vector<vector<ll>>& queries) {
    vector<ll> change(a.size() + 1);
    for (auto& query : queries) {
        change[query[0] - 1]++;
        change[query[1]]--;
    }
    ll times = 0, best = LLONG_MIN;
    for (size_t i = 0; i < a.size(); i++) {
        times += change[i];
        best = max(best, a[i] * times);
    }
    return best;
}
""",
                "Each query adds one where it begins and takes it away behind its end.",
                "O(n + q)",
            ),
        ),
        mistakes=(
            Variant(
                "ends every range one position too early",
                ("difference array", "change[right] -= 1", "change[right - 1] -= 1"),
                ("difference array", "change[query[1]]--", "change[query[1] - 1]--"),
            ),
            Variant(
                "begins every range one position too late",
                ("difference array", "change[left - 1] += 1", "change[left] += 1"),
                ("difference array", "change[query[0] - 1]++", "change[query[0]]++"),
            ),
            Variant(
                "lets each range count once although several are alike",
                (
                    "sorted ends",
                    "sorted(left for left, _ in queries)",
                    "sorted({left for left, _ in queries})",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "adds the counts to the elements",
                ("difference array", "value * times", "value + times"),
                ("difference array", "a[i] * times", "a[i] + times"),
            ),
        ),
        pitfalls="Elements may be negative, and a position in no range gives the product 0.",
        difficulty=0.35,
        needs=lambda shape: max(-shape.lo, shape.hi) < 2**40,
        small=80,
        large=8_000,
        slow_brute=False,
    ),
    Solver(
        name="joined by questions",
        takes="queries",
        features=(
            ("data structure", "disjoint sets", "union find", "component size tracking"),
            ("algorithm", "graph", "connectivity", "incremental connectivity"),
            ("data structure", "disjoint sets", "union find", "union by size"),
        ),
        answer="the greatest sum of a group",
        titles=("Bound Together", "Tied Knots", "Growing Alliances"),
        fn_name="richestAlliance",
        wordings={
            "codeforces": (
                "A question l r ties the two positions l and r together, nothing between them; "
                "what is the greatest sum of the elements of {x} in a group of tied positions, "
                "{hero} asks.",
                "{hero} connects position l with position r for every question; positions "
                "connected directly or over others make up one alliance. What is the largest sum "
                "of elements of {x} in an alliance?",
            ),
            "atcoder": (
                "Each query (l, r) is an edge between the positions l and r; find the maximum "
                "sum of elements of {x} over the connected components of positions.",
                "Unite the positions l and r for every query (l, r), and find the largest sum of "
                "the elements of {x} in one of the resulting sets.",
            ),
            "leetcode": (
                "Return the largest sum of elements of {x} over the groups of positions that "
                "arise when each query [l, r] joins position l with position r.",
                "Return the maximum total of a connected component, where the queries [l, r] are "
                "edges between the positions l and r of {x}.",
            ),
        },
        python=(
            Code(
                "union find",
                """\
def solve(a, queries):
    leader = list(range(len(a)))

    def find(node):
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for left, right in queries:
        leader[find(left - 1)] = find(right - 1)
    sums = defaultdict(int)
    for i, value in enumerate(a):
        sums[find(i)] += value
    return max(sums.values())
""",
                "A union find joins the positions; then every element goes to its leader's sum.",
                "O((n + q) log n)",
            ),
            Code(
                "search",
                """\
def solve(a, queries):
    near = [[] for _ in range(len(a) + 1)]
    for left, right in queries:
        near[left].append(right)
        near[right].append(left)
    seen = [False] * (len(a) + 1)
    best = None
    for start in range(1, len(a) + 1):
        if seen[start]:
            continue
        seen[start] = True
        stack, total = [start], 0
        while stack:
            node = stack.pop()
            total += a[node - 1]
            for other in near[node]:
                if not seen[other]:
                    seen[other] = True
                    stack.append(other)
        best = total if best is None else max(best, total)
    return best
""",
                "A search from every position not seen yet adds up one group.",
                "O(n + q)",
            ),
        ),
        brute=Code(
            "relabelling",
            """\
def solve(a, queries):
    label = list(range(len(a)))
    for left, right in queries:
        old, new = label[left - 1], label[right - 1]
        label = [new if one == old else one for one in label]
    return max(
        sum(value for value, one in zip(a, label) if one == group) for group in set(label)
    )
""",
            "For each question one group takes over the label of the other.",
            "O(nq)",
        ),
        cpp=(
            Code(
                "union find",
                """\
ll solve(const vector<ll>& a, const vector<vector<ll>>& queries) {
    vector<ll> leader(a.size()), sums(a.size());
    iota(leader.begin(), leader.end(), 0);
    auto find = [&](ll node) {
        while (leader[node] != node) node = leader[node] = leader[leader[node]];
        return node;
    };
    for (auto& query : queries) leader[find(query[0] - 1)] = find(query[1] - 1);
    for (size_t i = 0; i < a.size(); i++) sums[find(i)] += a[i];
    ll best = LLONG_MIN;
    for (size_t i = 0; i < a.size(); i++)
        if (leader[i] == (ll)i) best = max(best, sums[i]);
    return best;
}
""",
                "A union find joins the positions; then every element goes to its leader's sum.",
                "O((n + q) log n)",
            ),
        ),
        mistakes=(
            Variant(
                "moves only the position itself and not its group",
                ("union find", "leader[find(left - 1)] =", "leader[left - 1] ="),
                ("union find", "leader[find(query[0] - 1)] =", "leader[query[0] - 1] ="),
            ),
            Variant(
                "begins with 0, so that negative sums are lost",
                ("union find", "max(sums.values())", "max(0, *sums.values())"),
                ("union find", "ll best = LLONG_MIN;", "ll best = 0;"),
            ),
            Variant(
                "follows a question from l to r only",
                ("search", "        near[right].append(left)\n", ""),
            ),
        ),
        misreadings=(
            Variant(
                "asks for the number of positions in the largest group",
                ("union find", "sums[find(i)] += value", "sums[find(i)] += 1"),
                ("union find", "sums[find(i)] += a[i]", "sums[find(i)]++"),
            ),
        ),
        pitfalls="Positions named in no question are groups of their own.",
        difficulty=0.45,
        needs=lambda shape: max(-shape.lo, shape.hi) < 2**40,
        small=80,
        large=6_000,
        slow_brute=False,
    ),
)
