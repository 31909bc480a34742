"""Solvers on trees: leaves, choices, balance."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="number of leaves",
        takes="tree",
        features=(
            ("algorithm", "tree", "leaf peeling"),
            ("algorithm", "graph", "degree counting"),
            ("data structure", "tree structure", "n-ary tree"),
        ),
        answer="the number of leaves",
        titles=("Bare Twigs", "The Last in Line", "Nobody Below"),
        fn_name="countLeaves",
        wordings={
            "codeforces": (
                "{hero} wants to know how many numbers of {x} have nobody below them.",
                "How many numbers of {x} are the direct superior of no other number? {hero} "
                "counts them.",
            ),
            "atcoder": (
                "Find the number of leaves of {x}, that is, of vertices without children.",
                "How many vertices of {x} are no vertex's parent?",
            ),
            "leetcode": (
                "Return the number of leaves of the tree, which are its vertices without children.",
                "Return how many vertices of the tree have no child.",
            ),
        },
        python=(
            Code(
                "distinct parents",
                """\
def solve(parents):
    return len(parents) + 1 - len(set(parents))
""",
                "A vertex is inner exactly if it is named as a parent.",
                "O(n)",
            ),
            Code(
                "child counts",
                """\
def solve(parents):
    counts = [0] * (len(parents) + 2)
    for parent in parents:
        counts[parent] += 1
    return sum(count == 0 for count in counts[1:])
""",
                "The children of every vertex are counted; leaves have none.",
                "O(n)",
            ),
        ),
        brute=Code(
            "look for children",
            """\
def solve(parents):
    leaves = 0
    for node in range(1, len(parents) + 2):
        if not any(parent == node for parent in parents):
            leaves += 1
    return leaves
""",
            "For every vertex the whole list of parents is searched.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "child counts",
                """\
ll solve(const vector<ll>& parents) {
    vector<ll> counts(parents.size() + 2);
    for (ll parent : parents) counts[parent]++;
    return count(counts.begin() + 1, counts.end(), 0);
}
""",
                "The children of every vertex are counted; leaves have none.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets that the root is a vertex, too",
                ("distinct parents", "len(parents) + 1 - len", "len(parents) - len"),
                (
                    "child counts",
                    "counts.begin() + 1, counts.end(), 0);",
                    "counts.begin() + 1, counts.end(), 0) - 1;",
                ),
            ),
            Variant(
                "counts vertices with a single child as leaves",
                ("child counts", "count == 0", "count <= 1"),
            ),
            Variant(
                "counts vertices with an only child and not those without one",
                ("child counts", "count == 0", "count == 1"),
                ("child counts", "counts.end(), 0)", "counts.end(), 1)"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the inner vertices",
                ("distinct parents", "len(parents) + 1 - len(set(parents))", "len(set(parents))"),
                ("child counts", "    return count(", "    return parents.size() + 1 - count("),
            ),
        ),
        pitfalls="The root always has a child here, and every other vertex may have none.",
        difficulty=0.1,
        small=60,
        slow_brute=False,
    ),
    Solver(
        name="independent set in a tree",
        takes="tree",
        features=(
            ("algorithm", "dynamic programming", "tree dp"),
            ("algorithm", "graph", "matching", "maximum independent set bipartite"),
            ("algorithm", "tree", "leaf peeling"),
        ),
        answer="the greatest number that can be chosen",
        titles=("The Quiet Party", "No Boss in the Room", "Keep Your Distance"),
        fn_name="largestQuietGroup",
        wordings={
            "codeforces": (
                "{hero} invites as many numbers of {x} as possible, but never one together with "
                "its direct superior; how many are invited at most?",
                "At most how many numbers of {x} can {hero} pick so that nobody is picked along "
                "with the one directly above?",
            ),
            "atcoder": (
                "Find the size of a maximum independent set of {x}.",
                "Find the largest number of vertices of {x} of which no two are parent and child.",
            ),
            "leetcode": (
                "Return the greatest number of vertices that can be chosen so that no chosen "
                "vertex is the parent of a chosen one.",
                "Return the size of the largest set of vertices of the tree in which no two are "
                "adjacent.",
            ),
        },
        python=(
            Code(
                "taken and left",
                """\
