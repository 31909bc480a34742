"""``synthsmith judge``: verdicts on candidates that people bring."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from synthsmith.commands.lines import Job, write_results
from synthsmith.commands.progress import print_line, tier_line
from synthsmith.formats import JudgeResult, Problem, ProblemCandidate, judge_line
from synthsmith.judge import Judge
from synthsmith.records import Execution, Program


def new_judge(workers: int, isolation: str, include: Path | None) -> Judge:
    """A judge with the settings of the command line."""
    return Judge(workers=workers, isolation=isolation, include=include)


def judge_file(problems: Path, output: Path, outputs: bool, judge: Judge) -> None:
    """Judge every candidate of every problem and print a summary. Raises SynthSmithError."""
    counts: Counter[str] = Counter()
    asyncio.run(_judge_file(problems, output, outputs, judge, counts))
    for status, count in counts.most_common():
        print_line(f"{count:>8} {status}")
    print(output)


async def _judge_file(
    problems: Path, output: Path, outputs: bool, judge: Judge, counts: Counter[str]
) -> None:
    async with judge:
        tier_line(judge)

        def jobs(problem: Problem) -> Iterator[Job[JudgeResult]]:
            for candidate in problem.candidates:
                key = (problem.id, candidate.id)
                yield key, partial(_line, problem, candidate, outputs, judge)

        def seen(result: JudgeResult) -> None:
            counts[result.status] += 1

        await write_results(problems, output, JudgeResult, jobs, seen)


async def _line(
    problem: Problem, candidate: ProblemCandidate, outputs: bool, judge: Judge
) -> JudgeResult:
    program = Program(
        language=candidate.language, code=candidate.code, io=problem.io, fn_name=problem.fn_name
    )
    runs = await judge.execute(program, [test.input for test in problem.tests], problem.limits)
    checked = await asyncio.gather(
        *(_checked(problem, i, run, judge) for i, run in enumerate(runs))
    )
    return judge_line(problem, candidate, checked, outputs=outputs)


async def _checked(problem: Problem, i: int, run: Execution, judge: Judge) -> Execution:
    """The execution with its verdict against the test's output, where there is one."""
    test = problem.tests[i]
    if run.verdict.status != "ran" or test.output is None:
        return run
    status = await judge.check(problem.checker, test.input, run.output, test.output, problem.limits)
    verdict = msgspec.structs.replace(run.verdict, status=status)
    return msgspec.structs.replace(run, verdict=verdict)
