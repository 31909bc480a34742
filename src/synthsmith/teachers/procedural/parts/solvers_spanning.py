"""Solvers on weighted graphs: spanning forests and bottlenecks."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="spanning forest",
        takes="wgraph",
        features=(
            ("algorithm", "graph", "minimum spanning tree", "Kruskal"),
            ("algorithm", "graph", "minimum spanning tree", "Prim"),
            ("data structure", "disjoint sets", "union find", "path compression"),
        ),
        answer="the smallest total length that is kept",
        titles=("Cheap Cables", "Keep It Together", "The Thrifty Network"),
        fn_name="cheapestNetwork",
        wordings={
            "codeforces": (
                "{hero} gives up connections of {x}, but whoever could reach each other before "
                "still must be able to; what is the smallest total length of what is kept?",
                "With the least total length {hero} keeps part of {x} so that nobody loses touch "
                "with anyone who could be reached at first. What is this length?",
            ),
            "atcoder": (
                "Find the total weight of a minimum spanning forest of {x}, with one tree for "
                "each connected component.",
                "Choose edges of {x} of minimum total weight such that the connected components "
                "stay the same, and find this weight.",
            ),
            "leetcode": (
                "Return the total weight of a minimum spanning forest of the graph.",
                "Return the least total weight of edges that keep every connected component "
                "connected.",
            ),
        },
        python=(
            Code(
                "Kruskal",
                """\
def solve(n, edges):
    leader = list(range(n + 1))

    def find(node):
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    total = 0
    for u, v, w in sorted(edges, key=lambda edge: edge[2]):
        first, second = find(u), find(v)
        if first != second:
            leader[first] = second
            total += w
    return total
""",
                "From short to long, an edge is kept if its ends are not connected yet.",
                "O(m log m)",
            ),
            Code(
                "Prim",
                """\
