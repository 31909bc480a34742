"""Sources: grids, maps, graphs, trees."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Sizes, Source

_SIDES = """\
    h = w = n
    if n > 1 and mode % 2:
        h, w = (1, n) if rng.random() < 0.3 else (rng.randint(n * 3 // 4, n), n)
    if rng.random() < 0.5:
        h, w = w, h
"""

_GRID_MAKE = (
    "def make(rng, n, lo, hi, mode):\n"
    + _SIDES
    + """\
    top = (hi, min(hi, lo + 1), min(hi, lo + 3), hi, lo)[mode]
    return ([[rng.randint(lo, top) for _ in range(w)] for _ in range(h)],)
"""
)

_MAP_MAKE = (
    "def make(rng, n, lo, hi, mode):\n"
    + _SIDES
    + """\
    share = (0.5, 0.6, 0.45, 0.55, 0.65, 0.7, rng.random(), 0.4)[mode]
    if mode == 6 and rng.random() < 0.3:
        share = round(share)
    rows = ["".join("#" if rng.random() < share else "." for _ in range(w)) for _ in range(h)]
    if mode == 7:
        row = [i % 2 if rng.random() < 0.9 else 1 for i in range(max(h, w))]
        rows = ["".join("#" if row[i] or rng.random() < 0.25 else "." for _ in range(w))
                for i in range(h)]
    return (rows,)
"""
)

_EDGES = """\
    names = list(range(1, n + 1))
    rng.shuffle(names)
    pairs = set()
    def join(u, v):
        if u != v:
            pairs.add((min(u, v), max(u, v)))
    if mode == 0:
        for _ in range(rng.randint(0, n if rng.random() < 0.7 else 2 * n)):
            join(rng.randint(1, n), rng.randint(1, n))
    elif mode == 1:
        for i in range(1, n):
            join(names[i - 1], names[i])
    elif mode == 2:
        pieces = rng.randint(1, 4)
        for i in range(pieces, n):
            join(names[i], names[i - pieces * rng.randint(1, i // pieces)])
        for _ in range(rng.randint(0, n // 4)):
            join(rng.randint(1, n), rng.randint(1, n))
    elif mode == 3:
        middle = rng.randint(0, n - 1)
        for i in range(n):
            first, size = (0, middle) if i < middle else (middle, n - middle)
            join(names[i], names[first + (i + 1 - first) % size])
    elif mode == 4:
        step = rng.randint(2, 5)
        for i in range(1, n):
            if i % step:
                join(names[i - 1], names[i])
    elif mode == 5:
        crowd = names[:rng.randint(min(n, 3), min(n, int((4 * n) ** 0.5)))]
        for i in range(len(crowd)):
            for j in range(i):
                if rng.random() < 0.6:
                    join(crowd[i], crowd[j])
    elif mode == 6:
        for i in range(1, n):
            join(names[i - 1], names[i])
            if i > 1 and rng.random() < 0.5:
                join(names[i - 2], names[i])
"""

_GRAPH_MAKE = (
    "def make(rng, n, lo, hi, mode):\n"
    + _EDGES
    + """\
    edges = [pair if rng.random() < 0.5 else pair[::-1] for pair in pairs]
    edges.sort(key=lambda pair: rng.random())
    return (n, edges[:2 * n])
"""
)

_WGRAPH_MAKE = (
    "def make(rng, n, lo, hi, mode):\n"
    + _EDGES.replace("mode ==", "mode % 7 ==")
    + """\
    for i in range(1, n):
        if mode % 7 not in (0, 4):
            join(names[i], names[rng.randint(0, i - 1)])
    top = hi if mode < 7 else min(hi, lo + 3)
    edges = [(u, v, rng.randint(lo, top)) for u, v in sorted(pairs)]
    rng.shuffle(edges)
    return (n, edges[:2 * n])
"""
)

_SIMPLE_CHECK = """\
def check(n, edges):
    seen = set()
    for edge in edges:
        u, v = edge[0], edge[1]
        if u == v:
            return "an edge joins a vertex to itself"
        if (min(u, v), max(u, v)) in seen:
            return "two edges join the same vertices"
        seen.add((min(u, v), max(u, v)))
    return ""
"""

_TREE_MAKE = """\
def make(rng, n, lo, hi, mode):
    parents = []
    for i in range(2, n + 1):
        if mode == 0:
            parents.append(rng.randint(1, i - 1))
        elif mode == 1:
            parents.append(i - 1)
        elif mode == 2:
            parents.append(1)
        elif mode == 3:
            parents.append(i // 2)
        elif mode == 4:
            parents.append(rng.randint(max(1, i - 3), i - 1))
        else:
            parents.append(i - 1 if i <= n // 2 + 1 else rng.randint(1, min(i - 1, n // 2 + 1)))
    return (parents,)
"""

_SIDE_SIZES: Sizes = {"small": (6, 8, 12), "large": (150,)}

PARTS = (
    Source(
        name="grid of numbers",
        kind="grid",
        features=(
            ("problem setting", "input structure", "matrix input", "rectangular matrix"),
            ("problem setting", "input structure", "grid input", "number grid"),
        ),
        wordings={
            "codeforces": (
                "{hero}'s field {x} has {h} rows of {w} beds, and each bed grew a positive number "
                "of carrots.",
                "A floor {x} of {h} rows and {w} columns lies before {hero}; every tile bears a "
                "positive integer.",
            ),
            "atcoder": (
                "You are given a grid {x} of {h} rows and {w} columns with a positive integer in "
                "each cell.",
                "Let {x} be a matrix of positive integers with {h} rows and {w} columns.",
            ),
            "leetcode": (
                "You are given a matrix `grid` of positive integers.",
                "You are given `grid`, a table of positive integers whose rows are equally long.",
            ),
        },
        make=_GRID_MAKE,
        modes=5,
        sizes=_SIDE_SIZES,
        values={"small": ((1, 5), (1, 9), (1, 100)), "large": ((1, 9), (1, 1000))},
    ),
    Source(
        name="map of land and water",
        kind="map",
        features=(
            ("problem setting", "input structure", "grid input", "character grid"),
            ("problem setting", "input structure", "grid input", "binary grid"),
        ),
        wordings={
            "codeforces": (
                "{hero} draws a map {x} with {h} rows and {w} columns: '#' is land, '.' is water.",
                "A satellite sent {hero} a picture {x} of {h} lines with {w} characters, '#' for "
                "land and '.' for water.",
            ),
            "atcoder": (
                "You are given a grid {x} of {h} rows and {w} columns; a cell is '#' (land) or "
                "'.' (water).",
                "Let {x} be a grid with {h} rows and {w} columns of characters '#', which is "
                "land, and '.', which is water.",
            ),
            "leetcode": (
                "You are given an array `grid` of equally long strings, a map in which '#' is "
                "land and '.' is water.",
                "You are given `grid`, strings of the same length made of '#' for land and '.' "
                "for water.",
            ),
        },
        notes=("Every character of the map is '#' or '.'.",),
        make=_MAP_MAKE,
        modes=8,
        sizes=_SIDE_SIZES,
        check="""\
def check(grid):
    return "" if all(set(row) <= {"#", "."} for row in grid) else "a character not of the map"
""",
    ),
    Source(
        name="simple graph",
        kind="graph",
        features=(
            ("problem setting", "input structure", "graph input", "undirected graph"),
            ("data structure", "graph structure", "adjacency list"),
            ("data structure", "graph structure", "edge list"),
        ),
        wordings={
            "codeforces": (
                "{hero}'s kingdom {x} has {n} towns, numbered from 1, and {m} roads, each between "
                "two different towns.",
                "At the party {x} there are {n} people, numbered from 1; {hero} knows {m} pairs "
                "of friends.",
            ),
            "atcoder": (
                "You are given a simple undirected graph {x} with {n} vertices, numbered from 1, "
                "and {m} edges.",
                "Let {x} be an undirected simple graph on the vertices 1 to {n} with {m} edges.",
            ),
            "leetcode": (
                "You are given an integer {n} and an array `edges`, the edges [u, v] of an "
                "undirected simple graph on the vertices 1 to {n}.",
                "You are given an undirected simple graph with {n} vertices, numbered from 1, by "
                "its edges [u, v] in `edges`.",
            ),
        },
        notes=("No edge joins a vertex to itself, and no two edges join the same vertices.",),
        make=_GRAPH_MAKE,
        modes=7,
        sizes={"small": (15, 30, 60), "large": (6_000,)},
        check=_SIMPLE_CHECK,
    ),
    Source(
        name="weighted graph",
        kind="wgraph",
        features=(
            ("problem setting", "input structure", "graph input", "weighted graph"),
            ("data structure", "graph structure", "adjacency list"),
            ("problem setting", "story theme", "transport network"),
        ),
        wordings={
            "codeforces": (
                "In {hero}'s country {x} there are {n} cities, numbered from 1, and {m} two-way "
                "roads, the i-th of length w_i.",
                "{hero} studies a web {x} of {n} knots, numbered from 1, and {m} threads with "
                "positive lengths.",
            ),
            "atcoder": (
                "You are given a simple undirected graph {x} with {n} vertices, numbered from 1, "
                "and {m} weighted edges.",
                "Let {x} be a weighted simple undirected graph on the vertices 1 to {n} with {m} "
                "edges of positive weight.",
            ),
            "leetcode": (
                "You are given an integer {n} and an array `edges` of [u, v, w]: an undirected "
                "edge of weight w between the vertices u and v, numbered from 1.",
                "You are given a weighted undirected graph on the vertices 1 to {n} by `edges`, "
                "each of them [u, v, w] with its weight w.",
            ),
        },
        notes=("No edge joins a vertex to itself, and no two edges join the same vertices.",),
        make=_WGRAPH_MAKE,
        modes=14,
        n_min=2,
        sizes={"small": (12, 25, 40), "large": (4_000,)},
        values={"small": ((1, 10), (1, 100)), "large": ((1, 1000), (1, 100_000))},
        check=_SIMPLE_CHECK,
    ),
    Source(
        name="rooted tree",
        kind="tree",
        features=(
            ("problem setting", "input structure", "tree input", "rooted tree"),
            ("data structure", "graph structure", "parent array"),
            ("problem setting", "input structure", "tree input"),
        ),
        wordings={
            "codeforces": (
                "{hero}'s company {x} has {n} workers; worker 1 is the boss, and each other "
                "worker i has one chief, whose number is smaller than i.",
                "A river system {x} has {n} springs; {hero} stands at the mouth, number 1, and "
                "each other spring i flows into one with a number smaller than i.",
            ),
            "atcoder": (
                "You are given a tree {x} with {n} vertices, rooted at vertex 1; the parent of "
                "each other vertex i has a number smaller than i.",
                "Let {x} be a rooted tree on the vertices 1 to {n} with root 1, in which parents "
                "have smaller numbers than their children.",
            ),
            "leetcode": (
                "You are given a tree rooted at vertex 1 by an array `parents`: its first entry "
                "is the parent of vertex 2, the next that of vertex 3, and so on.",
                "You are given `parents`, where entry number i, counted from 1, is the parent of "
                "vertex i + 1 in a tree with root 1.",
            ),
        },
        notes=("The parent of a vertex has a smaller number than the vertex itself.",),
        make=_TREE_MAKE,
        modes=6,
        n_min=2,
        sizes={"small": (15, 30, 60), "large": (20_000,)},
        check="""\
def check(parents):
    fine = all(parent <= i + 1 for i, parent in enumerate(parents))
    return "" if fine else "a parent that is not smaller than its child"
""",
    ),
)
