"""What ``synthsmith judge`` and ``verify`` write: one JSON line a candidate, or a problem."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

import msgspec
from msgspec import UNSET, UnsetType

from synthsmith.errors import DropReason, InputError
from synthsmith.formats.problem import Problem, ProblemCandidate
from synthsmith.records import Dropped, Execution, Record, Split, Status, VerifiedTask


class JudgedTest(Record, frozen=True):
    """One execution; ``output`` is there only where it was asked for."""

    status: Status
    time_ms: float
    memory_kb: int
    near_limit: bool
    output: str | UnsetType = UNSET


class JudgeResult(Record, frozen=True):
    """A line of ``judge``. ``total`` counts the tests with an output, ``passed`` those accepted."""

    command: ClassVar[str] = "judge"

    id: str
    candidate: str
    status: Status
    passed: int
    total: int
    tier: str
    tests: tuple[JudgedTest, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What the line answers: (problem id, candidate id)."""
        return (self.id, self.candidate)


class VerifyTest(Record, frozen=True):
    """A labelled test of a verified problem."""

    input: str
    output: str
    confidence: float
    weight: float
    split: Split


class VerifyResult(Record, frozen=True):
    """A line of ``verify``; ``golden`` is a candidate's id, null where the problem was dropped."""

    command: ClassVar[str] = "verify"

    id: str
    status: Literal["verified", "dropped"]
    reason: DropReason | UnsetType = UNSET
    golden: str | None = None
    holdout_pass_rate: float | None = None
    pass_rates: dict[str, float] = msgspec.field(default_factory=dict)
    tests: tuple[VerifyTest, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What the line answers: (problem id,)."""
        return (self.id,)


def judge_line(
    problem: Problem,
    candidate: ProblemCandidate,
    executions: Sequence[Execution],
    *,
    outputs: bool = False,
) -> JudgeResult:
    """The line of one candidate; ``executions`` are in the order of ``problem.tests``."""
    known = sum(test.output is not None for test in problem.tests)
    statuses = [execution.verdict.status for execution in executions]
    clean: Status = "accepted" if known else "ran"
    return JudgeResult(
        id=problem.id,
        candidate=candidate.id,
        status=next((s for s in statuses if s not in ("accepted", "ran")), clean),
        passed=statuses.count("accepted"),
        total=known,
        tier=next((e.verdict.tier for e in executions if e.verdict.tier), ""),
        tests=tuple(
            JudgedTest(
                status=e.verdict.status,
                time_ms=e.verdict.time_ms,
                memory_kb=e.verdict.memory_kb,
                near_limit=e.verdict.near_limit,
                output=e.output if outputs else UNSET,
            )
            for e in executions
        ),
    )


def verify_line(problem_id: str, outcome: VerifiedTask | Dropped) -> VerifyResult:
    """The line of one problem."""
    if isinstance(outcome, Dropped):
        return VerifyResult(id=problem_id, status="dropped", reason=outcome.reason)
    return VerifyResult(
        id=problem_id,
        status="verified",
        golden=outcome.golden.id,
        holdout_pass_rate=outcome.holdout_pass_rate,
        pass_rates=outcome.pass_rates,
        tests=tuple(
            VerifyTest(
                input=t.input,
                output=t.output,
                confidence=t.confidence,
                weight=t.weight,
                split=t.split,
            )
            for t in outcome.tests
        ),
    )


def encode_line(result: JudgeResult | VerifyResult) -> bytes:
    """One JSON line, newline included."""
    try:
        return msgspec.json.encode(result) + b"\n"
    except UnicodeEncodeError:
        # An output that is not UTF-8 holds surrogates, which only Python's writer escapes.
        return json.dumps(msgspec.to_builtins(result), separators=(",", ":")).encode() + b"\n"


def _decoded(line: bytes, kind: type[JudgeResult] | type[VerifyResult]) -> tuple[str, ...]:
    """The key of a line that ``encode_line`` wrote; raises ValueError for any other."""
    value: Any = json.loads(line.decode())
    return msgspec.convert(value, kind).key


def continued_output(
    path: Path, kind: type[JudgeResult] | type[VerifyResult]
) -> set[tuple[str, ...]]:
    """The keys of the lines already in an output file; a torn last line is cut off the file.

    No file is no keys. Raises InputError, and leaves the file as it is, when it holds anything
    that ``kind`` did not write.
    """
    keys: set[tuple[str, ...]] = set()
    foreign = f"is not an output of synthsmith {kind.command}: name another output file"
    whole = 0
    try:
        with path.open("rb+") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    if not line.startswith(start := b'{"id":') and not start.startswith(line):
                        raise InputError(f"{path} line {number} {foreign}")
                    file.truncate(whole)
                    os.fsync(file.fileno())
                    break
                try:
                    keys.add(_decoded(line, kind))
                except (ValueError, RecursionError):
                    raise InputError(f"{path} line {number} {foreign}") from None
                whole += len(line)
    except FileNotFoundError:
        return keys
    except OSError as error:
        raise InputError(f"cannot continue {path}: {error.strerror or error}") from None
    return keys
