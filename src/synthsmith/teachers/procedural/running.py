"""Our own program texts, run in process: answers, inputs, and which wrong versions show.

Only texts of registered parts are run here, never anything a person or model brought.
"""

from __future__ import annotations

import bisect
import collections
import copy
import functools
import heapq
import itertools
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from synthsmith.teachers.procedural.algebra import (
    Code,
    Composition,
    Part,
    Solver,
    Transform,
    Variant,
)
from synthsmith.teachers.procedural.kinds import KINDS, counts_of

Value = tuple[Any, ...]
"""The arguments of one input: those of its kind."""
Args = tuple[Value, tuple[int, ...]]
"""A value and the solver's parameters."""

_GLOBALS: dict[str, Any] = {
    name: getattr(module, name)
    for module in (bisect, collections, functools, heapq, itertools, math)
    for name in dir(module)
    if not name.startswith("_")
}


@cache
def function(text: str) -> Callable[..., Any]:
    """The one function that a part's text defines."""
    names: dict[str, Any] = {}
    scope = dict(_GLOBALS)
    exec(compile(text, "<part>", "exec"), scope, names)
    scope.update(names)
    return next(value for value in names.values() if callable(value))  # type: ignore[no-any-return]


def edited(code: Code, edit: tuple[str, str, str]) -> Code:
    """The implementation with a variant's edit applied."""
    assert code.text.count(edit[1]) == 1, f"{code.name}: edit does not occur once: {edit[1]!r}"
    return Code(code.name, code.text.replace(edit[1], edit[2]), code.why, code.cost)


@dataclass(frozen=True)
class Choice:
    """Which implementation of each step and of the solver, with at most one edit among them."""

    steps: tuple[Code, ...]
    solver: Code
    guard: bool = True
    """Whether an empty value is answered before the solver is called."""
    wrong: Variant | None = field(default=None)


def reference_choice(composition: Composition) -> Choice:
    """The reference: the first implementation of everything."""
    steps = tuple(step.transform.python[0] for step in composition.steps)
    return Choice(steps, composition.solver.python[0])


def stages(composition: Composition, choice: Choice, args: Args) -> list[Any]:
    """The value after each step, as positional arguments, the input's own first."""
    value: Sequence[Any] = copy.deepcopy(args[0])
    found = [value]
    for step, code in zip(composition.steps, choice.steps, strict=True):
        constant = (step.constant,) if step.transform.constants else ()
        value = (function(code.text)(*value, *constant),)
        found.append(value)
    return found


def answer(composition: Composition, choice: Choice, args: Args) -> Any:
    """What a program of this choice prints; raises whatever the program would."""
    value = stages(composition, choice, args)[-1]
    if choice.guard and composition.may_be_empty and len(value[-1]) == 0:
        return int(composition.solver.empty or 0)
    solver = composition.solver
    constant = (composition.constant,) if solver.constants else ()
    return function(choice.solver.text)(*copy.deepcopy(value), *args[1], *constant)


def text_of(result: Any) -> str:
    """An answer as a program prints it."""
    return " ".join(map(str, result)) if isinstance(result, list) else str(result)


def make_args(composition: Composition, rng: random.Random, n: int, mode: int) -> Args:
    """An input of about n elements; ``mode`` is taken modulo the source's modes."""
    source = composition.source
    lo, hi = composition.values
    value = function(source.make)(rng, n, lo, hi, mode % source.modes)
    return value, pick_params(composition, rng, value)


def pick_params(composition: Composition, rng: random.Random, value: Value) -> tuple[int, ...]:
    """Parameters for a value, each near where answers change."""
    solver, shape = composition.solver, composition.shape
    if not solver.params:
        return ()
    last = stages(composition, reference_choice(composition), (value, ()))[-1]
    size = next(iter(counts_of(KINDS[composition.source.kind], value).values()))
    picked = []
    for param in solver.params:
        lo, top = param.bounds(shape)
        hi = size if top == "n" else top
        picked.append(int(function(param.pick)(rng, lo, hi, *last)))
    return tuple(picked)


