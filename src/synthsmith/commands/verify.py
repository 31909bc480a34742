"""``synthsmith verify``: dual verification of candidates that people bring."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from synthsmith.commands.lines import Job, write_results
from synthsmith.commands.progress import print_line, tier_line
from synthsmith.errors import Drop, DropReason
from synthsmith.formats import Problem, VerifyResult, verify_line
from synthsmith.judge import Judge
from synthsmith.recipe import VerifySettings
from synthsmith.records import Candidate, Dropped, Program, Task, TestInput, Usage, VerifiedTask
from synthsmith.stages.agree import agree
from synthsmith.stages.golden import golden
from synthsmith.stages.label import label

_STOP_AFTER = 2


class Score:
    """How the vote compares with outputs the file knows (``--compare``)."""

    def __init__(self) -> None:
        self.known = self.right = self.goldens = self.right_goldens = 0

    async def add(self, problem: Problem, verified: VerifiedTask, judge: Judge) -> None:
        """Count the voted outputs that agree with known ones; a golden is right if all do."""
        known = {test.input: test.output for test in problem.tests if test.output is not None}
        voted = [test for test in verified.tests if test.input in known]
        statuses = [
            await judge.check(
                problem.checker, test.input, test.output, known[test.input], problem.limits
            )
            for test in voted
        ]
        self.known += len(voted)
        self.right += statuses.count("accepted")
        self.goldens += bool(voted)
        self.right_goldens += bool(voted) and set(statuses) == {"accepted"}


def verify_file(problems: Path, output: Path, compare: bool, judge: Judge) -> None:
    """Verify every problem and print a summary. Raises SynthSmithError."""
    counts: Counter[str] = Counter()
    score = Score() if compare else None
    asyncio.run(_verify_file(problems, output, score, judge, counts))
    for outcome, count in counts.most_common():
        print_line(f"{count:>8} {outcome}")
    if score:
        print_line(
            f"voted outputs equal to known ones: {score.right} of {score.known}; "
            f"golden solutions right on all of them: {score.right_goldens} of {score.goldens}"
        )
    print(output)


async def _verify_file(
    problems: Path, output: Path, score: Score | None, judge: Judge, counts: Counter[str]
) -> None:
    async with judge:
        tier_line(judge)

        def jobs(problem: Problem) -> Iterator[Job[VerifyResult]]:
            yield (problem.id,), partial(_line, problem, score, judge)

        def seen(result: VerifyResult) -> None:
            counts[str(result.reason.value) if result.reason else result.status] += 1

        await write_results(problems, output, VerifyResult, jobs, seen)


async def _line(problem: Problem, score: Score | None, judge: Judge) -> VerifyResult:
    try:
        verified = await _verified(problem, judge)
    except Drop as drop:
        dropped = Dropped(
            kind="problem",
            id=problem.id,
            stage=drop.stage,
            reason=drop.reason,
            detail=drop.detail,
        )
        return verify_line(problem.id, dropped)
    if score:
        await score.add(problem, verified, judge)
    return verify_line(problem.id, verified)


async def _verified(problem: Problem, judge: Judge) -> VerifiedTask:
    """The two steps on one problem; its known outputs play no part."""
    task = _task(problem)
    distinct = {test.input.strip(): test for test in reversed(problem.tests)}
    inputs = sorted(
        (TestInput(id=t.id, input=t.input, origin=t.origin) for t in distinct.values()),
        key=lambda test: (len(test.input), test.id),
    )
    candidates = [
        Candidate(
            id=one.id,
            task_id=problem.id,
            teacher=one.teacher,
            reasoning="",
            answer="",
            code=one.code,
            language=one.language,
            usage=Usage(),
            finish="stop",
        )
        for one in problem.candidates
    ]
    texts = [test.input for test in inputs]
    programs = [
        Program(language=c.language, code=c.code, io=task.io, fn_name=task.fn_name)
        for c in candidates
    ]
    runs = await asyncio.gather(
        *(judge.execute(p, texts, task.limits, stop_after=_STOP_AFTER) for p in programs)
    )
    executions = {c.id: run for c, run in zip(candidates, runs, strict=True)}
    answers = await agree(task.checker, inputs, executions, task.limits, judge)
    settings = VerifySettings()
    vote = label(inputs, answers, settings, random.Random(problem.id), _ignore)
    return golden(task, candidates, vote, settings)


def _ignore(test: TestInput, reason: DropReason, detail: str) -> None:
    """Inputs without a label are simply absent from the line."""


def _task(problem: Problem) -> Task:
    return Task(
        id=problem.id,
        style="leetcode" if problem.io == "function" else "codeforces",
        title=problem.id,
        statement=problem.statement,
        samples=(),
        io=problem.io,
        fn_name=problem.fn_name,
        checker=problem.checker,
        limits=problem.limits,
    )
