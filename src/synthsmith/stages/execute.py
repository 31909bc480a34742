"""Execute: every candidate on every input, in the judge, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from synthsmith.records import Candidate, Execution, Program, Task, TestInput
from synthsmith.tools import Desk, stage

_STOP_AFTER = 2
"""Kills at the time or output limit after which the rest of a candidate's inputs is not run: it can
no longer be golden, and inputs come smallest first, so what a slow program can vote on has been
run by then."""


@stage
async def execute(
    task: Task, candidates: Sequence[Candidate], inputs: Sequence[TestInput], desk: Desk
) -> dict[str, list[Execution]]:
    """``executions[candidate id][i]`` is of ``inputs[i]``, which must come smallest first."""
    texts = [test.input for test in inputs]

    async def one(candidate: Candidate) -> list[Execution]:
        program = Program(
            language=candidate.language, code=candidate.code, io=task.io, fn_name=task.fn_name
        )
        return await desk.execute(program, texts, task.limits, stop_after=_STOP_AFTER)

    runs = await desk.tools.gather(one(candidate) for candidate in candidates)
    for candidate, run in zip(candidates, runs, strict=True):
        counts = desk.verdicts.setdefault(candidate.teacher, Counter())
        counts.update(execution.verdict.status for execution in run)
    return {candidate.id: run for candidate, run in zip(candidates, runs, strict=True)}
