"""Wordings are templates with slots; filled in they are prose, compiled they are regexes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from synthsmith.records import Style
from synthsmith.teachers.procedural.algebra import Part

_SLOT = re.compile(r"\{(\w+)\}")
_PATTERNS = {"hero": r"[A-Z][a-z]+", "c": r"-?\d+"}
_NAME = r"(?:\$\w+\$|`\w+`)"


def fill(wording: str, slots: Mapping[str, str]) -> str:
    """The wording with its slots filled in."""
    return _SLOT.sub(lambda slot: slots[slot.group(1)], wording)


@cache
def pattern(wording: str) -> re.Pattern[str]:
    """The regex that finds a filled-in wording in text with single spaces; group ``c``."""
    seen: set[str] = set()

    def slot(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in seen and name == "c":
            return "(?P=c)"
        seen.add(name)
        text = _PATTERNS.get(name, _NAME)
        return f"(?P<c>{text})" if name == "c" else text

    pieces = _SLOT.split(wording)
    out = [re.escape(piece) if i % 2 == 0 else "" for i, piece in enumerate(pieces)]
    names = iter(_SLOT.finditer(wording))
    return re.compile("".join(p if i % 2 == 0 else slot(next(names)) for i, p in enumerate(out)))


@cache
def _anchors(wording: str) -> str:
    """The longest literal stretch of a wording, a quick first test."""
    return max(_SLOT.split(wording)[::2], key=len)


def find(part: Part, text: str) -> list[tuple[int, int]]:
    """Where the part is worded in ``text``: (position, constant or 0) for each occurrence."""
    wordings = [wording for style in part.wordings.values() for wording in style]
    return [
        (hit.start(), int(hit.groupdict().get("c") or 0))
        for wording in dict.fromkeys(wordings)
        if _anchors(wording) in text
        for hit in pattern(wording).finditer(text)
    ]


def wordings(part: Part, style: Style) -> tuple[str, ...]:
    """The part's wordings in a style."""
    return part.wordings[style]
