"""Solvers on graphs: cycles, colours, bridges."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="triangles",
        takes="graph",
        features=(
            ("algorithm", "graph", "cycle", "counting triangles"),
            ("mathematics", "combinatorics", "counting", "counting triples by property"),
            ("data structure", "graph structure", "adjacency list"),
        ),
        answer="the number of triangles",
        titles=("Three of a Kind", "Trios", "Closed Threes"),
        fn_name="countTriangles",
        wordings={
            "codeforces": (
                "Three numbers of {x} are a trio if every two of them form a pair; how many trios "
                "does {hero} count?",
                "{hero} looks for sets of three numbers of {x} that are joined with each other, "
                "each with each; how many are there?",
            ),
            "atcoder": (
                "Find the number of triangles in {x}, that is, of sets of three pairwise adjacent "
                "vertices.",
                "How many sets of three vertices of {x} have all three edges between them?",
            ),
            "leetcode": (
                "Return the number of triangles of the graph: sets of three pairwise adjacent "
                "vertices.",
                "Return how many sets of three vertices are joined pairwise by edges.",
            ),
        },
        python=(
            Code(
                "common neighbours",
                """\
def solve(n, edges):
    near = [set() for _ in range(n + 1)]
    for u, v in edges:
        near[min(u, v)].add(max(u, v))
    return sum(len(near[u] & near[v]) for u in range(1, n + 1) for v in near[u])
""",
                "Each triangle is found once: at the edge of its two smallest vertices, which "
                "have the largest as a common greater neighbour.",
                "O(m sqrt m) on ordinary graphs",
            ),
            Code(
                "ordered by degree",
                """\
def solve(n, edges):
    degree = [0] * (n + 1)
    for u, v in edges:
        degree[u] += 1
        degree[v] += 1
    ahead = [[] for _ in range(n + 1)]
    for u, v in edges:
        if (degree[u], u) > (degree[v], v):
            u, v = v, u
        ahead[u].append(v)
    mark = [0] * (n + 1)
    count = 0
    for u in range(1, n + 1):
        for v in ahead[u]:
            mark[v] = u
        for v in ahead[u]:
            for w in ahead[v]:
                if mark[w] == u:
                    count += 1
    return count
""",
                "Edges point to the vertex of larger degree, so that few leave any vertex.",
                "O(m sqrt m)",
            ),
        ),
        brute=Code(
            "all triples",
            """\
def solve(n, edges):
    joined = {(min(u, v), max(u, v)) for u, v in edges}
    return sum(
        (u, w) in joined and (v, w) in joined for u, v in joined for w in range(v + 1, n + 1)
    )
""",
            "Each edge is tried with every greater third vertex.",
            "O(nm)",
        ),
        cpp=(
            Code(
                "common neighbours",
                """\
ll solve(ll n, const vector<vector<ll>>& edges) {
    vector<set<ll>> near(n + 1);
    for (auto& edge : edges) near[min(edge[0], edge[1])].insert(max(edge[0], edge[1]));
    ll count = 0;
    for (ll u = 1; u <= n; u++)
        for (ll v : near[u])
            for (ll w : near[v])
                if (near[u].count(w)) count++;
    return count;
}
""",
                "Each triangle is found once, at its smallest vertex.",
                "O(m sqrt m) on ordinary graphs",
            ),
        ),
        mistakes=(
            Variant(
                "counts each triangle once for every edge",
                (
                    "common neighbours",
                    "near[min(u, v)].add(max(u, v))",
                    "near[u].add(v)\n        near[v].add(u)",
                ),
                (
                    "common neighbours",
                    "near[min(edge[0], edge[1])].insert(max(edge[0], edge[1]));",
                    "near[edge[0]].insert(edge[1]), near[edge[1]].insert(edge[0]);",
                ),
            ),
            Variant(
                "counts every order of the three vertices",
                (
                    "common neighbours",
                    "    return sum(",
                    "    return 6 * sum(",
                ),
                ("common neighbours", "    return count;", "    return 6 * count;"),
            ),
            Variant(
                "divides by three, although every triangle is found once",
                ("ordered by degree", "    return count", "    return count // 3"),
            ),
        ),
        misreadings=(
            Variant(
                "counts triples that hang together by two edges, closed or not",
                (
                    "common neighbours",
                    "    return sum(len(near[u] & near[v]) for u in range(1, n + 1) "
                    "for v in near[u])",
                    "    ends = Counter(vertex for edge in edges for vertex in edge)\n"
                    "    return sum(d * (d - 1) // 2 for d in ends.values())",
                ),
                (
                    "common neighbours",
                    "    return count;",
                    "    vector<ll> ends(n + 1);\n"
                    "    for (auto& edge : edges) ends[edge[0]]++, ends[edge[1]]++;\n"
                    "    count = 0;\n"
                    "    for (ll d : ends) count += d * (d - 1) / 2;\n"
                    "    return count;",
                ),
            ),
        ),
        pitfalls="The order of the three vertices does not matter.",
        difficulty=0.4,
        small=60,
        large=5_000,
        slow_brute=False,
    ),
    Solver(
        name="odd cycles",
        takes="graph",
        features=(
            ("algorithm", "graph", "special graph", "bipartite check"),
            ("algorithm", "graph", "cycle", "odd cycle"),
            ("data structure", "disjoint sets", "union find", "bipartite union find"),
        ),
        answer="the number of groups that can be split",
        titles=("Two Camps", "Red or Blue", "Split in Two"),
        fn_name="countTwoColourable",
        wordings={
            "codeforces": (
                "Numbers of {x} that can be reached from each other form a group; in how many "
                "groups can {hero} paint everyone red or blue so that joined numbers differ in "
                "colour?",
                "{hero} wants to split each connected group of {x} into two camps, one of them "
                "maybe empty, with no pair inside a camp; for how many groups does this work?",
            ),
            "atcoder": (
                "Find the number of connected components of {x} that are bipartite.",
                "How many connected components of {x} contain no cycle of odd length?",
            ),
            "leetcode": (
                "Return the number of connected components of the graph that are bipartite.",
                "Return how many connected components can be coloured with two colours so that "
                "adjacent vertices differ.",
            ),
        },
        python=(
            Code(
                "colour by search",
                """\
