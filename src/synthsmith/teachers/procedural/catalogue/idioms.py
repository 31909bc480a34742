"""Idioms that a few characters give away, as patterns over the compact text of `program`.

``idioms.txt`` holds them: a line ``name | weight | triggers`` and below it, indented, the patterns,
all of which must occur. The name is the ontology's; the weight says how telling it is (5 names an
algorithm, 1 is a mere hint); the triggers are pieces of text that must be there before any pattern
is tried, for speed. In patterns ``<sep>`` is what may stand between two statements, ``<gap>`` a
short stretch of one statement, ``<ix>`` an index expression. Every repetition is bounded (words
hold 40 characters at most), so each pattern is linear in the text.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import NamedTuple

from synthsmith.teachers.procedural.catalogue.program import Program

_PLACEHOLDERS = {
    "<sep>": r"[;:\n{}()]{0,4}",
    "<gap>": r"[^;\n]{0,60}?",
    "<ix>": r"[^\[\]\n;]{1,24}",
}


class Idiom(NamedTuple):
    """One entry of ``idioms.txt``."""

    name: str
    weight: int
    triggers: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile after filling in the placeholders; a leading word starts at a word's start."""
    for placeholder, plain in _PLACEHOLDERS.items():
        pattern = pattern.replace(placeholder, plain)
    return re.compile(r"\b" + pattern if pattern.startswith(r"(\w+)") else pattern)


def parse_idioms(text: str) -> tuple[Idiom, ...]:
    """The entries of ``text`` in the format above; lines that start with ``#`` are comments."""
    blocks: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("    "):
            blocks[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            blocks.append((line, []))
    idioms = []
    for head, patterns in blocks:
        name, weight, triggers = head.split(" |", 2)
        idioms.append(
            Idiom(name, int(weight), tuple(triggers.split()), tuple(map(compile_pattern, patterns)))
        )
    return tuple(idioms)


IDIOMS = parse_idioms(
    resources.files(__package__).joinpath("idioms.txt").read_text(encoding="utf-8")
)


def idiom_features(program: Program) -> dict[str, int]:
    """Names found → weight."""
    found: dict[str, int] = {}
    text = program.text
    for idiom in IDIOMS:
        if (
            found.get(idiom.name, 0) < idiom.weight
            and all(trigger in text for trigger in idiom.triggers)
            and all(pattern.search(text) for pattern in idiom.patterns)
        ):
            found[idiom.name] = idiom.weight
    return found
