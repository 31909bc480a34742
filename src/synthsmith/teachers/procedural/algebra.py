"""The typed algebra of problem parts: source, then up to two transforms, then a solver.

Every part is data: wordings, program texts, bounds. What the texts must look like is told in
``parts/__init__.py``; nothing else knows any part by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from synthsmith.records import Style

Path = tuple[str, ...]
Scale = Literal["small", "large"]
AnswerKind = Literal["int", "list", "string"]
Wordings = Mapping[Style, tuple[str, ...]]
Sizes = Mapping[Scale, tuple[int, ...]]
Ranges = Mapping[Scale, tuple[tuple[int, int], ...]]

STYLES: tuple[Style, ...] = ("codeforces", "atcoder", "leetcode")
INT64 = 2**62
"""No bound of a shape may pass this, so that C++ long long agrees with Python."""


@dataclass(frozen=True)
class Shape:
    """What is known of a value on its way through a composition.

    ``n_min``/``n_max`` bound its length (side of a grid, nodes of a graph, a number itself),
    ``lo``/``hi`` its elements (weights, coordinates). ``full``: as long as the input says by n.
    ``dense``: nearly as long as the input, so that slow code is slow on every large input.
    """

    kind: str
    n_min: int
    n_max: int
    lo: int = 0
    hi: int = 0
    full: bool = True
    dense: bool = True
    flags: frozenset[str] = frozenset()

    def to(self, kind: str, **changes: object) -> Shape:
        """The shape of a value of ``kind`` made of this one; its flags are dropped."""
        return replace(self, **{"kind": kind, "flags": frozenset(), **changes})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Code:
    """One implementation. ``text`` holds exactly one top-level function."""

    name: str
    text: str
    why: str
    cost: str


@dataclass(frozen=True)
class Variant:
    """A wrong version of a part: edits (implementation name, old text, new text).

    ``old`` occurs exactly once in that implementation. ``says`` finishes "the solver …".
    """

    says: str
    python: tuple[str, str, str] | None = None
    cpp: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Param:
    """An integer of the input that the solver takes, after the source's counts in line one.

    ``bounds`` gives (lo, hi) for the shape the solver gets; ``hi`` may be "n". ``pick`` is the
    text of ``def pick(rng, lo, hi, *value)``, where value is what the solver gets.
    """

    name: str
    bounds: Callable[[Shape], tuple[int, int | Literal["n"]]]
    pick: str = """\
def pick(rng, lo, hi, *value):
    near = rng.randint(lo, min(hi, lo + 9))
    return rng.choice((lo, hi, near, near, rng.randint(lo, hi), rng.randint(lo, hi)))
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """What all parts have. Parts are compared by identity."""

    name: str
    features: tuple[Path, ...]
    wordings: Wordings
    notes: tuple[str, ...] = ()
    """Lines for the Constraints section, of a source."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Source(Part):
    """What the input is. ``make`` is the text of ``def make(rng, n, lo, hi, mode)``, which
    returns the kind's arguments as a tuple, for any mode in range(modes); ``check`` the text of
    ``def check(*arguments)``, which returns "" or what promised property does not hold."""

    kind: str
    make: str
    modes: int
    check: str = "def check(*arguments):\n    return ''\n"
    n_min: int = 1
    sizes: Sizes = field(default_factory=lambda: {"small": (40, 60, 100), "large": (20_000,)})
    values: Ranges = field(default_factory=lambda: {"small": ((0, 0),), "large": ((0, 0),)})
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, eq=False)
class Transform(Part):
    """One value made into another. ``python``/``cpp`` define ``convert(*arguments[, c])``.

    ``shape`` gives the shape of the result, or None where it does not fit.
    """

    takes: str
    gives: str
    shape: Callable[[Shape, int], Shape | None]
    python: tuple[Code, ...]
    cpp: tuple[Code, ...]
    constants: tuple[int, ...] = ()
    mistakes: tuple[Variant, ...] = ()
    misreadings: tuple[Variant, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Solver(Part):
    """The question. ``python``/``cpp``/``brute`` define ``solve(*arguments, *params[, c])``.

    ``python[0]`` is the reference. ``small``/``large`` cap n at each scale (0: never large).
    ``empty`` is the answer when the value may have no elements; None: it must have some.
    ``brute`` must be too slow at 85% of ``large`` on every input, or ``slow_brute`` be False.
    """

    takes: str
    answer: str
    """Noun phrase: what is printed, "the largest sum"."""
    titles: tuple[str, ...]
    fn_name: str
    python: tuple[Code, ...]
    brute: Code
    cpp: tuple[Code, ...]
    mistakes: tuple[Variant, ...]
    misreadings: tuple[Variant, ...]
    pitfalls: str
    """A sentence or two on edge cases, for the reasoning."""
    difficulty: float
    gives: AnswerKind = "int"
    params: tuple[Param, ...] = ()
    constants: tuple[int, ...] = ()
    needs: Callable[[Shape], bool] = lambda shape: True
    small: int = 100
    large: int = 20_000
    slow_brute: bool = True
    empty: str | None = None


@dataclass(frozen=True)
class Step:
    """A transform with its constant (0 where it has none)."""

    transform: Transform
    constant: int = 0


@dataclass(frozen=True)
class Composition:
    """A problem. ``values`` bounds the elements of the source, ``n_max`` its length."""

    source: Source
    steps: tuple[Step, ...]
    solver: Solver
    constant: int
    scale: Scale
    n_max: int
    values: tuple[int, int]

    def shapes(self) -> list[Shape] | None:
        """The shape before each step and before the solver, or None where parts do not fit."""
        lo, hi = self.values
        source = self.source
        shape = Shape(source.kind, source.n_min, self.n_max, lo, hi, flags=source.flags)
        found = [shape]
        for step in self.steps:
            after = step.transform.shape(shape, step.constant)
            if step.transform.takes != shape.kind or after is None:
                return None
            shape = after
            if max(abs(shape.lo), abs(shape.hi)) >= INT64:
                return None
            found.append(shape)
        solver = self.solver
        fits = solver.takes == shape.kind and solver.needs(shape)
        return found if fits and (shape.n_min > 0 or solver.empty is not None) else None

    @property
    def shape(self) -> Shape:
        """The shape the solver gets; only for compositions that fit."""
        found = self.shapes()
        assert found is not None, "this composition does not fit together"
        return found[-1]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in order."""
        return (self.source, *(step.transform for step in self.steps), self.solver)

    @property
    def may_be_empty(self) -> bool:
        """Whether the solver can be handed a value without elements."""
        return self.shape.n_min == 0

    @property
    def difficulty(self) -> float:
        """0 to 1: the solver's own, a step up for each transform and for the large scale."""
        extra = 0.12 * len(self.steps) + (0.15 if self.scale == "large" else 0.0)
        return min(1.0, self.solver.difficulty * 0.6 + extra)

    @property
    def brute_is_right(self) -> bool:
        """Whether the brute force is fast enough on every input."""
        return self.shape.n_max <= self.solver.small

    @property
    def brute_is_slow(self) -> bool:
        """Whether the brute force is certain to be too slow on the largest inputs."""
        shape, solver = self.shape, self.solver
        return (
            self.scale == "large"
            and solver.slow_brute
            and shape.dense
            and shape.n_max >= solver.large > 0
        )