def solve(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v in edges:
        near[u].append(v)
        near[v].append(u)
    colour = [0] * (n + 1)
    count = 0
    for start in range(1, n + 1):
        if colour[start]:
            continue
        colour[start] = 1
        fine = True
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for other in near[node]:
                if not colour[other]:
                    colour[other] = -colour[node]
                    queue.append(other)
                elif colour[other] == colour[node]:
                    fine = False
        count += fine
    return count
""",
                "A search gives neighbours opposite colours and watches for contradictions.",
                "O(n + m)",
            ),
            Code(
                "two copies of each vertex",
                """\
def solve(n, edges):
    leader = list(range(2 * n + 2))

    def find(node):
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for u, v in edges:
        leader[find(2 * u)] = find(2 * v + 1)
        leader[find(2 * u + 1)] = find(2 * v)
    tops = set()
    for node in range(1, n + 1):
        red, blue = find(2 * node), find(2 * node + 1)
        if red != blue:
            tops.add(min(red, blue))
    return len(tops)
""",
                "In a union find over (vertex, colour) a group is contradictory if both colours "
                "of a vertex meet.",
                "O((n + m) log n)",
            ),
        ),
        brute=Code(
            "spread until nothing changes",
            """\
def solve(n, edges):
    label = list(range(n + 1))
    side = [0] * (n + 1)
    bad = set()
    for u, v in edges:
        if label[u] != label[v]:
            old, flip = label[v], side[u] == side[v]
            for node in range(1, n + 1):
                if label[node] == old:
                    label[node] = label[u]
                    side[node] ^= flip
    for u, v in edges:
        if side[u] == side[v]:
            bad.add(label[u])
    return len(set(label[1:]) - bad)
""",
            "Groups are joined one edge at a time, the sides of one group being swapped if needed.",
            "O(nm)",
        ),
        cpp=(
            Code(
                "colour by search",
                """\
ll solve(ll n, const vector<vector<ll>>& edges) {
    vector<vector<ll>> near(n + 1);
    for (auto& edge : edges) {
        near[edge[0]].push_back(edge[1]);
        near[edge[1]].push_back(edge[0]);
    }
    vector<int> colour(n + 1);
    ll total = 0;
    for (ll start = 1; start <= n; start++) {
        if (colour[start]) continue;
        colour[start] = 1;
        bool fine = true;
        vector<ll> todo = {start};
        while (!todo.empty()) {
            ll node = todo.back();
            todo.pop_back();
            for (ll other : near[node]) {
                if (!colour[other]) {
                    colour[other] = -colour[node];
                    todo.push_back(other);
                } else if (colour[other] == colour[node]) {
                    fine = false;
                }
            }
        }
        total += fine;
    }
    return total;
}
""",
                "A search gives neighbours opposite colours and watches for contradictions.",
                "O(n + m)",
            ),
        ),
        mistakes=(
            Variant(
                "takes any cycle for a contradiction",
                (
                    "colour by search",
                    "        count += fine\n",
                    "        count += fine and len(near[start]) < 2\n",
                ),
                (
                    "colour by search",
                    "        total += fine;",
                    "        total += fine && near[start].size() < 2;",
                ),
            ),
            Variant(
                "leaves out vertices without edges",
                (
                    "colour by search",
                    "        if colour[start]:",
                    "        if colour[start] or not near[start]:",
                ),
                (
                    "colour by search",
                    "if (colour[start]) continue;",
                    "if (colour[start] || near[start].empty()) continue;",
                ),
            ),
            Variant(
                "joins only one of the two pairs of copies",
                (
                    "two copies of each vertex",
                    "        leader[find(2 * u + 1)] = find(2 * v)\n",
                    "",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts the groups that cannot be split",
                ("colour by search", "count += fine", "count += not fine"),
                ("colour by search", "total += fine", "total += !fine"),
            ),
        ),
        pitfalls="A vertex without edges is a group that can be split, one camp being empty.",
        difficulty=0.45,
        small=60,
        large=5_000,
        slow_brute=False,
    ),
)
