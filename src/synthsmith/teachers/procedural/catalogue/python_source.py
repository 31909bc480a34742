"""Python front end: ``ast`` for structure, compact text for expressions. Nothing is executed."""

from __future__ import annotations

import ast
import re
import warnings

from synthsmith.teachers.procedural.catalogue.program import (
    LONG_WORD,
    MAX_BLOCKS,
    MAX_BODY,
    Function,
    Loop,
    Program,
    literal,
    mark_self_calls,
)

_QUIET = re.compile(
    r"#[^\n]*|\\\n"
    r'|[rRbBfFuU]{0,2}(?:"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*')",
    re.DOTALL,
)
_BLANK = re.compile(r"[ \t\f]+")
_SPACES = re.compile(r" (?!\w)|(?<!\w) ")
_PREFIX = re.compile(r"\b(?:self|cls|math|heapq|bisect|collections|functools|itertools|np)\.")
_STEP = re.compile(r"\b(\w+)=\1([-+])1\b(?![*/%\w.])")
_LINKED = re.compile(r"(?<=[\])}'\"])(and|or|in|not in|is)\b|\b(and|or|in)(?=[(\[{'\"-])")
_JOINED = re.compile(r"(?<=[(\[{,])\n+|\n+(?=[)\]}])")
_MEMO = frozenset({"cache", "lru_cache", "memoize", "memoise", "cached"})
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def read_python(code: str) -> Program:
    """Parse ``code``. Raises ValueError when it is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(f"not Python: {error}") from None
    lines = _compact(code).split("\n")
    program = Program(text=_block(lines, 0, len(lines), None))
    program.words = frozenset(re.findall(r"[A-Za-z_]\w*", program.text))
    _walk(tree, lines, program)
    return program


def _compact(code: str) -> str:
    """Compact text that keeps the line numbers of ``code``."""
    text = _QUIET.sub(_quiet, code.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SPACES.sub("", _BLANK.sub(" ", text))
    text = _PREFIX.sub("", text).replace("//", "/").replace(":=", "=")
    text = _LINKED.sub(lambda word: f" {word[1]}" if word[1] else f"{word[2]} ", text)
    return LONG_WORD.sub("x", _STEP.sub(r"\1\2=1", text))


def _quiet(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "#":
        return ""
    if found[0] == "\\":
        return "\n"
    body = found.lstrip("rRbBfFuU")
    quotes = 3 if body[:3] in ('"""', "'''") else 1
    return literal(body[quotes:-quotes]) + "\n" * found.count("\n")


def _block(lines: list[str], start: int, end: int, limit: int | None = MAX_BODY) -> str:
    return _JOINED.sub("", "\n".join(line for line in lines[start:end] if line))[:limit]


def _walk(tree: ast.AST, lines: list[str], program: Program) -> None:
    """Fill functions, loops and classes, in source order."""
    todo: list[tuple[ast.AST, int]] = [(tree, 0)]
    while todo and len(program.functions) + len(program.loops) < MAX_BLOCKS:
        node, depth = todo.pop()
        if isinstance(node, _FUNCTIONS):
            program.functions.append(_function(node, lines))
            depth = 0
        elif isinstance(node, ast.ClassDef):
            program.classes.append(node.name)
        elif isinstance(node, _LOOPS):
            program.loops.append(_loop(node, lines, depth))
            depth += 1
        for field in ("handlers", "cases", "finalbody", "orelse", "body"):
            below = getattr(node, field, None)
            if isinstance(below, list):
                todo.extend((child, depth) for child in reversed(below))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> Function:
    arguments = [a for a in (*node.args.posonlyargs, *node.args.args) if a.arg not in _SELVES]
    body = _block(lines, node.body[0].lineno - 1, node.end_lineno or node.lineno)
    body, self_calls = mark_self_calls(node.name, body)
    decorators = {_name(decorator) for decorator in node.decorator_list}
    return Function(
        name=node.name,
        params=tuple(a.arg for a in arguments),
        types=tuple(_type(a.annotation) for a in arguments),
        body=body,
        self_calls=self_calls,
        memoised=not decorators.isdisjoint(_MEMO),
    )


_SELVES = ("self", "cls")


def _loop(node: ast.For | ast.AsyncFor | ast.While, lines: list[str], depth: int) -> Loop:
    first = node.body[0].lineno - 1
    body = _block(lines, first, node.end_lineno or node.lineno)
    header = _block(lines, node.lineno - 1, max(first, node.lineno))
    if isinstance(node, ast.While):
        return Loop("while", "", header, body, depth, downwards=False)
    target = node.target.id if isinstance(node.target, ast.Name) else ""
    return Loop("for", target, header, body, depth, downwards=",-1)" in header)


def _name(node: ast.AST) -> str:
    """The last name of a decorator or annotation, ``functools.lru_cache(...)`` → ``lru_cache``."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _type(annotation: ast.AST | None) -> str:
    """An annotation in a few words: ``int``, ``str``, ``list[int]``, ``list[list]``, or ""."""
    if isinstance(annotation, ast.Subscript) and _name(annotation.value).lower() == "list":
        inner = annotation.slice
        deep = isinstance(inner, ast.Subscript) and _name(inner.value).lower() == "list"
        return "list[list]" if deep else f"list[{_name(inner)}]"
    return _name(annotation) if annotation is not None else ""
