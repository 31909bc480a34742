"""The lists world: one or two operations on a list of integers, then a question about it.

It is the smallest world in which whole compositions can be held out of training: a model of a
million parameters learns it in minutes on a CPU. ``operations.toml`` says what it is made of.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

N_MAX = 12
VALUES = (-20, 20)
Path = tuple[str, ...]

_TWO_STEPS = (
    "Given a list a of n integers, first {0}. Then {1}. Print {q}.",
    "Read a list of n integers and print {q} after these steps: {0}; {1}.",
    "You get n integers.\n\n1. {0}\n2. {1}\n\nWhat is {q}?",
)
_ONE_STEP = (
    "Given a list a of n integers, {0}. Print {q}.",
    "Read a list of n integers and print {q} after one step: {0}.",
    "You get n integers.\n\n1. {0}\n\nWhat is {q}?",
)
_CONSTRAINTS = f"""\
## Input

n, then the list.

## Output

One integer.

## Constraints

- $1 \\le n \\le {N_MAX}$
- ${VALUES[0]} \\le a_i \\le {VALUES[1]}$"""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A step or a question. ``code`` holds implementations whose last line is the value; a ``{c}``
    in any text is the constant."""

    name: str
    path: Path
    plan: str
    say: tuple[str, ...]
    code: tuple[str, ...]
    constants: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Composition:
    """A problem: operations with their constants, in order, and the question."""

    steps: tuple[tuple[Operation, int], ...]
    question: Operation

    def answer(self, values: Sequence[int]) -> int:
        """What a right program prints for these values."""
        result = list(values)
        for step, constant in self.steps:
            result = _value(step.code[0].replace("{c}", str(constant)), result)
        return int(_value(self.question.code[0], result))

    @property
    def paths(self) -> tuple[Path, ...]:
        """The features, the core one first."""
        return (self.question.path, *(step.path for step, _ in self.steps))


@cache
def _compiled(code: str) -> Any:
    *setup, value = code.split("\n")
    lines = ["def run(a):", *(f"    {line}" for line in setup), f"    return {value}"]
    scope: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<operation>", "exec"), scope)
    return scope["run"]


def _value(code: str, values: list[int]) -> Any:
    return _compiled(code)(values)


def _operation(table: dict[str, Any], kind: str) -> Operation:
    code = table.get("code", [])
    if expression := table.get("map"):
        loop = f"b = []\nfor x in a:\n    b.append({expression})\nb"
        code = [f"[{expression} for x in a]", loop]
    elif condition := table.get("keep"):
        loop = f"b = []\nfor x in a:\n    if {condition}:\n        b.append(x)\nb"
        code = [f"[x for x in a if {condition}]", loop]
    return Operation(
        name=table["name"],
        path=("list operation", table.get("area", kind), table["name"]),
        plan=table["plan"],
        say=tuple(table["say"]),
        code=tuple(code),
        constants=tuple(table.get("constants", [0])),
    )


@cache
def _tables() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("operations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def steps() -> tuple[Operation, ...]:
    """All steps."""
    return tuple(_operation(table, "step") for table in _tables()["step"])


@cache
def questions() -> tuple[Operation, ...]:
    """All questions."""
    return tuple(_operation(table, "question") for table in _tables()["question"])


def random_values(rng: random.Random) -> list[int]:
    """A list within the constraints, short ones and repeated values included."""
    low, high = VALUES if rng.random() < 0.6 else (-5, 9)
    return [rng.randint(low, high) for _ in range(rng.randint(1, N_MAX))]


def agreement(one: Composition, other: Composition) -> float:
    """The share of 24 lists on which two compositions have the same answer."""
    rng = random.Random(7)
    lists = [random_values(rng) for _ in range(24)]
    return sum(one.answer(a) == other.answer(a) for a in lists) / len(lists)


def worthwhile(composition: Composition) -> bool:
    """Whether answers vary, and no step that is left out goes unnoticed."""
    rng = random.Random(11)
    answers = Counter(composition.answer(random_values(rng)) for _ in range(24))
    if max(answers.values()) > 16:
        return False
    parts = composition.steps
    less = [replace(composition, steps=parts[:i] + parts[i + 1 :]) for i in range(len(parts))]
    return all(agreement(composition, other) < 0.8 for other in less)


def write(composition: Composition, rng: random.Random) -> str:
    """The statement, in one of three layouts."""
    said = [_filled(rng.choice(step.say), c) for step, c in composition.steps]
    asked = rng.choice(composition.question.say)
    form = rng.choice(_TWO_STEPS if len(said) == 2 else _ONE_STEP)
    return f"{form.format(*said, q=asked)}\n\n{_CONSTRAINTS}"


def _filled(text: str, constant: int) -> str:
    return text.replace("{c}", str(constant))


@cache
def _pattern(say: str) -> re.Pattern[str]:
    first, *rest = map(re.escape, say.split("{c}"))
    text = first + "".join(r"(?P<c>-?\d+)" * (i == 0) + r"(?P=c)" * (i > 0) + p
                           for i, p in enumerate(rest))  # fmt: skip
    return re.compile(rf"{text}(?![\w-])")


def read(statement: str) -> Composition | None:
    """The composition a statement describes, None where it cannot be read."""
    body = statement.partition("\n## ")[0]

    def found(operation: Operation) -> list[tuple[int, int]]:
        hits = (hit for say in operation.say for hit in _pattern(say).finditer(body))
        return [(hit.start(), int(hit.groupdict().get("c") or 0)) for hit in hits]

    asked = [question for question in questions() if found(question)]
    told = sorted(
        (place, i, constant) for i, step in enumerate(steps()) for place, constant in found(step)
    )
    if len(asked) != 1 or not 1 <= len(told) <= 2:
        return None
    return Composition(tuple((steps()[i], constant) for _, i, constant in told), asked[0])
