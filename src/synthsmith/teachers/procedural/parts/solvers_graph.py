"""Solvers on graphs: connection and shortest ways."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="connected components",
        takes="graph",
        features=(
            ("data structure", "disjoint sets", "union find", "counting components"),
            ("algorithm", "graph", "connectivity", "connected components"),
            ("algorithm", "graph", "traversal", "breadth-first search"),
        ),
        answer="the number of connected groups",
        titles=("Separate Circles", "How Many Worlds", "Islands of Friends"),
        fn_name="countGroups",
        wordings={
            "codeforces": (
                "Two numbers belong to one group if one can go from one to the other over the "
                "given pairs of {x}; how many groups does {hero} find?",
                "{hero} may walk along the connections of {x} any number of times; into how many "
                "groups, mutually out of reach, do the numbers fall?",
            ),
            "atcoder": (
                "Find the number of connected components of {x}.",
                "How many connected components, isolated vertices included, does {x} have?",
            ),
            "leetcode": (
                "Return the number of connected components of the graph.",
                "Return how many groups of mutually reachable vertices the graph has.",
            ),
        },
        python=(
            Code(
                "union find",
                """\
def solve(n, edges):
    leader = list(range(n + 1))

    def find(node):
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    groups = n
    for u, v in edges:
        first, second = find(u), find(v)
        if first != second:
            leader[first] = second
            groups -= 1
    return groups
""",
                "Each edge that joins two different groups makes them one, and the count falls "
                "by one.",
                "O((n + m) log n)",
            ),
            Code(
                "breadth-first search",
                """\
