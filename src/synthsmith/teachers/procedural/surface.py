"""The surface of a program: names and imports, varied without changing what it does."""

from __future__ import annotations

import ast
import random
import re

IMPORTS: dict[str, str] = {
    **dict.fromkeys(("deque", "defaultdict", "Counter", "OrderedDict"), "collections"),
    **dict.fromkeys(("heappush", "heappop", "heapify", "nsmallest", "nlargest"), "heapq"),
    **dict.fromkeys(("bisect_left", "bisect_right", "insort"), "bisect"),
    **dict.fromkeys(("gcd", "lcm", "isqrt", "comb"), "math"),
    **dict.fromkeys(
        ("accumulate", "groupby", "product", "combinations", "permutations", "pairwise", "chain"),
        "itertools",
    ),
    **dict.fromkeys(("reduce", "cache", "lru_cache", "cmp_to_key"), "functools"),
}
"""Names that program texts may use without importing them."""

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "best": ("ans", "res", "answer", "top"),
    "count": ("cnt", "ans", "found", "res"),
    "total": ("acc", "run", "summed", "t"),
    "result": ("res", "out", "made"),
    "value": ("v", "x", "item", "cur"),
    "left": ("lo_idx", "begin", "p", "i0"),
    "right": ("hi_idx", "stop", "q", "j0"),
    "node": ("cur", "vertex", "nd"),
    "other": ("nxt", "to", "nb"),
    "seen": ("visited", "used", "done"),
    "queue": ("todo", "q", "pending"),
    "stack": ("todo", "st", "pending"),
    "near": ("adj", "graph", "nbrs"),
    "heap": ("pq", "hq"),
    "distance": ("dist", "d"),
    "tree": ("fen", "bit"),
    "sums": ("pre", "prefix", "ps"),
    "i": ("idx", "pos", "ii"),
    "j": ("jj", "k2", "other_idx"),
    "a": ("arr", "seq", "values_in"),
    "b": ("arr2", "second_in"),
    "grid": ("cells", "field", "board"),
    "tails": ("ends", "last", "piles"),
    "current": ("cur", "here", "running"),
    "leader": ("root_of", "parent_of", "dsu"),
    "groups": ("parts", "comps", "ans"),
    "lengths": ("lens", "sizes", "dp"),
    "edges": ("links", "es"),
    "table": ("dp", "memo"),
    "parents": ("par", "up"),
}


def imports_for(code: str) -> list[str]:
    """The import lines for the unimported names that ``code`` uses."""
    names = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    by_module: dict[str, list[str]] = {}
    for name in sorted(names & IMPORTS.keys()):
        by_module.setdefault(IMPORTS[name], []).append(name)
    return [f"from {module} import {', '.join(by_module[module])}" for module in sorted(by_module)]


class _Rename(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self.names.get(node.arg, node.arg)
        return node

    def visit_Nonlocal(self, node: ast.Nonlocal) -> ast.Nonlocal:
        node.names = [self.names.get(name, name) for name in node.names]
        return node


def renamed(code: str, rng: random.Random) -> str:
    """A Python function with some of its local variables under other names."""
    tree = ast.parse(code)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    stored = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    } | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    names: dict[str, str] = {}
    for name in sorted(stored & _SYNONYMS.keys()):
        other = rng.choice(_SYNONYMS[name])
        if rng.random() < 0.5 and other not in used and other not in names.values():
            names[name] = other
    return ast.unparse(_Rename(names).visit(tree)) + "\n" if names else code


_CPP_TOKEN = re.compile(
    r"""
    (?P<other> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | \d[\w.']* | (?:\.|->|::)\s*\w+ )
    | (?P<name> [A-Za-z_]\w* )
    """,
    re.VERBOSE,
)
"""A literal, a member, or else a name of the function's own."""

_CPP_LIBRARY = frozenset(("left", "right", "stack", "queue", "count"))
"""Synonyms' keys that may also be names of the C++ library."""


def renamed_cpp(code: str, rng: random.Random) -> str:
    """A C++ function with some of its variables under other names, each wherever it occurs."""
    words = set(re.findall(r"[A-Za-z_]\w*", code))
    own = {token["name"] for token in _CPP_TOKEN.finditer(code) if token["name"]}
    names: dict[str, str] = {}
    for name in sorted(own & _SYNONYMS.keys() - _CPP_LIBRARY):
        other = rng.choice(_SYNONYMS[name])
        fresh = other not in words and other not in names.values()
        if rng.random() < 0.4 and fresh and len(other) > 1:
            names[name] = other
    return _CPP_TOKEN.sub(
        lambda token: token["other"] or names.get(token["name"], token["name"]), code
    )
