"""Growing a set of features from the ontology: siblings in breadth, variants in depth."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

from synthsmith.teachers.procedural.catalogue.ontology import CHILDREN, ONTOLOGY, Path

MAX_STEPS = 5
_SHARES = (0.45, 0.45, 0.1)
"""Of new features: in breadth, in depth, from elsewhere in the category."""

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

    They go in breadth (what stands beside a given path, or beside what is above it), in depth
    (below it), and now and then to another area of the same category. The same paths in any
    order, ``count`` and state of ``rng`` give the same answer. Given paths outside the ontology
    grow too, as far as their area is known.
    """
    given = sorted({tuple(path) for path in paths if path})
    categories = {path[0] for path in given}
    pools = [
        _fresh((beside for path in given for beside in _beside(path)), given),
        _fresh((below for path in given for below in _below(path)), given),
        _fresh((leaf for leaf in ONTOLOGY if leaf[0] in categories), given),
    ]
    for pool in pools:
        rng.shuffle(pool)
    new: dict[Path, None] = {}
    while len(new) < count and any(pools):
        (pool,) = rng.choices(
            pools, [bool(pool) * share for pool, share in zip(pools, _SHARES, strict=True)]
        )
        new[pool.pop()] = None
    return list(new)


def _fresh(candidates: Iterable[Path], given: Iterable[Path]) -> list[Path]:
    """Candidates not given, each once, in order."""
    known_already = set(given)
    return [path for path in dict.fromkeys(candidates) if path not in known_already]


def _beside(path: Path) -> Iterator[Path]:
    """Siblings of ``path`` and of every step above it down from the area."""
    for size in range(3, len(path) + 1):
        for sibling in children_of(path[: size - 1]):
            yield from _ontology_leaves(sibling)


def _below(path: Path) -> Iterator[Path]:
    for child in children_of(path):
        yield from _ontology_leaves(child)


def _ontology_leaves(path: Path) -> Iterator[Path]:
    if path in CHILDREN:
        for child in CHILDREN[path]:
            yield from _ontology_leaves(child)
    else:
        yield path
