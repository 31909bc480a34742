"""Growing a set of features from the ontology: siblings in breadth, variants in depth."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

from .ontology import CHILDREN, ONTOLOGY, Path

MAX_STEPS = 5

_VARIANTS = tomllib.loads(
    resources.files(__package__).joinpath("variants.toml").read_text(encoding="utf-8")
)
_KINDS: dict[str, list[str]] = _VARIANTS["kinds"]
_TWISTS: list[str] = _VARIANTS["twists"]["any"]
_AREAS: dict[Path, list[str]] = {
    tuple(area.split(" > ")): kinds for area, kinds in _VARIANTS["areas"].items()
}


def settings_of(path: Path) -> tuple[str, ...]:
    """The settings that make sense below ``path``, by the longest area it lies in."""
    for size in range(len(path), 0, -1):
        kinds = _AREAS.get(path[:size])
        if kinds:
            return tuple(dict.fromkeys(name for kind in kinds for name in _KINDS[kind]))
    return ()


def children_of(path: Path) -> tuple[Path, ...]:
    """What may stand one step below ``path``: ontology children, else settings, else twists.

    A twist stands below a setting only, and nothing below five steps.
    """
    if path in CHILDREN:
        return CHILDREN[path]
    if not 2 < len(path) < MAX_STEPS:
        return ()
    settings = settings_of(path)
    if path[-1] in settings:
        used = path[-1]
        return tuple((*path, twist) for twist in _TWISTS if twist != used)
    return tuple((*path, setting) for setting in settings if setting != path[-1])


def evolve_features(paths: Iterable[Sequence[str]], count: int, rng: random.Random) -> list[Path]:
    """Up to ``count`` new paths around ``paths``, none of them given, none twice.

    Half go in breadth (what stands beside a given path), half in depth (below it); when both are
    exhausted, leaves from elsewhere in the same category fill up. The same paths in any order,
    ``count`` and state of ``rng`` give the same answer. Given paths outside the ontology grow too,
    as far as their area is known.
    """
    given = sorted({tuple(path) for path in paths if path})
    breadth = _fresh((beside for path in given for beside in _beside(path)), given)
    depth = _fresh((below for path in given for below in _leaves_below(path)), given)
    rng.shuffle(breadth)
    rng.shuffle(depth)
    new: list[Path] = []
    while len(new) < count and (breadth or depth):
        pool = depth if not breadth or (depth and rng.random() < 0.5) else breadth
        new.append(pool.pop())
    if len(new) < count:
        categories = {path[0] for path in given}
        rest = _fresh((leaf for leaf in ONTOLOGY if leaf[0] in categories), [*given, *new])
        new += rng.sample(rest, min(count - len(new), len(rest)))
    return list(dict.fromkeys(new))


def _fresh(candidates: Iterable[Path], given: Iterable[Path]) -> list[Path]:
    """Candidates not given, each once, in order."""
    known_already = set(given)
    return [path for path in dict.fromkeys(candidates) if path not in known_already]


def _beside(path: Path) -> Iterator[Path]:
    """Siblings of ``path``; of an inner sibling, the leaves below it."""
    for sibling in children_of(path[:-1]) if len(path) > 2 else ():
        if sibling != path:
            yield from _ontology_leaves(sibling)


def _leaves_below(path: Path) -> Iterator[Path]:
    for child in children_of(path):
        yield from _ontology_leaves(child)


def _ontology_leaves(path: Path) -> Iterator[Path]:
    if path in CHILDREN:
        for child in CHILDREN[path]:
            yield from _ontology_leaves(child)
    else:
        yield path
