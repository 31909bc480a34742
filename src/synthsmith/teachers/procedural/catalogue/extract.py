"""Features of a program by static analysis: nothing it contains is ever run."""

from __future__ import annotations

import re

from synthsmith.teachers.procedural.catalogue.cpp_source import read_cpp
from synthsmith.teachers.procedural.catalogue.idioms import idiom_features
from synthsmith.teachers.procedural.catalogue.names import name_features
from synthsmith.teachers.procedural.catalogue.ontology import Path, path_named
from synthsmith.teachers.procedural.catalogue.program import Program
from synthsmith.teachers.procedural.catalogue.python_source import read_python
from synthsmith.teachers.procedural.catalogue.shapes import shape_features

MAX_CHARS = 200_000
MOST = 12
_SETTINGS = 2
_HINT = 1

# A named algorithm makes the plainer idea it contains redundant.
_IMPLIED = {
    "Kruskal": ("sort by key", "sort by value"),
    "sort by key": ("sort by value",),
    "sort by index": ("sort by key", "sort by value"),
    "multi-key sort": ("sort by key", "sort by value"),
    "sort with custom comparator": ("sort by key", "sort by value"),
    "Dijkstra": ("minimax path", "Prim", "greedy with heap"),
    "merge sort": ("merging two sorted arrays",),
    "quicksort": ("pointers moving inwards",),
    "subset sum": ("coin change count",),
    "edit distance": ("minimum path sum", "maximal square"),
    "maximal square": ("minimum path sum",),
    "longest common subsequence": ("minimum path sum", "edit distance"),
    "travelling salesman": ("bitmask dp",),
    "burst balloons": ("interval dp",),
    "matrix chain multiplication": ("interval dp",),
    "binary trie": ("prefix tree insertion",),
    "Fenwick tree": ("lowest set bit",),
    "path compression": ("linear search",),
    "modular exponentiation": ("fast exponentiation", "population count"),
    "power of two test": ("population count",),
    "pair with given sum": ("pointers moving inwards",),
    "doubly linked list": ("singly linked list",),
    "fixed-size window": ("one-dimensional prefix sums",),
    "Gaussian elimination": ("matrix multiplication",),
    "matrix multiplication": ("matrix transpose",),
    "matrix exponentiation": ("fast exponentiation", "population count"),
    "bounded knapsack": ("0/1 knapsack",),
    "rod cutting": ("unbounded knapsack",),
    "0-1 breadth-first search": ("breadth-first search", "shortest path in grid"),
    "nested bracket decoding": ("stack matching",),
    "quickselect": ("quicksort",),
    "Kahn's algorithm": ("simulation with queue",),
    "linear sieve": ("sieve of Eratosthenes",),
    "eight neighbours": ("four neighbours",),
    "bubble sort": ("adjacent comparison",),
    "longest run": ("adjacent comparison",),
    "prime factorisation": ("base conversion",),
    "k-way merge": ("priority queue",),
    "two heaps for median": ("greedy with heap",),
}

_TYPES = (
    (r"list\[list\]|vector<vector<\w+>>&?|\w+\[\]\[\w*\]", "number grid"),
    (r"list\[int\]|list\[float\]|list|vector<(?:int|double|ll|long long|T)>&?", "single array"),
    (r"list\[str\]|vector<string>&?", "array of strings"),
    (r"str|string&?|char\*", "single string"),
    (r"int|long long|long|ll|uint\w+|int64_t|unsigned", "single number"),
)
_READS = (
    (
        r"for[^\n]{1,20}range\(int\((?:input|\w*readline)\(|while[ (]+t(?:-=1|>0|--)",
        "many test cases",
    ),
    (r"for[^\n]{1,20}range\(q\)|while[ (]+q(?:-=1|>0|--)|<q;", "static queries"),
    (
        r"=list\(map\(int,|\[int\(\w+\) ?for|for\([^;]{1,20};[^;]{1,20};[^)]{1,12}\)\{?cin>>\w+\[",
        "single array",
    ),
    (r"=(?:input|\w*readline)\(\)(?:\.\w+\(\))?\n|\bstring (\w+);cin>>\1", "single string"),
    (r"=int\((?:input|\w*readline)\(\)|\b(?:int|long long|ll) (\w+);cin>>\1;", "single number"),
)


def extract_features(code: str, language: str) -> list[Path]:
    """The 2 to 12 most telling features of ``code``, [] when it shows no algorithmic idea.

    ``language`` is ``"python"`` or ``"cpp"``. Every path is a node of the ontology, the most
    telling first. Raises ValueError for Python that does not parse, another language, or more
    than ``MAX_CHARS`` characters.
    """
    if len(code) > MAX_CHARS:
        raise ValueError(f"the code has more than {MAX_CHARS:,} characters")
    if language == "python":
        program = read_python(code)
    elif language == "cpp":
        program = read_cpp(code)
    else:
        raise ValueError(f"no static analysis for language {language!r}")
    return _choose(feature_weights(program), program)


def feature_weights(program: Program) -> dict[str, int]:
    """Every feature's name → weight, implied ones removed."""
    found: dict[str, int] = {}
    for source in (name_features, idiom_features, shape_features):
        for name, weight in source(program).items():
            found[name] = max(weight, found.get(name, 0))
    implied = {name for known in found for name in _IMPLIED.get(known, ())}
    return {name: weight for name, weight in found.items() if name not in implied}


def _choose(found: dict[str, int], program: Program) -> list[Path]:
    telling = {name for name, weight in found.items() if weight > _HINT}
    if not telling:
        return []
    ranked = sorted(telling, key=lambda name: (-found[name], name))
    if len(ranked) < 3:
        ranked += sorted(set(found) - telling)[: 3 - len(ranked)]
    settings = _settings(program, path_named(ranked[0]))
    chosen = [*ranked[: MOST - len(settings)], *settings]
    return [path_named(name) for name in dict.fromkeys(chosen)]


def _settings(program: Program, first: Path) -> list[str]:
    """What the input looks like, by how it is read or by parameter types; at least one.

    Number and grid parameters say it only where the leading feature is about such things.
    """
    shown = [name for pattern, name in _READS if program.find(pattern)]
    kinds = {kind.strip() for function in program.functions for kind in function.types}
    for pattern, name in _TYPES:
        fits = first[0] == "mathematics" if name == "single number" else first[1] != "graph"
        if fits and any(re.fullmatch(pattern, kind) for kind in kinds):
            shown.append(name)
    return list(dict.fromkeys(shown))[:_SETTINGS] or [_USUAL.get(first[1], "single array")]


_USUAL = {
    "string": "single string",
    "graph": "undirected graph",
    "tree": "rooted tree",
    "geometry": "set of points",
    "number theory": "single number",
    "combinatorics": "single number",
    "arithmetic": "single number",
    "bits": "single number",
    "numerical": "single number",
    "linear algebra": "square matrix",
    "grid technique": "number grid",
    "disjoint sets": "undirected graph",
    "string structure": "dictionary of words",
    "linear structure": "operations log",
    "ordered structure": "operations log",
    "range structure": "queries with updates",
    "query technique": "static queries",
}
