"""Names of functions and classes that say which algorithm they are."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from synthsmith.teachers.procedural.catalogue.ontology import CHILDREN, NODES
from synthsmith.teachers.procedural.catalogue.program import Program

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LONGEST = 5

# One-word leaves that are everyday names of helpers say nothing about the algorithm.
_VAGUE = frozenset(
    {
        "johnson",
        "skyline",
        "rope",
        "forest",
        "parity",
        "invariant",
        "variance",
        "bridges",
        "rearrangement",
        "multiset",
    }
)
_CATEGORIES = ("algorithm", "data structure", "mathematics", "technique")

_ALIASES: dict[str, str] = tomllib.loads(
    resources.files(__package__).joinpath("aliases.toml").read_text(encoding="utf-8")
)


def _key(words: list[str]) -> tuple[str, ...]:
    """Words in one spelling: lower case, singular."""
    return tuple(
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words
    )


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _index() -> dict[tuple[str, ...], str]:
    index: dict[tuple[str, ...], str] = {}
    for node in NODES:
        plain = node[-1].lower().replace("'s", "s").replace("'", "")
        inner_word = node in CHILDREN and " " not in plain
        if len(node) > 2 and node[0] in _CATEGORIES and plain not in _VAGUE and not inner_word:
            words = _key(re.findall(r"[a-z0-9]+", plain))
            index[words] = index["".join(words),] = node[-1]
    for alias, name in _ALIASES.items():
        words = _key(alias.split())
        index[words] = index["".join(words),] = name
    return index


_INDEX = _index()


def name_features(program: Program) -> dict[str, int]:
    """Names found → weight, from what the program defines (never from what it mentions)."""
    found: dict[str, int] = {}
    for name in (*(function.name for function in program.functions), *program.classes):
        words = _key(_words(name))[:12]
        if words[:1] == ("test",) or words[-1:] == ("test",):
            continue
        taken = 0
        for size in range(min(_LONGEST, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                hit = _INDEX.get(words[start : start + size])
                if hit and size > taken:
                    found[hit] = 5 if size > 1 or len(words) == 1 else 4
                    taken = size
    return found