def small_n(composition: Composition) -> int:
    """The greatest n of inputs made in process."""
    most = composition.n_max
    if composition.source.kind == "number":
        return min(most, composition.solver.small)
    if composition.source.kind in ("grid", "map"):
        return min(most, 6)
    return min(most, 14)


def small_args(composition: Composition, rng: random.Random, number: int) -> Args:
    """Input ``number`` of a varied sequence of small ones, the smallest sizes first."""
    low, high = composition.source.n_min, small_n(composition)
    n = min(high, low + number) if number < 3 else rng.randint(min(high, low + 1), high)
    return make_args(composition, rng, n, number if number < 20 else rng.randrange(100))


def outcome(composition: Composition, choice: Choice, args: Args) -> str:
    """The printed answer, or the name of the exception."""
    try:
        return text_of(answer(composition, choice, args))
    except Exception as error:
        return type(error).__name__


def wrong_choices(composition: Composition, misreadings: bool) -> list[Choice]:
    """Every wrong Python version: the reference with one mistake or misreading."""
    right = reference_choice(composition)
    places: list[tuple[int, Transform | Solver]] = [
        (i, s.transform) for i, s in enumerate(composition.steps)
    ]
    places.append((-1, composition.solver))
    found = []
    for place, part in places:
        variants = part.misreadings if misreadings else part.mistakes
        codes = {code.name: code for code in part.python}
        if isinstance(part, Solver):
            codes[part.brute.name] = part.brute
        for variant in variants:
            if variant.python is None or not _quick(composition, part, variant):
                continue
            code = edited(codes[variant.python[0]], variant.python)
            steps = tuple(code if i == place else old for i, old in enumerate(right.steps))
            solver = code if place < 0 else right.solver
            found.append(Choice(steps, solver, wrong=variant))
    if not misreadings and composition.may_be_empty:
        says = "forgets that nothing may be left"
        found.append(Choice(right.steps, right.solver, guard=False, wrong=Variant(says)))
    return found


def _quick(composition: Composition, part: Part, variant: Variant) -> bool:
    """Whether a variant does not stand on a brute force that may take about a time limit."""
    if not isinstance(part, Solver) or variant.python is None:
        return True
    return composition.brute_is_right or variant.python[0] != part.brute.name


@lru_cache(maxsize=512)
def telling(composition: Composition, misreadings: bool) -> tuple[Choice, ...]:
    """The wrong versions that show on at least two of 24 small inputs of this composition."""
    rng = random.Random(7)
    inputs = [small_args(composition, rng, number) for number in range(24)]
    right = reference_choice(composition)
    answers = [outcome(composition, right, args) for args in inputs]
    found = []
    for choice in wrong_choices(composition, misreadings):
        shows = (
            outcome(composition, choice, args) != expected
            for args, expected in zip(inputs, answers, strict=True)
        )
        if sum(shows) >= 2:
            found.append(choice)
    return tuple(found)


@lru_cache(maxsize=512)
def worthwhile(composition: Composition) -> bool:
    """Whether answers over small inputs are not nearly all the same, and every step matters."""
    rng = random.Random(11)
    inputs = [small_args(composition, rng, number + 3) for number in range(16)]
    right = reference_choice(composition)
    answers = [outcome(composition, right, args) for args in inputs]
    if max(collections.Counter(answers).values()) > 12:
        return False
    for i, step in enumerate(composition.steps):
        if step.transform.takes != step.transform.gives:
            continue
        steps = composition.steps[:i] + composition.steps[i + 1 :]
        less = replace(composition, steps=steps)
        codes = right.steps[:i] + right.steps[i + 1 :]
        if less.shapes() is None:
            continue
        other = [outcome(less, Choice(codes, right.solver), args) for args in inputs]
        if sum(a != b for a, b in zip(answers, other, strict=True)) < 3:
            return False
    return True