def solve(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v, w in edges:
        near[u].append((w, v))
        near[v].append((w, u))
    seen = [False] * (n + 1)
    total = 0
    for start in range(1, n + 1):
        heap = [(0, start)]
        while heap:
            w, node = heappop(heap)
            if seen[node]:
                continue
            seen[node] = True
            total += w
            for item in near[node]:
                if not seen[item[1]]:
                    heappush(heap, item)
    return total
""",
                "A tree grows from each start by the shortest edge that leads out of it.",
                "O(m log m)",
            ),
        ),
        brute=Code(
            "relabelling",
            """\
def solve(n, edges):
    label = list(range(n + 1))
    total = 0
    for u, v, w in sorted(edges, key=lambda edge: edge[2]):
        old, new = label[u], label[v]
        if old != new:
            total += w
            label = [new if one == old else one for one in label]
    return total
""",
            "The edges from short to long; joined groups are relabelled vertex by vertex.",
            "O(nm)",
        ),
        cpp=(
            Code(
                "Kruskal",
                """\
ll solve(ll n, const vector<vector<ll>>& edges) {
    vector<vector<ll>> sorted = edges;
    sort(sorted.begin(), sorted.end(), [](auto& p, auto& q) { return p[2] < q[2]; });
    vector<ll> leader(n + 1);
    iota(leader.begin(), leader.end(), 0);
    auto find = [&](ll node) {
        while (leader[node] != node) node = leader[node] = leader[leader[node]];
        return node;
    };
    ll total = 0;
    for (auto& edge : sorted) {
        ll first = find(edge[0]), second = find(edge[1]);
        if (first != second) {
            leader[first] = second;
            total += edge[2];
        }
    }
    return total;
}
""",
                "From short to long, an edge is kept if its ends are not connected yet.",
                "O(m log m)",
            ),
        ),
        mistakes=(
            Variant(
                "does not sort the edges",
                ("Kruskal", "sorted(edges, key=lambda edge: edge[2])", "edges"),
                (
                    "Kruskal",
                    "    sort(sorted.begin(), sorted.end(), [](auto& p, auto& q) "
                    "{ return p[2] < q[2]; });\n",
                    "",
                ),
            ),
            Variant(
                "joins the vertices and not the leaders of their groups",
                ("Kruskal", "leader[first] = second", "leader[u] = second"),
                ("Kruskal", "leader[first] = second", "leader[edge[0]] = second"),
            ),
            Variant(
                "adds up the ways from the start in place of single edges",
                (
                    "Prim",
                    "                    heappush(heap, item)",
                    "                    heappush(heap, (w + item[0], item[1]))",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "asks for the total length of what is given up",
                (
                    "Kruskal",
                    "    return total",
                    "    return sum(edge[2] for edge in edges) - total",
                ),
                (
                    "Kruskal",
                    "    return total;",
                    "    for (auto& edge : edges) total -= edge[2];\n    return -total;",
                ),
            ),
        ),
        pitfalls="The graph need not be connected.",
        difficulty=0.5,
        small=40,
        large=4_000,
        slow_brute=False,
    ),
    Solver(
        name="bottleneck",
        takes="wgraph",
        features=(
            ("algorithm", "graph", "shortest path", "minimax path"),
            ("algorithm", "graph", "minimum spanning tree", "minimum bottleneck spanning tree"),
            ("algorithm", "graph", "connectivity", "incremental connectivity"),
        ),
        answer="the smallest longest connection, or -1",
        titles=("Small Steps", "The Weak Rider", "No Long Stretch"),
        fn_name="smallestLongestStretch",
        wordings={
            "codeforces": (
                "{hero} must rest after each connection and goes from number 1 to number {n} of "
                "{x} so that the longest single connection is as short as possible; how long is "
                "it (-1 if there is no way)?",
                "On its way from number 1 to number {n} over {x} the cart of {hero} should never "
                "pass a connection longer than necessary; print the least length of the longest "
                "one, or -1 if number {n} is out of reach.",
            ),
            "atcoder": (
                "Over all paths from vertex 1 to vertex {n} of {x}, find the minimum of the "
                "largest edge weight, or -1 if there is no path.",
                "Find the least t such that vertex 1 and vertex {n} of {x} are connected by edges "
                "of weight at most t, or -1 if there is none.",
            ),
            "leetcode": (
                "Return the smallest possible value of the largest weight on a path from vertex 1 "
                "to vertex {n}, or -1 if there is no path.",
                "Return the least t for which the edges of weight at most t connect vertex 1 with "
                "vertex {n}, or -1 if no t does.",
            ),
        },
        python=(
            Code(
                "join short edges first",
                """\
def solve(n, edges):
    leader = list(range(n + 1))

    def find(node):
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for u, v, w in sorted(edges, key=lambda edge: edge[2]):
        leader[find(u)] = find(v)
        if find(1) == find(n):
            return w
    return -1
""",
                "Edges are joined from short to long until the two ends meet.",
                "O(m log m)",
            ),
            Code(
                "Dijkstra with maxima",
                """\
def solve(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v, w in edges:
        near[u].append((v, w))
        near[v].append((u, w))
    seen = set()
    heap = [(0, 1)]
    while heap:
        worst, node = heappop(heap)
        if node == n:
            return worst
        if node in seen:
            continue
        seen.add(node)
        for other, w in near[node]:
            if other not in seen:
                heappush(heap, (max(worst, w), other))
    return -1
""",
                "As in Dijkstra's algorithm, with the largest weight of a way as its length.",
                "O(m log m)",
            ),
        ),
        brute=Code(
            "relax all edges",
            """\
def solve(n, edges):
    far = float("inf")
    worst = [far] * (n + 1)
    worst[1] = 0
    for _ in range(n):
        for u, v, w in edges:
            worst[v] = min(worst[v], max(worst[u], w))
            worst[u] = min(worst[u], max(worst[v], w))
    return worst[n] if worst[n] < far else -1
""",
            "In n rounds over all edges every vertex gets its best way.",
            "O(nm)",
        ),
        cpp=(
            Code(
                "join short edges first",
                """\
ll solve(ll n, const vector<vector<ll>>& edges) {
    vector<vector<ll>> sorted = edges;
    sort(sorted.begin(), sorted.end(), [](auto& p, auto& q) { return p[2] < q[2]; });
    vector<ll> leader(n + 1);
    iota(leader.begin(), leader.end(), 0);
    auto find = [&](ll node) {
        while (leader[node] != node) node = leader[node] = leader[leader[node]];
        return node;
    };
    for (auto& edge : sorted) {
        leader[find(edge[0])] = find(edge[1]);
        if (find(1) == find(n)) return edge[2];
    }
    return -1;
}
""",
                "Edges are joined from short to long until the two ends meet.",
                "O(m log m)",
            ),
        ),
        mistakes=(
            Variant(
                "does not sort the edges",
                ("join short edges first", "sorted(edges, key=lambda edge: edge[2])", "edges"),
                (
                    "join short edges first",
                    "    sort(sorted.begin(), sorted.end(), [](auto& p, auto& q) "
                    "{ return p[2] < q[2]; });\n",
                    "",
                ),
            ),
            Variant(
                "keeps only the last weight of a way",
                ("Dijkstra with maxima", "(max(worst, w), other)", "(w, other)"),
            ),
            Variant(
                "follows the edges in one direction only",
                ("Dijkstra with maxima", "        near[v].append((u, w))\n", ""),
            ),
            Variant(
                "moves only the vertex itself and not its group",
                ("join short edges first", "leader[find(u)] = find(v)", "leader[u] = find(v)"),
                (
                    "join short edges first",
                    "leader[find(edge[0])] = find(edge[1])",
                    "leader[edge[0]] = find(edge[1])",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "takes the longest connection of the shortest way as a sum",
                ("Dijkstra with maxima", "max(worst, w)", "worst + w"),
                (
                    "join short edges first",
                    "    vector<vector<ll>> sorted = edges;\n",
                    "    vector<ll> far(n + 1, LLONG_MAX / 2);\n"
                    "    far[1] = 0;\n"
                    "    for (bool moved = true; moved;) {\n"
                    "        moved = false;\n"
                    "        for (auto& edge : edges)\n"
                    "            for (int side : {0, 1})\n"
                    "                if (far[edge[side]] + edge[2] < far[edge[1 - side]]) {\n"
                    "                    far[edge[1 - side]] = far[edge[side]] + edge[2];\n"
                    "                    moved = true;\n"
                    "                }\n"
                    "    }\n"
                    "    if (n > 0) return far[n] < LLONG_MAX / 2 ? far[n] : -1;\n"
                    "    vector<vector<ll>> sorted = edges;\n",
                ),
            ),
        ),
        pitfalls="The last vertex may be out of reach.",
        difficulty=0.5,
        small=40,
        large=1_500,
        slow_brute=False,
    ),
)
