"""Drawing a composition that fits given features."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache

from synthsmith.teachers.procedural.algebra import (
    Composition,
    Part,
    Path,
    Scale,
    Solver,
    Source,
    Step,
    Transform,
)
from synthsmith.teachers.procedural.parts import solvers, sources, transforms
from synthsmith.teachers.procedural.running import telling, worthwhile

_STEPS_WEIGHT = (0.2, 0.5, 0.3)
_TRIES = 60
_SAME_LENGTH = 12
"""Attempts with one number of transforms before another number may take its place."""
_ROUND: tuple[int, ...] = tuple(
    d * 10**e for e in range(7) for d in (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
)
"""Numbers that a setter writes as a bound."""

Chain = tuple[Source, tuple[Transform, ...]]


def affinity(path: Path, part: Part) -> int:
    """How well a feature path speaks of a part; 0 when they share no step but the category."""

    def shared(own: Path) -> int:
        steps = len(set(path[1:]) & set(own[1:]))
        prefix = 0
        for mine, other in zip(own, path, strict=False):
            if mine != other:
                break
            prefix += 1
        return 2 * steps + max(0, prefix - 1) + (4 if own == path else 0)

    return max(map(shared, part.features))


@cache
def chains(kind: str) -> tuple[Chain, ...]:
    """Every source with up to two different transforms that ends in a value of ``kind``."""
    found: list[Chain] = [(source, ()) for source in sources() if source.kind == kind]
    last = [transform for transform in transforms() if transform.gives == kind]
    for after in last:
        found += [(source, (after,)) for source in sources() if source.kind == after.takes]
        for before in transforms():
            if before.gives == after.takes and before is not after:
                found += [(s, (before, after)) for s in sources() if s.kind == before.takes]
    return tuple(found)


def draw(features: Iterable[tuple[str, Path]], rng: random.Random) -> Composition:
    """A composition whose parts match the (role, path) lines best; ``rng`` does the rest."""
    lines = list(features)
    weights = [_solver_weight(solver, lines) for solver in solvers()]
    for _ in range(_TRIES):
        composition = fill_in(rng.choices(solvers(), weights)[0], lines, rng)
        if composition is not None:
            return composition
    raise AssertionError("no composition fits; the tests hold that one always does")


def _solver_weight(solver: Solver, lines: list[tuple[str, Path]]) -> float:
    best = max(
        ((3 if role == "core" else 1) * affinity(path, solver) for role, path in lines), default=0
    )
    return 0.001 + float(best) ** 4


def fill_in(
    solver: Solver, lines: list[tuple[str, Path]], rng: random.Random
) -> Composition | None:
    """A composition around ``solver``, or None where no attempt made one worth setting."""
    by_length: dict[int, list[Chain]] = {}
    for chain in chains(solver.takes):
        by_length.setdefault(len(chain[1]), []).append(chain)
    lengths = sorted(by_length)
    for _ in range(_TRIES // _SAME_LENGTH):
        length = rng.choices(lengths, [_STEPS_WEIGHT[i] for i in lengths])[0]
        pool = by_length[length]
        weights = [_chain_weight(chain, lines) for chain in pool]
        for _ in range(_SAME_LENGTH):
            composition = _attempt(solver, rng.choices(pool, weights)[0], rng)
            if composition is not None:
                return composition
    return None


def _chain_weight(chain: Chain, lines: list[tuple[str, Path]]) -> float:
    source, steps = chain
    return 1.0 + sum(affinity(path, part) ** 2 for _, path in lines for part in (source, *steps))


def _attempt(solver: Solver, chain: Chain, rng: random.Random) -> Composition | None:
    """The parts with numbers; None when they do not fit or are not worth setting."""
    source, made = chain
    steps = tuple(Step(t, rng.choice(t.constants) if t.constants else 0) for t in made)
    constant = rng.choice(solver.constants) if solver.constants else 0
    scale: Scale = "large" if solver.large and rng.random() < 0.5 else "small"
    values = _values(source, scale, rng)
    composition = Composition(
        source, steps, solver, constant, scale, _n_max(solver, source, scale, rng), values
    )
    if composition.shapes() is None or not worthwhile(composition):
        return None
    return composition if telling(composition, False) else None


def _n_max(solver: Solver, source: Source, scale: Scale, rng: random.Random) -> int:
    """The greatest length: the most that solver and source take, or a round number below."""
    cap = solver.large if scale == "large" else solver.small
    most = min(max(source.sizes[scale]), cap)
    if rng.random() < 0.4:
        return min(rng.choice(source.sizes[scale]), cap)
    least = max(most // 4, source.n_min)
    if scale == "large":
        least = max(most // 2, max(source.sizes["small"]))
    return rng.choice([n for n in _ROUND if least < n <= most] or [most])


def _values(source: Source, scale: Scale, rng: random.Random) -> tuple[int, int]:
    """The range of elements: one of the source's, or a round one between its extremes."""
    ranges = source.values[scale]
    lo, hi = rng.choice(ranges)
    tops = [n for n in _ROUND if min(ranges)[1] < n < max(ranges)[1]]
    if rng.random() < 0.5 or not tops:
        return lo, hi
    top = rng.choice(tops)
    return (-top if lo == -hi else lo), top
