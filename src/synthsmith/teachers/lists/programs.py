"""Programs of the lists world: solutions with their plan, right or wrong, and the tester's."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from synthsmith.teachers.lists.world import (
    N_MAX,
    VALUES,
    Composition,
    agreement,
    questions,
)

_NAMES: tuple[dict[str, str], ...] = (
    {},
    {"a": "arr", "x": "v", "b": "res"},
    {"a": "nums", "b": "out", "s": "total"},
    {"a": "xs", "x": "y", "s": "acc"},
)
_READING = (
    "n = int(input())\na = list(map(int, input().split()))",
    "n = int(input())\na = [int(t) for t in input().split()]",
    "import sys\nn, *a = map(int, sys.stdin.read().split())",
)


def plan(composition: Composition) -> str:
    """The steps and the question in a few words."""
    words = [step.plan.replace("{c}", str(c)) for step, c in composition.steps]
    return ", ".join([*words, composition.question.plan])


def program(composition: Composition, rng: random.Random) -> str:
    """A right program; implementations, names and reading are drawn with ``rng``."""
    body = []
    for step, constant in composition.steps:
        *setup, value = rng.choice(step.code).replace("{c}", str(constant)).split("\n")
        body += [*setup, f"a = {value}"]
    *setup, value = rng.choice(composition.question.code).split("\n")
    body += setup
    reading = rng.choice(_READING)
    if rng.random() < 0.3:
        lines = ["def solve(a):", *(f"    {line}" for line in [*body, f"return {value}"])]
        text = "\n".join([*lines, reading, "print(solve(a))"])
    else:
        text = "\n".join([reading, *body, f"print({value})"])
    names = rng.choice(_NAMES)
    return re.sub(r"\b[abxs]\b", lambda name: names.get(name[0], name[0]), text) + "\n"


def mistaken(composition: Composition, rng: random.Random) -> Composition:
    """What someone solves who makes one mistake: a step left out, two in the wrong order, a
    constant off by one; it shows on more than a tenth of small lists. Where none of these does,
    another question, however often that shows."""
    steps = composition.steps
    made = [replace(composition, steps=steps[::-1])]
    for i, (step, constant) in enumerate(steps):
        made.append(replace(composition, steps=steps[:i] + steps[i + 1 :]))
        if step.constants != (0,):
            off = ((step, constant + rng.choice((-1, 1)) or 2),)
            made.append(replace(composition, steps=steps[:i] + off + steps[i + 1 :]))
    rng.shuffle(made)
    for other in made:
        if agreement(composition, other) < 0.9:
            return other
    others = [one for one in questions() if one is not composition.question]
    return replace(composition, question=rng.choice(others))


GENERATOR = f"""\
import random
seed, size = map(int, input().split())
random.seed(seed)
n = max(1, {N_MAX} * size // 100)
low, high = random.choice([{VALUES}, {VALUES}, (-5, 9), (0, 20)])
print(n)
print(*[random.randint(low, high) for _ in range(n)])
"""

VALIDATOR = f"""\
import re
import sys
lines = sys.stdin.read().split("\\n")
try:
    assert len(lines) == 3 and not lines[2]
    assert all(re.fullmatch("0|-?[1-9][0-9]*", t) for t in " ".join(lines[:2]).split(" "))
    n = int(lines[0])
    a = list(map(int, lines[1].split(" ")))
    assert 1 <= n <= {N_MAX} and len(a) == n
    assert all({VALUES[0]} <= x <= {VALUES[1]} for x in a)
    print("valid")
except (AssertionError, ValueError):
    print("invalid: not n and n integers within the limits")
"""
