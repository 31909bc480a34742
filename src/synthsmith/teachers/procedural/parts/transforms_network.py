"""Transforms of graphs into sequences."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _hops(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=-1, hi=shape.n_max - 1, flags=frozenset({"start zero"}))


def _strangers(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.n_max - 1)


def _strengths(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.hi * (shape.n_max - 1))


PARTS = (
    Transform(
        name="hop distances",
        takes="graph",
        gives="array",
        features=(
            ("algorithm", "graph", "traversal", "breadth-first search"),
            ("algorithm", "graph", "shortest path", "shortest path in unweighted graph"),
        ),
        wordings={
            "codeforces": (
                "{hero} starts at number 1 of {x} and notes for each number, in order, the fewest "
                "moves along pairs that lead there, or -1 if none do: the sequence {y}.",
                "The i-th element of {y} says in how few moves over joined pairs of {x} {hero} "
                "gets from number 1 to number i, and is -1 where this is impossible.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the least number of edges on a path from vertex 1 "
                "to vertex i in {x}, or -1 if there is no path.",
                "Define {y} by the unweighted distances of the vertices 1, 2, ... of {x} from "
                "vertex 1, unreachable vertices having -1.",
            ),
            "leetcode": (
                "Let {y} hold the distance in edges of each vertex from vertex 1, in order of "
                "number, -1 for those out of reach.",
                "The i-th element of {y} is the fewest edges between vertex 1 and vertex i, or -1 "
                "if they are not connected.",
            ),
        },
        shape=_hops,
        python=(
            Code(
                "breadth first",
                """\
def convert(n, edges):
    near = [[] for _ in range(n + 1)]
    for u, v in edges:
        near[u].append(v)
        near[v].append(u)
    hops = [-1] * (n + 1)
    hops[1] = 0
    queue = deque([1])
    while queue:
        node = queue.popleft()
        for other in near[node]:
            if hops[other] < 0:
                hops[other] = hops[node] + 1
                queue.append(other)
    return hops[1:]
""",
                "A breadth-first search reaches every vertex first on a shortest path.",
                "O(n + m)",
            ),
            Code(
                "layers",
                """\
def convert(n, edges):
    near = defaultdict(list)
    for u, v in edges:
        near[u].append(v)
        near[v].append(u)
    hops = {1: 0}
    layer, far = [1], 0
    while layer:
        far += 1
        beyond = []
        for node in layer:
            for other in near[node]:
                if other not in hops:
                    hops[other] = far
                    beyond.append(other)
        layer = beyond
    return [hops.get(node, -1) for node in range(1, n + 1)]
""",
                "Layer after layer, the vertices at each distance are found from those before.",
                "O(n + m)",
            ),
        ),
        cpp=(
            Code(
                "breadth first",
                """\
vector<ll> convert(ll n, const vector<vector<ll>>& edges) {
    vector<vector<ll>> near(n + 1);
    for (auto& edge : edges) {
        near[edge[0]].push_back(edge[1]);
        near[edge[1]].push_back(edge[0]);
    }
    vector<ll> hops(n, -1);
    hops[0] = 0;
    deque<ll> line = {1};
    while (!line.empty()) {
        ll node = line.front();
        line.pop_front();
        for (ll other : near[node])
            if (hops[other - 1] < 0) {
                hops[other - 1] = hops[node - 1] + 1;
                line.push_back(other);
            }
    }
    return hops;
}
""",
                "A breadth-first search reaches every vertex first on a shortest path.",
                "O(n + m)",
            ),
        ),
        mistakes=(
            Variant(
                "follows the edges in one direction only",
                ("breadth first", "        near[v].append(u)\n", ""),
                ("breadth first", "        near[edge[1]].push_back(edge[0]);\n", ""),
            ),
            Variant(
                "gives vertices out of reach the distance 0",
                ("layers", "hops.get(node, -1)", "hops.get(node, 0)"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the vertices of a path and not its edges",
                ("breadth first", "    hops[1] = 0\n", "    hops[1] = 1\n"),
                ("breadth first", "    hops[0] = 0;\n", "    hops[0] = 1;\n"),
            ),
        ),
    ),
    Transform(
        name="strangers",
        takes="graph",
        gives="array",
        features=(
            ("algorithm", "graph", "special graph", "complement graph"),
            ("algorithm", "graph", "degree counting"),
        ),
        wordings={
            "codeforces": (
                "For every number i {hero} counts the other numbers of {x} with which i forms no "
                "pair, and lists these counts in order as {y}.",
                "{hero} finds out for each number from 1 on how many others of {x} it is not "
                "directly joined with, itself left aside; the results are {y}.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the degree of vertex i in the complement of {x}.",
                "Define {y} by the number of vertices of {x} that differ from i and are not "
                "adjacent to i, for i = 1, 2, ...",
            ),
            "leetcode": (
                "Let {y} hold for each vertex, in order of number, how many other vertices are "
                "not adjacent to it.",
                "The i-th element of {y} is the degree that vertex i has in the complement graph.",
            ),
        },
        shape=_strangers,
        python=(
            Code(
                "subtract degrees",
                """\