def solve(parents):
    n = len(parents) + 1
    taken, left = [1] * (n + 1), [0] * (n + 1)
    for node in range(n, 1, -1):
        parent = parents[node - 2]
        taken[parent] += left[node]
        left[parent] += max(taken[node], left[node])
    return max(taken[1], left[1])
""",
                "For every vertex, two numbers: the best below it with and without it.",
                "O(n)",
            ),
            Code(
                "leaves first",
                """\
def solve(parents):
    n = len(parents) + 1
    blocked = [False] * (n + 1)
    count = 0
    for node in range(n, 0, -1):
        if not blocked[node]:
            count += 1
            if node > 1:
                blocked[parents[node - 2]] = True
    return count
""",
                "From below, taking every vertex that is not blocked is never worse.",
                "O(n)",
            ),
        ),
        brute=Code(
            "matching",
            """\
def solve(parents):
    n = len(parents) + 1
    near = [[] for _ in range(n + 1)]
    depth = [0] * (n + 1)
    for node, parent in enumerate(parents, 2):
        near[node].append(parent)
        near[parent].append(node)
        depth[node] = depth[parent] + 1
    partner = [0] * (n + 1)

    def augment(node, seen):
        for other in near[node]:
            if other not in seen:
                seen.add(other)
                if not partner[other] or augment(partner[other], seen):
                    partner[other] = node
                    return True
        return False

    return n - sum(augment(node, set()) for node in range(1, n + 1) if depth[node] % 2 == 0)
""",
            "In a bipartite graph the largest independent set leaves out as many vertices as a "
            "largest matching has edges.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "taken and left",
                """\
ll solve(const vector<ll>& parents) {
    ll n = parents.size() + 1;
    vector<ll> taken(n + 1, 1), spared(n + 1);
    for (ll node = n; node > 1; node--) {
        ll parent = parents[node - 2];
        taken[parent] += spared[node];
        spared[parent] += max(taken[node], spared[node]);
    }
    return max(taken[1], spared[1]);
}
""",
                "For every vertex, two numbers: the best below it with and without it.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "takes every second level",
                (
                    "taken and left",
                    "max(taken[node], left[node])",
                    "taken[node]",
                ),
                ("taken and left", "max(taken[node], spared[node])", "taken[node]"),
            ),
            Variant(
                "begins at the root and takes whoever is not blocked",
                (
                    "leaves first",
                    "    for node in range(n, 0, -1):\n"
                    "        if not blocked[node]:\n"
                    "            count += 1\n"
                    "            if node > 1:\n"
                    "                blocked[parents[node - 2]] = True\n",
                    "    for node in range(1, n + 1):\n"
                    "        if node == 1 or not blocked[parents[node - 2]]:\n"
                    "            count += 1\n"
                    "            blocked[node] = True\n",
                ),
            ),
            Variant(
                "always takes the root",
                ("taken and left", "max(taken[1], left[1])", "taken[1]"),
                ("taken and left", "max(taken[1], spared[1])", "taken[1]"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the fewest vertices that touch every edge",
                (
                    "taken and left",
                    "    return max(taken[1], left[1])",
                    "    return n - max(taken[1], left[1])",
                ),
                (
                    "taken and left",
                    "    return max(taken[1], spared[1]);",
                    "    return n - max(taken[1], spared[1]);",
                ),
            ),
        ),
        pitfalls="The best choice need not follow the levels, and the root may be left out.",
        difficulty=0.45,
        small=60,
        slow_brute=False,
    ),
    Solver(
        name="heaviest balance point",
        takes="tree",
        features=(
            ("algorithm", "tree", "tree decomposition", "tree centroid"),
            ("algorithm", "tree", "subtree aggregation"),
        ),
        answer="the size of the largest piece at best",
        titles=("The Fair Cut", "Balance", "One Goes Away"),
        fn_name="smallestLargestPiece",
        wordings={
            "codeforces": (
                "If one number of {x} goes away, the others fall into pieces that hang together; "
                "{hero} lets that one go which makes the largest piece smallest. How many numbers "
                "has this piece?",
                "{hero} removes one number from {x} so that the largest group still hanging "
                "together is as small as possible, and asks for the size of this group.",
            ),
            "atcoder": (
                "Removing one vertex splits {x} into components; find the smallest possible size "
                "of the largest component.",
                "Find the number of vertices in the largest component of {x} after its centroid "
                "is removed.",
            ),
            "leetcode": (
                "Return the smallest possible size of the largest component that is left when one "
                "vertex is removed from the tree.",
                "Return how many vertices the largest part has when the tree loses its centroid.",
            ),
        },
        python=(
            Code(
                "subtree sizes",
                """\
