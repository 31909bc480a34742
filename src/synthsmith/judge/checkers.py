"""Built-in checkers: do two outputs agree, and which outputs vote alike.

Whitespace is ASCII whitespace only: a program that prints a no-break space has printed a token.
"""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any

from synthsmith.errors import InputError

_NUMBER = re.compile(rb"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")
_BUILT_IN = ("tokens", "exact", "lines-unordered", "lines-decimal", "json")


def compare(checker: str, output: str, expected: str) -> bool:
    """Whether ``output`` is right for ``expected`` under a built-in checker.

    ``tokens`` compares whitespace-separated tokens; ``exact`` all but one final newline;
    ``lines-unordered`` the multiset of non-blank lines, each as tokens; ``floats:E`` token by
    token, numbers a (of the output) and b (expected) with \\|a-b\\| <= E*max(1,\\|b\\|), other
    tokens equal. ``lines-decimal`` is LiveCodeBench's rule for programs: line by line without
    outer white space, equal as text or as exact decimal numbers; ``json`` is its rule for
    functions: equal as Python values, so 1 is 1.0. Raises InputError for any other checker.
    """
    if checker.startswith("floats:"):
        return _floats_agree(_tolerance(checker), _tokens(output), _tokens(expected))
    if output == expected and checker in _BUILT_IN:
        return True
    return canonical(checker, output) == canonical(checker, expected)


def canonical(checker: str, output: str) -> str:
    """A form of ``output`` that is equal for two outputs exactly if they vote alike.

    Exact for all checkers but ``floats:E``, whose tolerance is no equivalence: there numbers are
    rounded to a grid of 10*E (relative above 1), so two outputs within E nearly always, and two
    outputs further apart than 11*E never, fall together. Raises InputError as ``compare`` does.
    """
    if checker == "tokens":
        return _text(b" ".join(_tokens(output)))
    if checker == "exact":
        return output.removesuffix("\n")
    if checker == "lines-unordered":
        lines = (b" ".join(line.split()) for line in _bytes(output).split(b"\n"))
        return _text(b"\n".join(sorted(line for line in lines if line)))
    if checker == "lines-decimal":
        return "\n".join(_decimals(line.strip()) for line in output.strip().split("\n"))
    if checker == "json":
        return _json_form(output)
    grid = 10 * _tolerance(checker)
    return _text(b" ".join(_rounded(token, grid) for token in _tokens(output)))


def canonical_json(output: str) -> str:
    """The form in which the judge writes a function's result, or ``output`` if it is not JSON.

    For expected outputs that people bring: ``[1,2]`` and ``[1, 2]`` are one result.
    """
    try:
        return json.dumps(json.loads(output), separators=(", ", ": "), ensure_ascii=False)
    except (ValueError, RecursionError):
        return output


def validate(checker: str) -> None:
    """Raise InputError unless ``checker`` names a built-in checker."""
    if checker not in _BUILT_IN:
        _tolerance(checker)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _tokens(text: str) -> list[bytes]:
    return _bytes(text).split()


def _tolerance(checker: str) -> float:
    name, _, text = checker.partition(":")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if name != "floats" or not 0 < value < 1:
        raise InputError(
            f"unknown checker {checker!r}: use {', '.join(_BUILT_IN)} or floats:E with 0 < E < 1"
        )
    return value


def _decimals(line: str) -> str:
    """The line with its numbers in one form, if it holds nothing but numbers."""
    try:
        numbers = [Decimal(token) for token in line.split()]
    except (ArithmeticError, ValueError):
        return line
    if any(number.is_nan() for number in numbers):
        return line
    return " ".join(map(_decimal, numbers))


def _decimal(number: Decimal) -> str:
    sign, digits, exponent = number.as_tuple()
    if isinstance(exponent, str):  # an infinity
        return str(number)
    text = "".join(map(str, digits)).lstrip("0")
    kept = text.rstrip("0")
    return f"{'-' * sign}{kept}E{exponent + len(text) - len(kept)}" if kept else "0"


def _json_form(output: str) -> str:
    try:
        return json.dumps(_plain(json.loads(output, parse_int=_integer)), sort_keys=True)
    except (ValueError, RecursionError):
        return output


def _integer(text: str) -> int | str:
    """A number too long for Python to convert cheaply stays text: its digits have one form."""
    return int(text) if len(text) < 4_000 else f"int {text}"


def _plain(value: Any) -> Any:
    """A JSON value in which those that Python calls equal are the same."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    return value


def _number(token: bytes) -> float | None:
    if not _NUMBER.match(token):
        return None
    value = float(token)
    return value if math.isfinite(value) else None


def _floats_agree(tolerance: float, output: list[bytes], expected: list[bytes]) -> bool:
    if len(output) != len(expected):
        return False
    for left, right in zip(output, expected, strict=True):
        if left == right:
            continue
        a, b = _number(left), _number(right)
        if a is None or b is None or abs(a - b) > tolerance * max(1.0, abs(b)):
            return False
    return True


def _rounded(token: bytes, grid: float) -> bytes:
    value = _number(token)
    if value is None:
        return token
    step = grid * 10.0 ** math.floor(math.log10(max(1.0, abs(value))))
    return b"%.12g" % (round(value / step) * step + 0.0)
