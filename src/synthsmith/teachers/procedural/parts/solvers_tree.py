"""Solvers on trees: shapes."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="tree diameter",
        takes="tree",
        features=(
            ("algorithm", "tree", "tree metric", "tree diameter"),
            ("algorithm", "dynamic programming", "tree dp"),
            ("algorithm", "graph", "traversal", "breadth-first search"),
        ),
        answer="the greatest distance between two nodes",
        titles=("The Longest Line", "Far Apart", "End to End"),
        fn_name="farthestPair",
        wordings={
            "codeforces": (
                "A step leads from a number of {x} to its direct superior or back; how many steps "
                "apart are the two numbers that are farthest from each other? {hero} wonders.",
                "{hero} looks for the two numbers in {x} between which the way, up and down, has "
                "the most steps, and wants this number of steps.",
            ),
            "atcoder": (
                "Find the diameter of {x}: the maximum number of edges on a path between two of "
                "its vertices.",
                "Find the greatest distance, counted in edges, between two vertices of {x}.",
            ),
            "leetcode": (
                "Return the largest number of edges on a path between any two vertices of the "
                "tree.",
                "Return the distance in edges of the two vertices that are farthest apart.",
            ),
        },
        python=(
            Code(
                "two deepest branches",
                """\
def solve(parents):
    n = len(parents) + 1
    height = [0] * (n + 1)
    best = 0
    for node in range(n, 1, -1):
        parent = parents[node - 2]
        best = max(best, height[parent] + height[node] + 1)
        height[parent] = max(height[parent], height[node] + 1)
    return best
""",
                "Children come after parents, so going backwards every node's two deepest "
                "branches meet at its parent.",
                "O(n)",
            ),
            Code(
                "two searches",
                """\
def solve(parents):
    n = len(parents) + 1
    near = [[] for _ in range(n + 1)]
    for node, parent in enumerate(parents, 2):
        near[node].append(parent)
        near[parent].append(node)

    def farthest(start):
        distance = [-1] * (n + 1)
        distance[start] = 0
        order = [start]
        for node in order:
            for other in near[node]:
                if distance[other] < 0:
                    distance[other] = distance[node] + 1
                    order.append(other)
        return order[-1], distance[order[-1]]

    end, _ = farthest(1)
    return farthest(end)[1]
""",
                "The node farthest from any node is an end of a longest path; a second search "
                "from it measures the path.",
                "O(n)",
            ),
        ),
        brute=Code(
            "search from every node",
            """\
def solve(parents):
    n = len(parents) + 1
    near = [[] for _ in range(n + 1)]
    for node, parent in enumerate(parents, 2):
        near[node].append(parent)
        near[parent].append(node)
    best = 0
    for start in range(1, n + 1):
        distance = {start: 0}
        order = [start]
        for node in order:
            for other in near[node]:
                if other not in distance:
                    distance[other] = distance[node] + 1
                    order.append(other)
        best = max(best, distance[order[-1]])
    return best
""",
            "A search from every node finds the node farthest from it.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "two deepest branches",
                """\
ll solve(const vector<ll>& parents) {
    ll n = parents.size() + 1, best = 0;
    vector<ll> height(n + 1);
    for (ll node = n; node > 1; node--) {
        ll parent = parents[node - 2];
        best = max(best, height[parent] + height[node] + 1);
        height[parent] = max(height[parent], height[node] + 1);
    }
    return best;
}
""",
                "Going backwards every node's two deepest branches meet at its parent.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "only measures paths that begin at the root",
                ("two searches", "    return farthest(end)[1]", "    return farthest(1)[1]"),
                (
                    "two deepest branches",
                    "height[parent] + height[node] + 1);\n        height",
                    "height[node] + 1);\n        height",
                ),
            ),
            Variant(
                "adds a branch to itself, because the depth is updated before the sum",
                (
                    "two deepest branches",
                    "        best = max(best, height[parent] + height[node] + 1)\n"
                    "        height[parent] = max(height[parent], height[node] + 1)\n",
                    "        height[parent] = max(height[parent], height[node] + 1)\n"
                    "        best = max(best, height[parent] + height[node] + 1)\n",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts the nodes of the path and not its edges",
                ("two deepest branches", "    return best", "    return best + 1"),
                ("two deepest branches", "    return best;", "    return best + 1;"),
            ),
        ),
        pitfalls="A longest path need not pass through the root.",
        difficulty=0.4,
        small=60,
    ),
)