def solve(parents):
    n = len(parents) + 1
    size = [1] * (n + 1)
    heavy = [0] * (n + 1)
    for node in range(n, 1, -1):
        parent = parents[node - 2]
        size[parent] += size[node]
        heavy[parent] = max(heavy[parent], size[node])
    return min(max(heavy[node], n - size[node]) for node in range(1, n + 1))
""",
                "What is left around a vertex are the subtrees of its children and all the rest.",
                "O(n)",
            ),
            Code(
                "walk to the centroid",
                """\
def solve(parents):
    n = len(parents) + 1
    size = [1] * (n + 1)
    children = [[] for _ in range(n + 1)]
    for node in range(n, 1, -1):
        size[parents[node - 2]] += size[node]
        children[parents[node - 2]].append(node)
    node = 1
    while True:
        child = max(children[node], key=size.__getitem__, default=0)
        if not child or 2 * size[child] <= n:
            return max(n - size[node], size[child] if child else 0)
        node = child
""",
                "From the root one goes down into a child while more than half hangs there.",
                "O(n)",
            ),
        ),
        brute=Code(
            "remove each vertex",
            """\
def solve(parents):
    n = len(parents) + 1
    best = n
    for gone in range(1, n + 1):
        piece = list(range(n + 1))
        for node in range(2, n + 1):
            parent = parents[node - 2]
            if gone not in (node, parent):
                piece[node] = piece[parent]
        counts = Counter(piece[node] for node in range(1, n + 1) if node != gone)
        best = min(best, max(counts.values()))
    return best
""",
            "Each vertex is removed in turn and the pieces are measured.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "subtree sizes",
                """\
ll solve(const vector<ll>& parents) {
    ll n = parents.size() + 1, best = n;
    vector<ll> size(n + 1, 1), heavy(n + 1);
    for (ll node = n; node > 1; node--) {
        ll parent = parents[node - 2];
        size[parent] += size[node];
        heavy[parent] = max(heavy[parent], size[node]);
    }
    for (ll node = 1; node <= n; node++) best = min(best, max(heavy[node], n - size[node]));
    return best;
}
""",
                "What is left around a vertex are the subtrees of its children and all the rest.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "removes the root",
                (
                    "subtree sizes",
                    "min(max(heavy[node], n - size[node]) for node in range(1, n + 1))",
                    "heavy[1]",
                ),
                (
                    "subtree sizes",
                    "    return best;",
                    "    return heavy[1];",
                ),
            ),
            Variant(
                "takes half of all vertices, rounded down",
                (
                    "subtree sizes",
                    "min(max(heavy[node], n - size[node]) for node in range(1, n + 1))",
                    "n // 2",
                ),
            ),
            Variant(
                "counts the removed vertex as part of what is above it",
                ("subtree sizes", "n - size[node])", "n - size[node] + 1)"),
                ("subtree sizes", "n - size[node])", "n - size[node] + 1)"),
            ),
        ),
        misreadings=(
            Variant(
                "cuts an edge and not a vertex",
                (
                    "subtree sizes",
                    "min(max(heavy[node], n - size[node]) for node in range(1, n + 1))",
                    "min(max(size[node], n - size[node]) for node in range(2, n + 1))",
                ),
                (
                    "subtree sizes",
                    "for (ll node = 1; node <= n; node++) best = min(best, max(heavy[node], "
                    "n - size[node]));",
                    "for (ll node = 2; node <= n; node++)\n"
                    "        best = min(best, max(size[node], n - size[node]));",
                ),
            ),
        ),
        pitfalls="What lies above the removed vertex is a piece as well.",
        difficulty=0.45,
        small=60,
        slow_brute=False,
    ),
)
