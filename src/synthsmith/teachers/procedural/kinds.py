"""The kinds of value: how each stands in an input, and the code that reads and writes it.

Line one of every input holds the kind's counts and then the solver's parameters; the fields
follow. In function style the arguments stand as JSON, one a line, then the parameters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from synthsmith.records import Io, Style

Form = Literal["list", "rows", "text", "lines", "matrix"]


@dataclass(frozen=True)
class Field:
    """One block of an input. ``columns`` of rows (or the one entry of a list) say the range of
    each number: "value" the source's own, "n" from 1 to n."""

    name: str
    form: Form
    count: str = "n"
    columns: tuple[tuple[str, Literal["value", "n"]], ...] = (("i", "value"),)
    width: str = ""
    said: str = ""
    """What stands there, in words; slots x, z and the counts."""


@dataclass(frozen=True)
class Kind:
    """A kind of value. ``counts`` maps each number of line one to its expression over ``args``,
    ``limits`` each to (lo, hi) as expressions over n_min and n_max."""

    name: str
    noun: str
    args: tuple[str, ...]
    counts: Mapping[str, str]
    limits: Mapping[str, tuple[str, str]]
    fields: tuple[Field, ...]
    element: str = ""
    """The name a bounded element has in the constraints, "a_i"; empty where none is bounded."""
    leet_element: str = ""
    shown: tuple[str, ...] = ()
    """Names of the arguments in wordings, slots x and z."""


_N = {"n": ("n_min", "n_max")}

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "array",
            "sequence",
            ("a",),
            {"n": "len(a)"},
            _N,
            (Field("a", "list", said="{n} integers, the elements of {x}"),),
            "a_i",
            "nums[i]",
            ("a",),
        ),
        Kind(
            "pair",
            "pair of sequences",
            ("a", "b"),
            {"n": "len(a)"},
            _N,
            (
                Field("a", "list", said="{n} integers, the elements of {x}"),
                Field("b", "list", said="{n} integers, the elements of {z}"),
            ),
            "a_i, b_i",
            "nums[i], others[i]",
            ("a", "b"),
        ),
        Kind(
            "string",
            "string",
            ("s",),
            {"n": "len(s)"},
            _N,
            (Field("s", "text", said="the string {x}"),),
            "",
            "",
            ("s",),
        ),
        Kind(
            "grid",
            "grid of numbers",
            ("grid",),
            {"h": "len(grid)", "w": "len(grid[0])"},
            {"h": ("n_min", "n_max"), "w": ("n_min", "n_max")},
            (Field("grid", "matrix", "h", width="w", said="{w} integers, a row of {x}"),),
            "g_ij",
            "grid[i][j]",
            ("g",),
        ),
        Kind(
            "map",
            "map of characters",
            ("grid",),
            {"h": "len(grid)", "w": "len(grid[0])"},
            {"h": ("n_min", "n_max"), "w": ("n_min", "n_max")},
            (Field("grid", "lines", "h", width="w", said="{w} characters, a row of {x}"),),
            "",
            "",
            ("g",),
        ),
        Kind(
            "graph",
            "graph",
            ("n", "edges"),
            {"n": "n", "m": "len(edges)"},
            {**_N, "m": ("0", "2 * n_max")},
            (
                Field(
                    "edges",
                    "rows",
                    "m",
                    (("u", "n"), ("v", "n")),
                    said="two integers u and v, a pair that is joined",
                ),
            ),
            "",
            "",
            ("g",),
        ),
        Kind(
            "wgraph",
            "weighted graph",
            ("n", "edges"),
            {"n": "n", "m": "len(edges)"},
            {**_N, "m": ("0", "2 * n_max")},
            (
                Field(
                    "edges",
                    "rows",
                    "m",
                    (("u", "n"), ("v", "n"), ("w", "value")),
                    said="three integers u, v and w: u and v are joined, and w is the length",
                ),
            ),
            "w_i",
            "w",
            ("g",),
        ),
        Kind(
            "tree",
            "rooted tree",
            ("parents",),
            {"n": "len(parents) + 1"},
            _N,
            (
                Field(
                    "parents",
                    "list",
                    "n - 1",
                    (("p", "n"),),
                    said="the parents of 2, 3, and so on up to {n}, in this order",
                ),
            ),
            "",
            "",
            ("t",),
        ),
        Kind(
            "intervals",
            "list of intervals",
            ("intervals",),
            {"n": "len(intervals)"},
            _N,
            (
                Field(
                    "intervals",
                    "rows",
                    "n",
                    (("l", "value"), ("r", "value")),
                    said="two integers l and r, the ends of an interval",
                ),
            ),
            "l_i, r_i",
            "l, r",
            ("t",),
        ),
        Kind(
            "queries",
            "sequence with queries",
            ("a", "queries"),
            {"n": "len(a)", "q": "len(queries)"},
            {**_N, "q": ("1", "n_max")},
            (
                Field("a", "list", said="{n} integers, the elements of {x}"),
                Field(
                    "queries",
                    "rows",
                    "q",
                    (("l", "n"), ("r", "n")),
                    said="two integers l and r, the positions of a query",
                ),
            ),
            "a_i",
            "nums[i]",
            ("a",),
        ),
        Kind("number", "number", ("n",), {"n": "n"}, _N, (), "", "", ("n",)),
    )
}

