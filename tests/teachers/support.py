"""Requests as the road makes them, and compositions to try parts in."""

from __future__ import annotations

import asyncio
import contextlib
import io as streams
import random
import sys
from typing import Any

from synthsmith.prompts import render
from synthsmith.recipe import SkillSettings
from synthsmith.records import Completion, CompletionRequest, Io, PromptKind
from synthsmith.teachers.base import Teacher
from synthsmith.teachers.procedural.algebra import Composition, Scale, Solver, Step, Transform
from synthsmith.teachers.procedural.draw import chains
from synthsmith.teachers.procedural.parts import solvers

FLAWLESS = SkillSettings(
    right_easy=1,
    right_hard=1,
    shared_misreading=0,
    truncated=0,
    malformed=0,
    wrong_sample=0,
    invalid_input=0,
)


def request(kind: PromptKind, index: int = 0, seed: int = 1, **values: object) -> CompletionRequest:
    """A request with a rendered prompt."""
    messages = render(kind, **values)
    seed += index
    return CompletionRequest(kind=kind, model="m", messages=messages, seed=seed, index=index)


def ask(teacher: Teacher, asked: CompletionRequest) -> Completion:
    """The teacher's reply, awaited."""
    return asyncio.run(teacher.complete(asked))


def formulate(features: str, style: str, index: int = 0) -> CompletionRequest:
    """A formulate request."""
    return request(
        "formulate",
        index,
        features=features,
        strategy="Combine them.",
        style=style,
        time_limit_s=1,
        memory_limit_mb=256,
    )


def solve(statement: str, io: Io, language: str, index: int = 0, fn: str = "") -> CompletionRequest:
    """A solve request."""
    return request(
        "solve",
        index,
        statement=statement,
        io=io,
        fn_name=fn,
        language=language,
        time_limit_s=1,
        memory_limit_mb=256,
        fence=f"```{language}",
    )


def plain(solver: Solver, scale: Scale = "small") -> list[Composition]:
    """The solver with every source it fits directly, or else over the shortest chains."""
    found = []
    for source, made in sorted(chains(solver.takes), key=lambda chain: len(chain[1])):
        if found and len(made) > len(found[0].steps):
            break
        steps = tuple(Step(t, t.constants[0] if t.constants else 0) for t in made)
        for values in source.values[scale]:
            cap = solver.small if scale == "small" else solver.large
            n_max = min(source.sizes[scale][-1], cap)
            constant = solver.constants[0] if solver.constants else 0
            composition = Composition(source, steps, solver, constant, scale, n_max, values)
            if composition.shapes() is not None:
                found.append(composition)
    return found


def around(transform: Transform) -> list[Composition]:
    """The transform alone between a source and each solver that takes its result."""
    found = []
    for solver in solvers():
        for source, made in chains(solver.takes):
            if made != (transform,):
                continue
            for values in source.values["small"]:
                step = Step(transform, transform.constants[0] if transform.constants else 0)
                constant = solver.constants[0] if solver.constants else 0
                n_max = min(source.sizes["small"][-1], solver.small)
                composition = Composition(source, (step,), solver, constant, "small", n_max, values)
                if composition.shapes() is not None:
                    found.append(composition)
    return found


def run_python(code: str, text: str, io: Io = "stdin", fn: str = "") -> str:
    """What a program of our own prints (JSON-like for io "function")."""
    if io == "function":
        import json

        scope: dict[str, Any] = {"__name__": "candidate"}
        exec(compile(code, "<candidate>", "exec"), scope)
        args = [json.loads(line) for line in text.splitlines() if line.strip()]
        return json.dumps(getattr(scope["Solution"](), fn)(*args))
    before = sys.stdin
    data = streams.BytesIO(text.encode())
    sys.stdin = streams.TextIOWrapper(data)
    out = streams.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(code, "<candidate>", "exec"), {"__name__": "__main__"})
    finally:
        sys.stdin = before
    return out.getvalue()


def rng_for(*what: object) -> random.Random:
    """Randomness that is the same in every run."""
    return random.Random(repr(what))
