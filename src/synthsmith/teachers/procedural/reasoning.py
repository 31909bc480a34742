"""The thoughts that go with a solution: several paragraphs about this very composition."""

from __future__ import annotations

import random

from synthsmith.records import Io, Language
from synthsmith.teachers.procedural.algebra import Composition
from synthsmith.teachers.procedural.kinds import KINDS
from synthsmith.teachers.procedural.running import (
    Choice,
    outcome,
    reference_choice,
    small_args,
    stages,
    text_of,
)
from synthsmith.teachers.procedural.statement import Reading
from synthsmith.teachers.procedural.testers import input_text

_COUNTED = ("nothing", "one transformation", "two transformations")


def reasoning(
    reading: Reading, choice: Choice, language: Language, io: Io, rng: random.Random
) -> str:
    """Restating, limits, approach, edge cases, a worked case, the code's shape."""
    composition = reading.composition
    paragraphs = [
        _restated(composition, rng),
        _limits(composition, choice, rng),
        *_steps(composition, choice),
        _approach(composition, choice, rng),
        _edges(composition, rng),
        _worked(composition, io, rng),
        _code(composition, choice, language, io, rng),
    ]
    return "\n\n".join(paragraphs)


def _restated(composition: Composition, rng: random.Random) -> str:
    kind = KINDS[composition.source.kind]
    names = [step.transform.name for step in composition.steps]
    chain = f" First it is turned into something else by {' and then '.join(names)}." * bool(names)
    start = rng.choice(
        ("Let me restate the problem.", "What is asked here?", "First, the statement in my words.")
    )
    return (
        f"{start} The input is a {kind.noun} ({composition.source.name}).{chain} "
        f"The answer is {composition.solver.answer}. Between the input and the question stands "
        f"{_COUNTED[len(names)]}; I keep that apart from the core of the problem, for mixing the "
        "two up is how such problems go wrong."
    )


def _limits(composition: Composition, choice: Choice, rng: random.Random) -> str:
    n, (lo, hi) = composition.n_max, composition.values
    values = f" and values go from {lo} to {hi}" if (lo, hi) != (0, 0) else ""
    size = (
        f"The size is at most {n}{values}, so a slow direct method would also pass; still it pays "
        "to be careful."
        if composition.scale == "small"
        else f"The size goes up to {n}{values}, so trying everything, which is "
        f"{composition.solver.brute.cost}, is out of the question in one second."
    )
    fits = rng.choice(("I aim for", "I want", "The target is"))
    return f"{size} {fits} {choice.solver.cost}. All numbers fit into 64 bits."


def _steps(composition: Composition, choice: Choice) -> list[str]:
    return [
        f"The step '{step.transform.name}'"
        + (f" with the constant {step.constant}" if step.transform.constants else "")
        + f": {code.why} I write it as its own function ({code.name}, {code.cost}), so that it can "
        "be checked alone before the rest is built upon it."
        for step, code in zip(composition.steps, choice.steps, strict=True)
    ]


def _approach(composition: Composition, choice: Choice, rng: random.Random) -> str:
    solver, code = composition.solver, choice.solver
    others = [c for c in (*solver.python, solver.brute) if c.name != code.name]
    other = rng.choice(others)
    return (
        f"Now the core, {solver.name}. One possibility is {other.name} ({other.cost}): {other.why} "
        f"Another is {code.name} ({code.cost}): {code.why} I choose {code.name}, because it is "
        f"{rng.choice(('short', 'easy to get right', 'simple to check by hand'))} and fits the "
        "limits."
    )


def _edges(composition: Composition, rng: random.Random) -> str:
    solver = composition.solver
    empty = (
        f" Nothing may be left before the core is reached; then the answer is {solver.empty}."
        if composition.may_be_empty
        else ""
    )
    start = rng.choice(("Edge cases:", "What could go wrong?", "Special cases to look at:"))
    return (
        f"{start} {solver.pitfalls}{empty} The smallest size, n = {composition.source.n_min}, "
        "should work without a special branch, and equal values must not confuse anything."
    )


def _worked(composition: Composition, io: Io, rng: random.Random) -> str:
    args = small_args(composition, rng, 4)
    right = reference_choice(composition)
    values = stages(composition, right, args)[1:]
    shown = " / ".join(input_text(composition, args, io).split("\n")).strip(" /")
    told = [
        f"After {step.transform.name} it is {text_of(list(value[0]))}."
        for step, value in zip(composition.steps, values, strict=True)
    ]
    return (
        f"A small case by hand, the input {shown}. {' '.join(told)} "
        f"Going through it step by step I get {outcome(composition, right, args)} as the answer, "
        "which agrees with what counting directly gives."
    ).replace("  ", " ")


def _code(
    composition: Composition, choice: Choice, language: Language, io: Io, rng: random.Random
) -> str:
    place = (
        "The method only gets the arguments and returns the result"
        if io == "function"
        else "The program reads everything, calls the functions in order and prints the result"
    )
    spoken = "Python" if language == "python" else "C++ with 64-bit integers throughout"
    total = len(choice.steps) + 1
    end = rng.choice(("I am done.", "That settles it.", "Now I write it down."))
    return f"{place}. I write it in {spoken}, with {total} function(s) besides the reading. {end}"