def solve(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v in edges:
        near[u].append(v)
        near[v].append(u)
    seen = [False] * (n + 1)
    groups = 0
    for start in range(1, n + 1):
        if seen[start]:
            continue
        groups += 1
        seen[start] = True
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for other in near[node]:
                if not seen[other]:
                    seen[other] = True
                    queue.append(other)
    return groups
""",
                "A search from each vertex not seen yet marks one whole component.",
                "O(n + m)",
            ),
        ),
        brute=Code(
            "relabelling",
            """\
def solve(n, edges):
    label = list(range(n + 1))
    for u, v in edges:
        old, new = label[u], label[v]
        for node in range(1, n + 1):
            if label[node] == old:
                label[node] = new
    return len(set(label[1:]))
""",
            "For each edge one group takes over the label of the other, vertex by vertex.",
            "O(nm)",
        ),
        cpp=(
            Code(
                "union find",
                """\
ll solve(ll n, const vector<vector<ll>>& edges) {
    vector<ll> leader(n + 1);
    iota(leader.begin(), leader.end(), 0);
    auto find = [&](ll node) {
        while (leader[node] != node) node = leader[node] = leader[leader[node]];
        return node;
    };
    ll groups = n;
    for (auto& edge : edges) {
        ll first = find(edge[0]), second = find(edge[1]);
        if (first != second) {
            leader[first] = second;
            groups--;
        }
    }
    return groups;
}
""",
                "Each edge that joins two different groups makes the count fall by one.",
                "O((n + m) log n)",
            ),
        ),
        mistakes=(
            Variant(
                "lets every edge lower the count, even inside one group",
                (
                    "union find",
                    "        if first != second:\n"
                    "            leader[first] = second\n"
                    "            groups -= 1\n"
                    "    return groups",
                    "        leader[first] = second\n"
                    "        groups -= 1\n"
                    "    return max(1, groups)",
                ),
                ("union find", "if (first != second)", "if (groups > 1)"),
            ),
            Variant(
                "moves only the vertex itself to the other group, not its leader",
                (
                    "union find",
                    "            leader[first] = second\n",
                    "            leader[u] = second\n",
                ),
            ),
            Variant(
                "follows the edges in one direction only",
                ("breadth-first search", "        near[v].append(u)\n", ""),
            ),
        ),
        misreadings=(
            Variant(
                "counts only groups of at least two vertices",
                (
                    "breadth-first search",
                    "        groups += 1\n",
                    "        groups += 1 if near[start] else 0\n",
                ),
                (
                    "union find",
                    "    return groups;",
                    "    vector<char> joined(n + 1);\n"
                    "    for (auto& edge : edges) joined[edge[0]] = joined[edge[1]] = 1;\n"
                    "    for (ll node = 1; node <= n; node++) groups -= !joined[node];\n"
                    "    return groups;",
                ),
            ),
        ),
        pitfalls="A vertex without edges is a group of its own.",
        difficulty=0.25,
        small=60,
        large=8_000,
        slow_brute=False,
    ),
    Solver(
        name="shortest path",
        takes="wgraph",
        features=(
            ("algorithm", "graph", "shortest path", "Dijkstra"),
            ("data structure", "heap structure", "priority queue"),
            ("algorithm", "graph", "shortest path", "Bellman-Ford"),
        ),
        answer="the length of the shortest way, or -1",
        titles=("The Way Home", "A Short Trip", "From First to Last"),
        fn_name="shortestTrip",
        wordings={
            "codeforces": (
                "{hero} travels over {x} from number 1 to number {n}; what is the smallest total "
                "length, or -1 if there is no way?",
                "From number 1 {hero} wants to reach number {n} of {x} on a way of minimum total "
                "length; print this length, -1 if the goal cannot be reached.",
            ),
            "atcoder": (
                "Find the minimum total weight of a path from vertex 1 to vertex {n} of {x}, or "
                "-1 if there is no path.",
                "What is the distance from vertex 1 to vertex {n} in {x}? It is -1 if they are "
                "not connected.",
            ),
            "leetcode": (
                "Return the smallest total weight of a path from vertex 1 to vertex {n}, or -1 if "
                "there is none.",
                "Return the distance between vertex 1 and vertex {n}, where a path is as long as "
                "its weights together, or -1 if they are not connected.",
            ),
        },
        python=(
            Code(
                "Dijkstra with a heap",
                """\
def solve(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v, w in edges:
        near[u].append((v, w))
        near[v].append((u, w))
    best = {}
    heap = [(0, 1)]
    while heap:
        length, node = heappop(heap)
        if node in best:
            continue
        best[node] = length
        for other, w in near[node]:
            if other not in best:
                heappush(heap, (length + w, other))
    return best.get(n, -1)
""",
                "Weights are positive, so the nearest vertex not finished yet has its final "
                "distance.",
                "O(m log m)",
            ),
            Code(
                "Dijkstra with distances",
                """\
def solve(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v, w in edges:
        near[u].append((v, w))
        near[v].append((u, w))
    far = float("inf")
    distance = [far] * (n + 1)
    distance[1] = 0
    heap = [(0, 1)]
    while heap:
        length, node = heappop(heap)
        if length > distance[node]:
            continue
        for other, w in near[node]:
            if length + w < distance[other]:
                distance[other] = length + w
                heappush(heap, (length + w, other))
    return distance[n] if distance[n] < far else -1
""",
                "Each improved distance goes into the heap, and outdated entries are skipped.",
                "O(m log m)",
            ),
        ),
        brute=Code(
            "Bellman-Ford",
            """\
def solve(n, edges):
    far = 10 ** 18
    distance = [far] * (n + 1)
    distance[1] = 0
    for _ in range(n - 1):
        for u, v, w in edges:
            if distance[u] + w < distance[v]:
                distance[v] = distance[u] + w
            if distance[v] + w < distance[u]:
                distance[u] = distance[v] + w
    return distance[n] if distance[n] < far // 2 else -1
""",
            "After round i all distances over at most i edges are right; n - 1 rounds are enough.",
            "O(nm)",
        ),
        cpp=(
            Code(
                "Dijkstra with a heap",
                """\
ll solve(ll n, const vector<vector<ll>>& edges) {
    vector<vector<pair<ll, ll>>> near(n + 1);
    for (auto& edge : edges) {
        near[edge[0]].push_back({edge[1], edge[2]});
        near[edge[1]].push_back({edge[0], edge[2]});
    }
    vector<ll> distance(n + 1, LLONG_MAX);
    priority_queue<pair<ll, ll>, vector<pair<ll, ll>>, greater<>> heap;
    distance[1] = 0;
    heap.push({0, 1});
    while (!heap.empty()) {
        auto [length, node] = heap.top();
        heap.pop();
        if (length > distance[node]) continue;
        for (auto [other, w] : near[node])
            if (length + w < distance[other]) {
                distance[other] = length + w;
                heap.push({length + w, other});
            }
    }
    return distance[n] == LLONG_MAX ? -1 : distance[n];
}
""",
                "Weights are positive, so the nearest vertex not finished yet is final.",
                "O(m log m)",
            ),
        ),
        mistakes=(
            Variant(
                "follows the edges in one direction only",
                (
                    "Dijkstra with a heap",
                    "        near[v].append((u, w))\n",
                    "",
                ),
                (
                    "Dijkstra with a heap",
                    "        near[edge[1]].push_back({edge[0], edge[2]});\n",
                    "",
                ),
            ),
            Variant(
                "always goes on to the vertex reached first, as if weights were equal",
                (
                    "Dijkstra with distances",
                    "if length + w < distance[other]:",
                    "if distance[other] == far:",
                ),
            ),
            Variant(
                "prints 0 where there is no way",
                ("Dijkstra with a heap", "best.get(n, -1)", "best.get(n, 0)"),
                ("Dijkstra with a heap", "LLONG_MAX ? -1", "LLONG_MAX ? 0"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the edges of the way and not their weights",
                (
                    "Dijkstra with a heap",
                    "(length + w, other)",
                    "(length + 1, other)",
                ),
                (
                    "Dijkstra with a heap",
                    "    for (auto& edge : edges) {\n"
                    "        near[edge[0]].push_back({edge[1], edge[2]});\n"
                    "        near[edge[1]].push_back({edge[0], edge[2]});\n",
                    "    for (auto& edge : edges) {\n"
                    "        near[edge[0]].push_back({edge[1], 1});\n"
                    "        near[edge[1]].push_back({edge[0], 1});\n",
                ),
            ),
        ),
        pitfalls="The last vertex may be out of reach, and every edge can be used both ways.",
        difficulty=0.55,
        small=40,
        large=6_000,
        slow_brute=False,
    ),
)
