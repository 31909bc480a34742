"""Grading: one program, all tests of its problem, every one of which it must pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from synthsmith.evaluate.answers import with_prelude
from synthsmith.judge import Judge
from synthsmith.records import Checker, Execution, Io, Limits, Program, Record, Status, Verdict

LIVECODEBENCH_LIMITS = Limits(time_limit_s=6.0, memory_limit_mb=4096)
"""Six seconds a test, of CPU time here, so that no load can make a program too slow."""
_FIRST, _GROWTH, _MOST = 2, 16, 64
"""Tests run at once: few at first, for most wrong programs fail early."""
_PART_MS = 500.0
"""CPU time of tests run at once, if they take as long as the slowest before: a test that comes
after the one that fails is run for nothing."""
_KILLS = 2
"""Of a program that is run on all tests: so many tests killed at a limit, and the rest is not."""
_TRIES = 3

GradeStatus = Status | Literal["no_code"]


class Grading(Record, frozen=True):
    """How programs for a problem are called and judged; ``prelude`` as in ``with_prelude``."""

    io: Io = "stdin"
    fn_name: str = ""
    checker: Checker = "lines-decimal"
    limits: Limits = LIVECODEBENCH_LIMITS
    prelude: bool = True


class Test(Record, frozen=True):
    """An input and the right output."""

    __test__ = False

    input: str
    output: str


class Grade(Record, frozen=True):
    """What became of one program.

    ``status`` is ``accepted`` or that of the first test it did not pass; ``passed`` is how many it
    passed of those it was run on. ``near_limit`` says that the time of the deciding test (of any,
    where all are passed) was too close to the limit to be called from one run. ``judge_error`` is
    nobody's wrong answer.
    """

    status: GradeStatus
    passed: int
    total: int
    near_limit: bool = False
    detail: str = ""

    @property
    def accepted(self) -> bool:
        """Whether all tests are passed."""
        return self.status == "accepted"


async def grade(
    judge: Judge, grading: Grading, tests: Sequence[Test], code: str, *, whole: bool = False
) -> Grade:
    """Run ``code`` (Python) on the tests in order until one is not passed.

    ``whole`` goes on, until two tests were killed at a limit; a test that the judge failed at then
    makes the status ``judge_error`` wherever it stands. Raises InputError for an unknown checker.
    What the judge itself fails at is tried again.
    """
    if not code.strip():
        return Grade(status="no_code", passed=0, total=len(tests))
    source = with_prelude(code, grading.io) if grading.prelude else code
    program = Program(language="python", code=source, io=grading.io, fn_name=grading.fn_name)
    first: tuple[Status, Verdict] | None = None
    done, passed, near = 0, 0, False
    part = len(tests) if whole else _FIRST
    while done < len(tests) and (whole or first is None):
        chosen = tests[done : done + part]
        runs = await _runs(judge, program, chosen, grading.limits, _KILLS if whole else 1)
        for test, run in zip(chosen, runs, strict=True):
            status = await _status(judge, grading, test, run)
            near |= run.verdict.near_limit
            passed += status == "accepted"
            if status != "accepted" and (first is None or status == "judge_error"):
                first = status, run.verdict
            if first and (first[0] == "judge_error" or not whole):
                break
        done += len(chosen)
        part = _next_part(part, runs)
    if first is None:
        return Grade(status="accepted", passed=passed, total=len(tests), near_limit=near)
    status, verdict = first
    return Grade(
        status=status, passed=passed, total=len(tests),
        near_limit=verdict.near_limit, detail=verdict.detail[-200:],
    )  # fmt: skip


def _next_part(part: int, runs: Sequence[Execution]) -> int:
    slowest = max(run.verdict.time_ms for run in runs)
    return min(_MOST, _GROWTH * part, max(1, int(_PART_MS / max(slowest, 1.0))))


async def _status(judge: Judge, grading: Grading, test: Test, run: Execution) -> Status:
    if run.verdict.status != "ran":
        return run.verdict.status
    return await judge.check(grading.checker, test.input, run.output, test.output, grading.limits)


async def _runs(
    judge: Judge, program: Program, tests: Sequence[Test], limits: Limits, stop_after: int
) -> list[Execution]:
    inputs = [test.input for test in tests]
    for _ in range(_TRIES):
        runs = await judge.execute(program, inputs, limits, stop_after=stop_after)
        if not any(run.verdict.status == "judge_error" for run in runs):
            break
    return runs
