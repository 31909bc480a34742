"""Agree: which outputs of one input count as the same answer, by the task's own checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synthsmith.judge import Judge, canonical
from synthsmith.records import Checker, Execution, Limits, TestInput
from synthsmith.tools import stage

Answers = dict[str, list[str | None]]


@stage
async def agree(
    checker: Checker,
    inputs: Sequence[TestInput],
    executions: Mapping[str, Sequence[Execution]],
    limits: Limits,
    judge: Judge,
) -> Answers:
    """``answers[candidate id][i]``: the first output seen that counts as the same, or None.

    None stands where the candidate did not end cleanly. Built-in checkers but ``floats`` compare
    canonical forms; ``floats`` and checker programs compare each new output with those before it.
    """
    answers: Answers = {id_: [] for id_ in executions}
    for i, test in enumerate(inputs):
        first: dict[str, str] = {}
        for id_, runs in executions.items():
            run = runs[i]
            if run.verdict.status != "ran":
                answers[id_].append(None)
                continue
            answers[id_].append(await _same(checker, test.input, run.output, first, limits, judge))
    return answers


async def _same(
    checker: Checker, text: str, output: str, first: dict[str, str], limits: Limits, judge: Judge
) -> str:
    """The representative of ``output`` among ``first`` (form to output), which may grow."""
    if isinstance(checker, str) and not checker.startswith("floats"):
        return first.setdefault(canonical(checker, output), output)
    if output not in first:
        for known in dict.fromkeys(first.values()):
            if await judge.check(checker, text, output, known, limits) == "accepted":
                first[output] = known
                break
    return first.setdefault(output, output)
