"""JSON objects in replies: found among prose, read strictly, else mended without inventing.

Models write LaTeX into strings and forget to double its backslashes, break lines inside strings,
add comments and trailing commas, quote as Python does. What is mended holds every string of the
reply, in order and unchanged, and nothing else.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import json_repair

from synthsmith.prompts.code_blocks import answer_of, blocks

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*+(?:"|(?P<open>))|[{}\[\]]', re.DOTALL)
_LATEX = (
    "bar|begin|beta|big|Big|bigl|bigr|binom|bmod|bot|boldsymbol|frac|forall|floor|"
    "neg|neq|nleq|ngeq|nmid|nabla|notin|newline|rceil|rfloor|right|rightarrow|rho|rangle|"
    "rbrace|rvert|tau|text|textbf|textit|texttt|textrm|tfrac|theta|tilde|times|to|top|triangle"
)
_ESCAPE = re.compile(
    r"\\(?:(?P<twice>\\)|(?P<latex>(?:" + _LATEX + r")(?![a-zA-Z]))"
    r"|(?P<apostrophe>')"
    r'|(?P<known>["/bfnrt]|u[0-9a-fA-F]{4})|)'
)
_PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_COMMENT = re.compile(
    r'"(?:\\.|[^"\\])*+"?|(?P<comment>(?://|\#)[^\n]*|/\*.*?(?:\*/|\Z))', re.DOTALL
)
_BETWEEN = re.compile(r"[\s\"'{}\[\],:]*")
_EMPTY = re.compile(r"[\s{}\[\],:]*(?:\"\"|'')")
_MOST_CANDIDATES = 12
_MOST_MENDED = 65_536
"""Characters of the longest object that is mended; mending takes longer than reading."""
_DEEPEST = 24
_MOST_BRACES = 1_000


def json_objects(text: str, fields: Sequence[str]) -> Iterator[tuple[Any, str]]:
    """Every JSON object of a reply, the last one first, as (object, "") or (None, problem).

    ``fields`` are names of which one opens the object that is asked for.
    """
    text = answer_of(text)
    for candidate in _candidates(text, fields):
        problem = ""
        for reading in (_strict, _python, _mended):
            try:
                value = reading(candidate)
            except (ValueError, TypeError, RecursionError) as error:
                problem = problem or str(error)
                continue
            yield value, ""
            break
        else:
            yield None, problem


def _candidates(text: str, fields: Sequence[str]) -> list[str]:
    """Stretches of text that may be one object each, the last one first, the wider one first."""
    spans = set()
    for block in list(blocks(text))[-4:]:
        start = text.rfind(block.body)
        first, last = block.body.find("{"), block.body.rfind("}")
        if start >= 0 <= first < last:
            spans.add((start + last + 1, start + first))
            spans.add((start + len(block.body), start + first))
    anchor = re.compile(r"\{\s*[\"']?(?:" + "|".join(fields) + r")\b")
    anchors = [found.start() for found in anchor.finditer(text)][-_MOST_CANDIDATES:]
    place = text.find("{")
    while place >= 0:
        end = _end(text, place)
        spans.add((end or len(text), place))
        place = text.find("{", end) if end else -1
    spans |= {(_end(text, start) or len(text), start) for start in anchors}
    if "{" in text and "}" in text:
        spans.add((text.rfind("}") + 1, text.find("{")))
    wide = sorted(spans, key=lambda span: (-span[0], span[1]))[:_MOST_CANDIDATES]
    return [text[start:end].strip() for end, start in wide if start < end]


def _end(text: str, start: int) -> int:
    """Where the object that begins at ``start`` ends; 0 if it never does."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        mark = token.group()[0]
        if mark != '"':
            depth += 1 if mark in "{[" else -1
            if depth <= 0:
                return token.end()
    return 0


def _doubled(escape: re.Match[str]) -> str:
    """A backslash that JSON or LaTeX would misread, doubled."""
    if escape["twice"] or escape["known"]:
        return escape.group()
    return r"\u0027" if escape["apostrophe"] else "\\" + escape.group()


def _strict(text: str) -> Any:
    """JSON, line breaks in strings allowed. Raises ValueError or RecursionError."""
    value = json.loads(_ESCAPE.sub(_doubled, text), strict=False)
    _require_text(value)
    return value


def _python(text: str) -> Any:
    """A dict as Python writes it. Raises ValueError."""
    _require_nearly_whole(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(text)
    except (SyntaxError, MemoryError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    _require_text(value)
    return value


def _require_text(value: Any) -> None:
    """Half a surrogate pair is no text: raises UnicodeEncodeError, a ValueError."""
    json.dumps(value, ensure_ascii=False).encode()


def _mended(text: str) -> Any:
    """What json-repair makes of it, if it neither lost nor invented anything; else ValueError."""
    text = _ESCAPE.sub(_doubled, text)
    _require_nearly_whole(text)
    try:
        value = json_repair.repair_json(text, return_objects=True, skip_json_loads=True)
    except Exception as error:  # it promises nothing about what it raises
        raise ValueError(f"the JSON cannot be mended: {error}") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    _require_text(value)
    leaves = list(_leaves(value))
    without = _COMMENT.sub(lambda m: "" if m["comment"] else m.group(), text)
    if not any(_same(leaves, _unescaped(source)) for source in (text, without)):
        raise ValueError("the JSON is malformed beyond mending")
    return value


def _require_nearly_whole(text: str) -> None:
    """Raises ValueError unless at most the last brace is missing, and mending is quick."""
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()[0]
        if token["open"] is not None:
            raise ValueError("the JSON ends inside a string")
        if mark != '"':
            depth += 1 if mark in "{[" else -1
            deepest = max(deepest, depth)
    if depth > 1:
        raise ValueError("the JSON is not complete")
    braces = text.count("{") + text.count("[")
    if deepest > _DEEPEST or braces > _MOST_BRACES or len(text) > _MOST_MENDED:
        raise ValueError("the JSON is malformed and too large to be mended")


def _leaves(value: Any) -> Iterator[str]:
    """Keys, strings and plain values, in order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value if isinstance(value, str) else json.dumps(value)


def _unescaped(text: str) -> str:
    """The text as a decoder sees the insides of its strings."""

    def plain(escape: re.Match[str]) -> str:
        code = escape[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else _PLAIN.get(code, code)

    found = re.sub(r"\\(u[0-9a-fA-F]{4}|.)", plain, text, flags=re.DOTALL)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _same(leaves: Sequence[str], text: str) -> bool:
    """Whether the text is these leaves, each whole, with nothing but punctuation in between."""
    at = 0
    for leaf in leaves:
        if not leaf:
            empty = _EMPTY.match(text, at)
            if not empty:
                return False
            at = empty.end()
            continue
        gap = _BETWEEN.match(text, at)
        place = text.find(leaf, at, (gap.end() if gap else at) + len(leaf))
        end = place + len(leaf)
        quoted = place > 0 and text[place - 1] in "'\""
        if place < 0 or (quoted and text[end : end + 1] != text[place - 1]):
            return False
        at = end + quoted
    rest = _BETWEEN.match(text, at)
    return rest is not None and rest.end() == len(text)
