"""Solvers on graphs: distances by search."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="sum of hop distances",
        takes="graph",
        features=(
            ("algorithm", "graph", "shortest path", "shortest path in unweighted graph"),
            ("algorithm", "graph", "traversal", "level order traversal"),
            ("algorithm", "graph", "connectivity", "reachability"),
        ),
        answer="the sum of the distances",
        titles=("News Travels", "Word of Mouth", "Rounds of Rumour"),
        fn_name="rumourTotal",
        wordings={
            "codeforces": (
                "A rumour starts at number 1 of {x} and goes on by one connection a day; {hero} "
                "adds up, over all who ever hear it, the days until they do. What is the sum?",
                "{hero} sends letters from number 1 of {x} to everyone who can be reached; each "
                "takes a way with the fewest connections. How many connections are used in all, "
                "counted for each letter?",
            ),
            "atcoder": (
                "Find the sum of the unweighted distances from vertex 1 to all vertices of {x} "
                "that can be reached from it.",
                "Over all vertices of {x} connected to vertex 1, add up the least number of edges "
                "on a path to vertex 1.",
            ),
            "leetcode": (
                "Return the sum of the distances in edges from vertex 1 to all vertices that can "
                "be reached.",
                "Return the total, over the vertices reachable from vertex 1, of the fewest edges "
                "needed to get there.",
            ),
        },
        python=(
            Code(
                "breadth-first search",
                """\
def solve(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v in edges:
        near[u].append(v)
        near[v].append(u)
    distance = {1: 0}
    queue = deque([1])
    total = 0
    while queue:
        node = queue.popleft()
        total += distance[node]
        for other in near[node]:
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    return total
""",
                "A breadth-first search reaches every vertex first on a shortest path.",
                "O(n + m)",
            ),
            Code(
                "layer by layer",
                """\
def solve(n, edges):
    near = defaultdict(set)
    for u, v in edges:
        near[u].add(v)
        near[v].add(u)
    seen, layer = {1}, {1}
    total = days = 0
    while layer:
        total += days * len(layer)
        days += 1
        layer = {other for node in layer for other in near[node]} - seen
        seen |= layer
    return total
""",
                "All vertices of a layer add the same distance.",
                "O(n + m)",
            ),
        ),
        brute=Code(
            "relax all edges",
            """\
def solve(n, edges):
    far = [n] * (n + 1)
    far[1] = 0
    for _ in range(n):
        for u, v in edges:
            far[v] = min(far[v], far[u] + 1)
            far[u] = min(far[u], far[v] + 1)
    return sum(d for d in far[1:] if d < n)
""",
            "In n rounds over all edges every distance gets as small as it can.",
            "O(nm)",
        ),
        cpp=(
            Code(
                "breadth-first search",
                """\
ll solve(ll n, const vector<vector<ll>>& edges) {
    vector<vector<ll>> near(n + 1);
    for (auto& edge : edges) {
        near[edge[0]].push_back(edge[1]);
        near[edge[1]].push_back(edge[0]);
    }
    vector<ll> away(n + 1, -1);
    vector<ll> order = {1};
    away[1] = 0;
    ll total = 0;
    for (size_t i = 0; i < order.size(); i++) {
        ll node = order[i];
        total += away[node];
        for (ll other : near[node])
            if (away[other] < 0) {
                away[other] = away[node] + 1;
                order.push_back(other);
            }
    }
    return total;
}
""",
                "A breadth-first search reaches every vertex first on a shortest path.",
                "O(n + m)",
            ),
        ),
        mistakes=(
            Variant(
                "goes depth first, so that ways are not shortest",
                ("breadth-first search", "queue.popleft()", "queue.pop()"),
            ),
            Variant(
                "follows the edges in one direction only",
                ("breadth-first search", "        near[v].append(u)\n", ""),
                ("breadth-first search", "        near[edge[1]].push_back(edge[0]);\n", ""),
            ),
            Variant(
                "counts only the last layer",
                ("layer by layer", "total += days * len(layer)", "total = days * len(layer)"),
            ),
            Variant(
                "counts the first vertex with one day, too",
                ("breadth-first search", "{1: 0}", "{1: 1}"),
                ("breadth-first search", "away[1] = 0", "away[1] = 1"),
            ),
        ),
        misreadings=(
            Variant(
                "asks for the greatest distance",
                (
                    "breadth-first search",
                    "total += distance[node]",
                    "total = max(total, distance[node])",
                ),
                (
                    "breadth-first search",
                    "total += away[node]",
                    "total = max(total, away[node])",
                ),
            ),
        ),
        pitfalls="Vertices out of reach add nothing.",
        difficulty=0.3,
        small=40,
        large=5_000,
        slow_brute=False,
    ),
)
