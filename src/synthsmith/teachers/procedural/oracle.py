"""The true reference of a task, for tests and studies only; the road never imports this.

It comes from the composition that was drawn, never from reading a statement back.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from synthsmith.records import CompletionRequest, Io, Program
from synthsmith.teachers.procedural.algebra import Composition
from synthsmith.teachers.procedural.assemble import Look, program
from synthsmith.teachers.procedural.formulate import drawn
from synthsmith.teachers.procedural.kinds import KINDS, load
from synthsmith.teachers.procedural.running import (
    answer,
    make_args,
    reference_choice,
    text_of,
)
from synthsmith.teachers.procedural.testers import input_text, small_inputs


def drawn_composition(request: CompletionRequest) -> Composition:
    """Exactly the composition that the teacher wrote a task from for this formulate request."""
    return drawn(request)


def reference(composition: Composition, io: Io) -> Program:
    """The reference program."""
    code = program(composition, reference_choice(composition), "python", io, Look())
    return Program(
        language="python",
        code=code,
        io=io,
        fn_name=composition.solver.fn_name if io == "function" else "",
    )


def answers(composition: Composition, inputs: Iterable[str], io: Io) -> list[str]:
    """The true outputs (JSON for io "function") for valid inputs."""
    kind, params = KINDS[composition.source.kind], len(composition.solver.params)
    right = reference_choice(composition)
    outputs = []
    for text in inputs:
        value, extra = load(kind, params, text, io)
        result = answer(composition, right, (tuple(value), tuple(extra)))
        as_list = io == "function" and isinstance(result, list)
        outputs.append(str(result) if as_list else text_of(result))
    return outputs


def fresh_inputs(
    composition: Composition, seed: int, count: int, io: Io, *, large: bool = False
) -> list[str]:
    """Inputs to judge programs with: small and medium ones of every shape; the last fifth of
    them at the full size when ``large``."""
    rng = random.Random(seed)
    full = count // 5 if large else 0
    found = small_inputs(composition, rng, (count - full) // 2, io)
    most = min(composition.n_max, composition.solver.small)
    while len(found) < count:
        n = composition.n_max if len(found) >= count - full else rng.randint(2, max(2, most))
        n = max(n, composition.source.n_min)
        args = make_args(composition, rng, n, rng.randrange(100))
        found.append(input_text(composition, args, io))
    return found