def convert(n, edges):
    strangers = [n - 1] * n
    for u, v in edges:
        strangers[u - 1] -= 1
        strangers[v - 1] -= 1
    return strangers
""",
                "Everyone begins with n - 1 strangers and loses one with each edge.",
                "O(n + m)",
            ),
            Code(
                "degrees by counter",
                """\
def convert(n, edges):
    degree = Counter(vertex for edge in edges for vertex in edge)
    return [n - 1 - degree[vertex] for vertex in range(1, n + 1)]
""",
                "The degrees in a graph and in its complement add up to n - 1.",
                "O(n + m)",
            ),
        ),
        cpp=(
            Code(
                "subtract degrees",
                """\
vector<ll> convert(ll n, const vector<vector<ll>>& edges) {
    vector<ll> strangers(n, n - 1);
    for (auto& edge : edges) {
        strangers[edge[0] - 1]--;
        strangers[edge[1] - 1]--;
    }
    return strangers;
}
""",
                "Everyone begins with n - 1 strangers and loses one with each edge.",
                "O(n + m)",
            ),
        ),
        mistakes=(
            Variant(
                "takes the one end of an edge only",
                ("subtract degrees", "        strangers[v - 1] -= 1\n", ""),
                ("subtract degrees", "        strangers[edge[1] - 1]--;\n", ""),
            ),
        ),
        misreadings=(
            Variant(
                "counts everyone as a stranger to himself",
                ("subtract degrees", "    strangers = [n - 1] * n", "    strangers = [n] * n"),
                ("subtract degrees", "strangers(n, n - 1)", "strangers(n, n)"),
            ),
        ),
    ),
    Transform(
        name="strengths",
        takes="wgraph",
        gives="array",
        features=(
            ("data structure", "graph structure", "weighted adjacency map"),
            ("problem setting", "input structure", "graph input", "weighted graph"),
        ),
        wordings={
            "codeforces": (
                "For every number {hero} adds up the lengths of all connections of {x} that end "
                "there; in order of number these sums are {y}.",
                "{hero} stands at each number of {x} in turn and totals the lengths of what begins "
                "or ends there; the i-th total is the i-th element of {y}.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the sum of the weights of the edges incident to "
                "vertex i of {x}.",
                "Define {y} by the weighted degrees of the vertices 1, 2, ... of {x}, that is, "
                "the total weight of the edges at each.",
            ),
            "leetcode": (
                "Let {y} hold, in order of number, the total weight of the edges at each vertex.",
                "The i-th element of {y} is the sum of the weights of all edges that have vertex i "
                "as an end.",
            ),
        },
        shape=_strengths,
        python=(
            Code(
                "add at both ends",
                """\
def convert(n, edges):
    strengths = [0] * n
    for u, v, w in edges:
        strengths[u - 1] += w
        strengths[v - 1] += w
    return strengths
""",
                "Every edge adds its weight at each of its two ends.",
                "O(n + m)",
            ),
            Code(
                "adjacency lists",
                """\
def convert(n, edges):
    at = [[] for _ in range(n)]
    for u, v, w in edges:
        for vertex in (u, v):
            at[vertex - 1].append(w)
    return [sum(weights) for weights in at]
""",
                "The weights are listed for each vertex and then added up.",
                "O(n + m)",
            ),
        ),
        cpp=(
            Code(
                "add at both ends",
                """\
vector<ll> convert(ll n, const vector<vector<ll>>& edges) {
    vector<ll> strengths(n);
    for (auto& edge : edges) {
        strengths[edge[0] - 1] += edge[2];
        strengths[edge[1] - 1] += edge[2];
    }
    return strengths;
}
""",
                "Every edge adds its weight at each of its two ends.",
                "O(n + m)",
            ),
        ),
        mistakes=(
            Variant(
                "keeps only the last edge of a vertex",
                ("add at both ends", "strengths[v - 1] += w", "strengths[v - 1] = w"),
                (
                    "add at both ends",
                    "strengths[edge[1] - 1] += edge[2]",
                    "strengths[edge[1] - 1] = edge[2]",
                ),
            ),
            Variant(
                "adds a weight only at the first end of an edge",
                ("adjacency lists", "for vertex in (u, v):", "for vertex in (u,):"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the edges at a vertex and not their weights",
                (
                    "add at both ends",
                    "        strengths[u - 1] += w\n        strengths[v - 1] += w\n",
                    "        strengths[u - 1] += 1\n        strengths[v - 1] += 1\n",
                ),
                (
                    "add at both ends",
                    "        strengths[edge[0] - 1] += edge[2];\n"
                    "        strengths[edge[1] - 1] += edge[2];\n",
                    "        strengths[edge[0] - 1]++;\n        strengths[edge[1] - 1]++;\n",
                ),
            ),
        ),
    ),
)
