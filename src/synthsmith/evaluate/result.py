"""The result of an evaluation: what was done, what came out, how far it could be off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from synthsmith.errors import InputError
from synthsmith.evaluate.contamination import Drop, find_drop
from synthsmith.evaluate.evaluation import AnswerRow
from synthsmith.evaluate.metrics import (
    AvgAtK,
    Difference,
    avg_at_k,
    mean_pass_at_k,
    paired_difference,
)
from synthsmith.evaluate.problem import EvalProblem
from synthsmith.evaluate.settings import EvalSettings
from synthsmith.records import Record

_ORDER = {"easy": 0, "medium": 1, "hard": 2}


class Environment(Record, frozen=True):
    """Where it was done; the same answers should get the same grades elsewhere."""

    synthsmith: str
    judge_tier: str
    judge_version: str


class Counts(Record, frozen=True):
    """Answers by what is to know of them; ``judge_errors`` were graded by nobody and stand as not
    passed, so that the score with all of them passed is ``score_if_passed``."""

    answers: int
    passed: int
    cut_by_length: int
    no_code: int
    timed_out: int
    near_limit: int
    refused: int
    judge_errors: int
    score_if_passed: float
    statuses: dict[str, int]
    mean_tokens: float | None


class ProblemResult(Record, frozen=True):
    """One problem and the statuses of its samples, in order."""

    id: str
    date: str
    platform: str
    difficulty: str
    statuses: tuple[str, ...]

    @property
    def passed(self) -> list[bool]:
        """Which samples passed."""
        return [status == "accepted" for status in self.statuses]


class Result(Record, frozen=True):
    """``result.json``. Nothing in it is measured in time, so a resumed evaluation gives the same.

    ``disagreements`` are (problem id, sample) whose grade is not what the file of answers says.
    """

    settings: EvalSettings
    environment: Environment
    score: AvgAtK
    pass_at: dict[str, float]
    counts: Counts
    by_difficulty: dict[str, AvgAtK]
    by_platform: dict[str, AvgAtK]
    by_month: dict[str, AvgAtK]
    drop: Drop | None
    disagreements: tuple[tuple[str, int], ...]
    problems: tuple[ProblemResult, ...]


class Reproduction(Record, frozen=True):
    """Two evaluations of the same settings: their difference, and where they part."""

    difference: Difference
    same_grades: int
    grades: int
    changed_problems: tuple[str, ...]


def build_result(
    settings: EvalSettings,
    environment: Environment,
    problems: Sequence[EvalProblem],
    rows: Sequence[Sequence[AnswerRow]],
    cutoff: str,
) -> Result:
    """The result over rows by problem and sample; raises InputError for an impossible cutoff."""
    results = tuple(
        ProblemResult(
            id=problem.id, date=problem.date, platform=problem.platform,
            difficulty=problem.difficulty, statuses=tuple(row.status for row in samples),
        )
        for problem, samples in zip(problems, rows, strict=True)
    )  # fmt: skip
    table = [one.passed for one in results]
    rates = [sum(row) / len(row) for row in table]
    return Result(
        settings=settings,
        environment=environment,
        score=avg_at_k(table),
        pass_at={str(k): mean_pass_at_k(table, k) for k in _powers(settings.n)},
        counts=_counts(rows),
        by_difficulty=_groups(results, lambda one: one.difficulty),
        by_platform=_groups(results, lambda one: one.platform),
        by_month=_groups(results, lambda one: one.date[:7]),
        drop=find_drop(problems, rates, cutoff),
        disagreements=tuple(
            (row.problem_id, row.sample) for samples in rows for row in samples
            if row.graded not in (None, row.status == "accepted")
        ),
        problems=results,
    )  # fmt: skip


def _powers(n: int) -> list[int]:
    found = [2**i for i in range(n.bit_length()) if 2**i <= n]
    return found if n in found else [*found, n]


def _groups(
    results: Sequence[ProblemResult], key: Callable[[ProblemResult], str]
) -> dict[str, AvgAtK]:
    tables: dict[str, list[list[bool]]] = {}
    for one in results:
        if key(one):
            tables.setdefault(key(one), []).append(one.passed)
    order = sorted(tables, key=lambda name: (_ORDER.get(name, -1), name))
    return {name: avg_at_k(tables[name]) for name in order}


def _counts(rows: Sequence[Sequence[AnswerRow]]) -> Counts:
    every = [row for samples in rows for row in samples]
    statuses = Counter(str(row.status) for row in every)
    passed, lost = statuses["accepted"], statuses["judge_error"]
    tokens = [row.completion_tokens for row in every if row.completion_tokens is not None]
    return Counts(
        answers=len(every),
        passed=passed,
        cut_by_length=sum(row.finish == "length" for row in every),
        no_code=statuses["no_code"],
        timed_out=statuses["time_limit_exceeded"],
        near_limit=sum(row.near_limit for row in every),
        refused=sum(row.finish == "error" for row in every),
        judge_errors=lost,
        score_if_passed=(passed + lost) / len(every),
        statuses=dict(sorted(statuses.items())),
        mean_tokens=sum(tokens) / len(tokens) if tokens else None,
    )


def read_result(path: Path) -> Result:
    """A ``result.json``, or that of a run folder. Raises InputError."""
    file = path / "result.json" if path.is_dir() else path
    try:
        return msgspec.json.decode(file.read_bytes(), type=Result)
    except OSError as error:
        raise InputError(f"cannot read the result {file}: {error.strerror}") from None
    except msgspec.MsgspecError as error:
        raise InputError(f"{file} is no result of an evaluation: {error}") from None


def compare(before: Result, now: Result) -> Reproduction:
    """``now`` beside ``before``; both are over the same problems and number of samples."""
    pairs = list(zip(before.problems, now.problems, strict=True))
    same = [sum(a == b for a, b in zip(x.statuses, y.statuses, strict=True)) for x, y in pairs]
    return Reproduction(
        difference=paired_difference([y.passed for _, y in pairs], [x.passed for x, _ in pairs]),
        same_grades=sum(same),
        grades=sum(len(x.statuses) for x, _ in pairs),
        changed_problems=tuple(
            x.id for (x, _), count in zip(pairs, same, strict=True) if count < len(x.statuses)
        ),
    )