_TYPES: dict[Form, tuple[str, str]] = {
    "list": ("List[int]", "vector<ll>"),
    "rows": ("List[List[int]]", "vector<vector<ll>>"),
    "matrix": ("List[List[int]]", "vector<vector<ll>>"),
    "text": ("str", "string"),
    "lines": ("List[str]", "vector<string>"),
}
_LEET = {"a": "nums", "b": "others"}


def arg_type(kind: Kind, arg: str, language: Literal["python", "cpp"]) -> str:
    """The type of an argument of solve or convert."""
    forms = {field.name: field.form for field in kind.fields}
    python, cpp = _TYPES[forms[arg]] if arg in forms else ("int", "ll")
    return python if language == "python" else cpp


def shown_name(name: str, style: Style) -> str:
    """A variable as it stands in a statement of ``style``."""
    if style == "leetcode":
        return f"`{_LEET.get(name, name)}`"
    return f"${name.upper() if style == 'atcoder' else name}$"


def leet_name(arg: str) -> str:
    """The name of an argument in starter code."""
    return _LEET.get(arg, arg)


def value_names(kind: Kind, style: Style) -> tuple[str, ...]:
    """The names of an input's value in a statement, for the slots x and z."""
    if style == "leetcode" and kind.name not in ("array", "pair", "string", "number"):
        return (f"`{leet_name(kind.fields[0].name)}`",)
    return tuple(shown_name(name, style) for name in kind.shown)


def count_name(kind: Kind, count: str, style: Style) -> str:
    """A number of line one as it stands in the constraints, without marks."""
    if style != "leetcode":
        return count.upper() if style == "atcoder" else count
    text = re.sub(r"len\((.+?)\)", r"\1.length", kind.counts[count])
    return re.sub(r"\ba\b", "nums", text)


def element_name(kind: Kind, style: Style) -> str:
    """A bounded element as it stands in the constraints, without marks; "" where none is."""
    if style == "leetcode":
        return kind.leet_element
    return re.sub(r"\b[a-z](?=_)", _upper, kind.element) if style == "atcoder" else kind.element


def _upper(found: re.Match[str]) -> str:
    return found.group().upper()


def limits_of(kind: Kind, n_min: int, n_max: int) -> dict[str, tuple[int, int]]:
    """The range of each number of line one."""
    names = {"n_min": n_min, "n_max": n_max}
    return {
        count: (int(eval(low, {}, names)), int(eval(high, {}, names)))
        for count, (low, high) in kind.limits.items()
    }


def counts_of(kind: Kind, args: Sequence[Any]) -> dict[str, int]:
    """The numbers of line one for a value."""
    names: dict[str, Any] = dict(zip(kind.args, args, strict=True))
    return {
        name: int(eval(text, {"len": len}, names))  # our own expressions, see KINDS
        for name, text in kind.counts.items()
    }


def dump(kind: Kind, args: Sequence[Any], params: Sequence[int], io: Io) -> str:
    """A value and parameters as the text of an input."""
    if io == "function":
        return "\n".join(json.dumps(item) for item in (*args, *params)) + "\n"
    lines = [" ".join(map(str, (*counts_of(kind, args).values(), *params)))]
    values = dict(zip(kind.args, args, strict=True))
    for field in kind.fields:
        value = values[field.name]
        if field.form == "list":
            lines.append(" ".join(map(str, value)))
        elif field.form == "text":
            lines.append(value)
        else:
            lines += [row if isinstance(row, str) else " ".join(map(str, row)) for row in value]
    return "\n".join(lines) + "\n"


def load(kind: Kind, params: int, text: str, io: Io) -> tuple[list[Any], list[int]]:
    """The value and parameters of a valid input."""
    if io == "function":
        items = [json.loads(line) for line in text.splitlines() if line.strip()]
        return items[: len(kind.args)], items[len(kind.args) :]
    tokens = iter(text.split())
    names: dict[str, Any] = {name: int(next(tokens)) for name in kind.counts}
    extra = [int(next(tokens)) for _ in range(params)]
    counts = dict(names)
    for field in kind.fields:
        count = int(eval(field.count, {}, counts))
        if field.form == "list":
            names[field.name] = [int(next(tokens)) for _ in range(count)]
        elif field.form == "text":
            names[field.name] = next(tokens)
        elif field.form == "lines":
            names[field.name] = [next(tokens) for _ in range(count)]
        else:
            width = counts[field.width] if field.width else len(field.columns)
            names[field.name] = [[int(next(tokens)) for _ in range(width)] for _ in range(count)]
    return [names[arg] for arg in kind.args], extra
