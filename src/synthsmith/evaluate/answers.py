"""From an answer to the program that is run, as LiveCodeBench does it."""

from __future__ import annotations

import ast
import builtins
import importlib
from functools import cache

from synthsmith.records import Io

_FENCE = "```"
_STARRED = (
    *("string", "re", "datetime", "collections", "heapq", "bisect", "copy", "math", "random"),
    *("statistics", "itertools", "functools", "operator", "io", "sys", "json"),
)
"""Modules all of whose names LiveCodeBench gives to programs, later ones going before earlier;
then builtins and typing, then the modules themselves."""
_MOST_DIGITS = 50_000
_MOST_FRAMES = 50_000


def extract_code(text: str) -> str:
    """What stands between the last two lines with a fence, "" with fewer than two such lines."""
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if _FENCE in line]
    if len(fences) < 2:
        return ""
    return "\n".join(lines[fences[-2] + 1 : fences[-1]])


def is_one_block(text: str) -> bool:
    """Whether the text has exactly one fenced block, opened and closed on lines of their own, with
    anything in it."""
    fences = [line.strip() for line in text.split("\n") if _FENCE in line]
    whole = len(fences) == 2 and fences[0].startswith(_FENCE) and fences[1] == _FENCE
    return whole and bool(extract_code(text).strip())


def with_prelude(code: str, io: Io = "stdin") -> str:
    """The program with what LiveCodeBench lets it take for granted.

    The names it uses of common modules are imported, recursion and the digits of integers are
    limited as there, and a file of functions is no main program. Imported is what is named, so
    that no test pays for the rest.
    """
    lines = [
        f"__import__('sys').setrecursionlimit({_MOST_FRAMES})",
        f"__import__('sys').set_int_max_str_digits({_MOST_DIGITS})",
    ]
    if io == "function":
        lines.append("__name__ = 'solution'")
    first = 0
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            first = statement.end_lineno or 0
    lines += _imports(_used(tree) - _bound(tree))
    whole = code.split("\n")
    return "\n".join([*whole[:first], "; ".join(lines), *whole[first:]])


def _used(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _bound(tree: ast.Module) -> set[str]:
    """What the program's own first level imports or defines."""
    names: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names |= {(a.asname or a.name).partition(".")[0] for a in statement.names}
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
    return names


def _imports(names: set[str]) -> list[str]:
    givers = _givers()
    wanted = sorted((givers[name], name) for name in names if name in givers)
    return [f"from {module} import {name}" if module else f"import {name}"
            for module, name in wanted]  # fmt: skip


@cache
def _givers() -> dict[str, str]:
    """The module each name comes from, "" for a module itself."""
    found: dict[str, str] = {}
    for name in _STARRED:
        module = importlib.import_module(name)
        public = getattr(module, "__all__", [n for n in dir(module) if not n.startswith("_")])
        found |= dict.fromkeys(public, name)
    for name in dir(builtins):
        found.pop(name, None)
    found |= dict.fromkeys(importlib.import_module("typing").__all__, "typing")
    return found | dict.fromkeys(_STARRED, "")
