"""One problem as people bring it: what a line may hold, and every way it can be wrong."""

from __future__ import annotations

import json
import math
import re
from keyword import iskeyword
from typing import Any

import msgspec

from synthsmith.errors import Drop, DropReason
from synthsmith.records import (
    Checker,
    CheckerProgram,
    InputOrigin,
    Io,
    Language,
    Limits,
    Record,
)

MAX_TIME_LIMIT_S = 3600.0
CHECKERS = ("tokens", "exact", "lines-unordered", "lines-decimal", "json")
"""The built-in ones beside ``floats:E``."""
MIN_MEMORY_LIMIT_MB, MAX_MEMORY_LIMIT_MB = 16, 2**20


class ProblemCandidate(Record, frozen=True):
    """A program someone brought."""

    id: str
    language: Language
    code: str
    teacher: str = ""


class ProblemTest(Record, frozen=True):
    """An input; ``output`` is None where none is known."""

    id: str
    input: str
    output: str | None = None
    origin: InputOrigin = "prompt"


class Problem(Record, frozen=True):
    """One valid line. Ids are unique: of problems in the file, of the rest in their problem."""

    id: str
    statement: str
    io: Io
    fn_name: str
    limits: Limits
    checker: Checker
    candidates: tuple[ProblemCandidate, ...]
    tests: tuple[ProblemTest, ...]


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what stands in the file: other fields are ignored, null is the same as absent."""


class _CandidateLine(_Line, frozen=True):
    id: str | int
    language: Language
    code: str
    teacher: str | None = None


class _TestLine(_Line, frozen=True):
    input: str
    id: str | int | None = None
    output: str | None = None
    origin: InputOrigin | None = None


class _ProblemLine(_Line, frozen=True):
    id: str | int
    candidates: tuple[_CandidateLine, ...]
    tests: tuple[_TestLine, ...]
    statement: str | None = None
    io: Io | None = None
    fn_name: str | None = None
    time_limit_s: float | None = None
    memory_limit_mb: int | None = None
    checker: str | CheckerProgram | None = None


def bad_record(detail: str) -> Drop:
    """The Drop of a line that is not what it should be."""
    return Drop(DropReason.BAD_RECORD, detail)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def parse_object(line: bytes) -> dict[str, Any]:
    """The JSON object of a line; raises Drop(BAD_RECORD).

    Python's reader, for it keeps the surrogates that stand for bytes which are not UTF-8.
    """
    try:
        value = json.loads(line.decode(), parse_constant=_no_constant)
        if re.search(rb"\\u[dD]", line):
            json.dumps(value, ensure_ascii=False).encode(errors="surrogateescape")
    except UnicodeDecodeError as error:
        raise bad_record(f"not UTF-8 at byte {error.start}") from None
    except UnicodeEncodeError:
        raise bad_record("holds half a surrogate pair, which is not text") from None
    except json.JSONDecodeError as error:
        raise bad_record(f"not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise bad_record(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise bad_record("not a JSON object")
    return value


def _converted(value: dict[str, Any]) -> _ProblemLine:
    try:
        return msgspec.convert(value, _ProblemLine)
    except msgspec.ValidationError as error:
        text, _, place = str(error).partition(" - at `$")
        place = place.rstrip("`").lstrip(".")
        text = text.replace("Object missing required field", "missing field")
        text = text.replace("Object contains unknown field", "unknown field")
        raise bad_record(f"{place}: {text}" if place else text) from None


def parse_problem(value: dict[str, Any]) -> Problem:
    """The problem in a line's object; raises Drop(BAD_RECORD) naming the field that is wrong.

    Ids that are whole numbers become strings; ``io`` is "function" where it is absent and
    ``fn_name`` is given.
    """
    line = _converted(value)
    for name in ("candidates", "tests"):
        if not getattr(line, name):
            raise bad_record(f"{name}: none given")
    candidates = tuple(
        ProblemCandidate(id=str(c.id), language=c.language, code=c.code, teacher=c.teacher or "")
        for c in line.candidates
    )
    tests = tuple(
        ProblemTest(
            id=f"t{number}" if t.id is None else str(t.id),
            input=t.input,
            output=t.output,
            origin=t.origin or "prompt",
        )
        for number, t in enumerate(line.tests, 1)
    )
    if not str(line.id):
        raise bad_record("id: is empty")
    _check_ids("candidates", [c.id for c in candidates])
    _check_ids("tests", [t.id for t in tests])
    problem = Problem(
        id=str(line.id),
        statement=line.statement or "",
        io=line.io or ("function" if line.fn_name else "stdin"),
        fn_name=line.fn_name or "",
        limits=_limits(line),
        checker=_checked_checker(line.checker),
        candidates=candidates,
        tests=tests,
    )
    if problem.io == "function":
        _check_function(problem)
    return problem


def _check_ids(name: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for index, id_ in enumerate(ids):
        if not id_:
            raise bad_record(f"{name}[{index}].id: is empty")
        if id_ in seen:
            raise bad_record(f"{name}[{index}].id: {id_!r} is given twice")
        seen.add(id_)


def _limits(line: _ProblemLine) -> Limits:
    defaults = Limits()
    seconds = defaults.time_limit_s if line.time_limit_s is None else line.time_limit_s
    memory = defaults.memory_limit_mb if line.memory_limit_mb is None else line.memory_limit_mb
    if not 0 < seconds <= MAX_TIME_LIMIT_S:
        raise bad_record(f"time_limit_s: must be above 0 and at most {MAX_TIME_LIMIT_S:.0f}")
    if not MIN_MEMORY_LIMIT_MB <= memory <= MAX_MEMORY_LIMIT_MB:
        raise bad_record(
            f"memory_limit_mb: must be from {MIN_MEMORY_LIMIT_MB} to {MAX_MEMORY_LIMIT_MB}"
        )
    return Limits(time_limit_s=seconds, memory_limit_mb=memory)


def _checked_checker(checker: str | CheckerProgram | None) -> Checker:
    if checker is None:
        return "tokens"
    if isinstance(checker, CheckerProgram) or checker in CHECKERS:
        return checker
    kind, _, tolerance = checker.partition(":")
    try:
        if kind == "floats" and math.isfinite(number := float(tolerance)) and number >= 0:
            return checker
    except ValueError:
        pass
    raise bad_record(
        f"checker: {checker[:40]!r} is none of {', '.join(CHECKERS)}, floats:E with a finite E >= 0"
    )


def _check_function(problem: Problem) -> None:
    """Function style: a name, Python only, arguments and results that are JSON."""
    if not problem.fn_name.isidentifier() or iskeyword(problem.fn_name):
        raise bad_record(f"fn_name: {problem.fn_name[:40]!r} is no name of a function")
    for index, candidate in enumerate(problem.candidates):
        if candidate.language != "python":
            raise bad_record(f"candidates[{index}].language: a function is Python only")
    for index, test in enumerate(problem.tests):
        for number, argument in enumerate(test.input.strip().split("\n"), 1):
            if test.input.strip() and not _is_json(argument):
                raise bad_record(f"tests[{index}].input: line {number} is not JSON")
        if test.output is not None and not _is_json(test.output):
            raise bad_record(f"tests[{index}].output: is not JSON")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
