"""An evaluation: every sample answered and graded, all of it behind the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from synthsmith.errors import InterruptedRun
from synthsmith.evaluate.answering import Answer, Answerer
from synthsmith.evaluate.grade import Grade, GradeStatus, Test, grade
from synthsmith.evaluate.problem import EvalProblem
from synthsmith.evaluate.problem_set import ProblemSet
from synthsmith.records import Finish, Record, digest
from synthsmith.tools import Progress, Tools


class AnswerRow(Record, frozen=True):
    """A row of ``answers.parquet``: one answer, kept whole, and what became of it.

    ``passed`` of ``total`` tests come before the one that decided.
    """

    problem_id: str
    sample: int
    status: GradeStatus
    passed: int
    total: int
    near_limit: bool
    finish: Finish
    completion_tokens: int | None
    code: str
    text: str
    reasoning: str
    detail: str
    graded: bool | None


class Evaluation:
    """Answers and grades of a set of problems; ``at_once`` samples are under way together."""

    def __init__(self, tools: Tools, problems: ProblemSet, n: int, at_once: int) -> None:
        self._tools, self._set, self._n, self._at_once = tools, problems, n, at_once
        self._reading = asyncio.Lock()
        self._places = asyncio.Semaphore(tools.judge.queue)

    async def run(self, answerer: Answerer, progress: Progress) -> list[list[AnswerRow]]:
        """Rows by problem and sample. Raises InterruptedRun and what ends a run."""
        problems = self._set.problems
        with progress("answers", len(problems) * self._n) as advance:

            async def one(i: int, sample: int) -> AnswerRow:
                answer = await answerer.answer(i, sample)
                found = await self._graded(problems[i], answer)
                advance()
                return _row(problems[i], sample, answer, found)

            jobs = [one(i, sample) for i in range(len(problems)) for sample in range(self._n)]
            rows = await self._tools.gather(jobs, at_once=self._at_once)
        return [rows[start : start + self._n] for start in range(0, len(rows), self._n)]

    async def _graded(self, problem: EvalProblem, answer: Answer) -> Grade:
        """The grade of a program, from the ledger where it holds one."""
        judge, ledger = self._tools.judge, self._tools.ledger
        key = digest({"problem": problem.digest, "code": answer.code, "judge": judge.version})
        known = ledger.get("outcome", key)
        if known is not None:
            return msgspec.msgpack.decode(known, type=Grade)
        if self._tools.stopping:
            raise InterruptedRun("interrupted; run the same command again to go on")
        async with self._places:  # those who wait hold no tests
            found = await grade(judge, problem.grading, await self._tests(problem), answer.code)
        if found.status != "judge_error":
            ledger.attempt("outcome", key)
            ledger.put("outcome", key, msgspec.msgpack.encode(found))
        return found

    async def _tests(self, problem: EvalProblem) -> Sequence[Test]:
        async with self._reading:
            return await asyncio.to_thread(self._set.tests, problem)


def _row(problem: EvalProblem, sample: int, answer: Answer, found: Grade) -> AnswerRow:
    return AnswerRow(
        problem_id=problem.id,
        sample=sample,
        status=found.status,
        passed=found.passed,
        total=found.total,
        near_limit=found.near_limit,
        finish=answer.finish,
        completion_tokens=answer.completion_tokens,
        code=_text(answer.code),
        text=_text(answer.text),
        reasoning=_text(answer.reasoning),
        detail=_text(answer.detail or found.detail),
        graded=answer.graded,
    )


def _text(text: str) -> str:
    """Text that a table can hold."""
    return text.encode("utf-8", "replace").decode()
