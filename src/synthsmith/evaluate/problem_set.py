"""The problems of a file or folder: told apart by their fields, tests read when needed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from synthsmith.errors import Drop, InputError
from synthsmith.evaluate import livecodebench, own_problems
from synthsmith.evaluate.grade import Test
from synthsmith.evaluate.problem import EvalProblem
from synthsmith.evaluate.windows import EVERYTHING, Window, release_of
from synthsmith.records import digest
from synthsmith.tools import Progress

Row = dict[str, Any]
_CACHED = 16
"""Problems whose tests are kept in memory."""


class _Kind(NamedTuple):
    name: str
    mark: str
    """A field that no other kind has."""
    problem: Callable[[Row], EvalProblem]
    tests: Callable[[Row], list[Test]]


_KINDS = (
    _Kind("livecodebench", "question_content", livecodebench.read_row, livecodebench.read_tests),
    _Kind("synthsmith", "reward_model", own_problems.read_rl_row, own_problems.read_rl_tests),
    _Kind("problems", "tests", own_problems.read_problem_line, own_problems.read_problem_tests),
)


class _Place(NamedTuple):
    """Where a row stands: a byte of a JSONL file, or a row of a group of a Parquet file."""

    path: Path
    at: int
    row: int
    name: str
    """For a person: ``test.jsonl line 3``."""


class ProblemSet:
    """The problems of a file that fall into a window, in the order of the file.

    ``kind`` is livecodebench, synthsmith (an RL set of ours) or problems (what ``synthsmith judge``
    reads); ``known`` has the ids of all problems of the file, in the window or not; ``digest`` is
    of all that a score depends on.
    """

    def __init__(self, path: Path, window: Window, progress: Progress) -> None:
        """Read and check everything; raises InputError, of one line, for the first thing wrong."""
        self.path, self.window = path, window
        self._cached = lru_cache(_CACHED)(self._read_tests)
        self._places: dict[str, _Place] = {}
        kinds: Counter[str] = Counter()
        chosen = []
        for place, value in _rows(path, progress):
            kind, problem = _read(place, value, window)
            if problem.id in self._places:
                first = self._places[problem.id].name
                raise InputError(f"{place.name}: {problem.id!r} stands in {first} already")
            self._places[problem.id] = place
            kinds[kind.name] += 1
            release = release_of(place.path.name)
            if window is EVERYTHING or window.holds(_date(problem), release):
                chosen.append(problem)
        self.known = frozenset(self._places)
        if not chosen:
            raise InputError(f"{path} has no problem in {window}" if kinds else f"{path} is empty")
        if len(kinds) > 1:
            raise InputError(f"{path} mixes problems of {' and '.join(sorted(kinds))}")
        (self.kind,) = kinds
        self.problems = tuple(self._checked(chosen, progress))
        self.digest = digest([problem.digest for problem in self.problems])

    def tests(self, problem: EvalProblem) -> list[Test]:
        """The tests of one of its problems; those of the last few are kept."""
        return self._cached(problem.id)

    def _read_tests(self, problem_id: str) -> list[Test]:
        place = self._places[problem_id]
        return _kind(place, value := _row_at(place)).tests(value)

    def _checked(self, chosen: list[EvalProblem], progress: Progress) -> Iterator[EvalProblem]:
        """The problems with their digests, for which all tests are read once."""
        with progress("reading tests", len(chosen)) as advance:
            for problem in chosen:
                try:
                    tests = self._read_tests(problem.id)
                except (InputError, Drop) as error:
                    raise InputError(f"{self._places[problem.id].name}: {error}") from None
                if not tests:
                    raise InputError(f"{self._places[problem.id].name}: it has no tests")
                yield msgspec.structs.replace(problem, digest=_digest(problem, tests))
                advance()


def _date(problem: EvalProblem) -> datetime:
    return datetime.fromisoformat(problem.date)


def _digest(problem: EvalProblem, tests: list[Test]) -> str:
    together = hashlib.sha256(digest(problem).encode())
    for test in tests:
        for text in (test.input, test.output):
            data = text.encode("utf-8", "surrogatepass")
            together.update(b"%d\0" % len(data))
            together.update(data)
    return together.hexdigest()


def _read(place: _Place, value: Row, window: Window) -> tuple[_Kind, EvalProblem]:
    kind = _kind(place, value)
    try:
        problem = kind.problem(value)
    except InputError as error:
        raise InputError(f"{place.name}: {error}") from None
    if window is not EVERYTHING and not problem.date:
        raise InputError(f"{place.name}: it has no date, so --window {window.name} means nothing")
    return kind, problem


def _kind(place: _Place, value: Row) -> _Kind:
    for kind in _KINDS:
        if kind.mark in value:
            return kind
    fields = ", ".join(list(value)[:8]) or "no fields"
    raise InputError(
        f"{place.name}: neither a problem of LiveCodeBench (question_content) nor a row of an RL"
        f" set (reward_model) nor a line with tests; it has {fields}"[:300]
    )


def _rows(path: Path, progress: Progress) -> Iterator[tuple[_Place, Row]]:
    files = _files(path)
    with progress("reading files", len(files)) as advance:
        for file in files:
            try:
                yield from (_from_parquet(file) if file.suffix == ".parquet" else _from_jsonl(file))
            except (OSError, pa.ArrowException) as error:
                why = " ".join(str(error).split())[:200]
                raise InputError(f"cannot read {file}: {why}") from None
            advance()


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix in (".jsonl", ".parquet"))
        if not found:
            raise InputError(f"{path} holds no .jsonl or .parquet file of problems")
        return found
    if not path.is_file():
        raise InputError(f"no problems at {path}: name a JSONL or Parquet file, or a folder")
    return [path]


def _from_jsonl(path: Path) -> Iterator[tuple[_Place, Row]]:
    with path.open("rb") as file:
        at = 0
        for number, line in enumerate(file, 1):
            if line.strip():
                place = _Place(path, at, 0, f"{path.name} line {number}")
                yield place, _decoded(place, line)
            at += len(line)


def _decoded(place: _Place, line: bytes) -> Row:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise InputError(f"{place.name}: not JSON: {str(error)[:150]}") from None
    if not isinstance(value, dict):
        raise InputError(f"{place.name}: not a JSON object")
    return value


def _from_parquet(path: Path) -> Iterator[tuple[_Place, Row]]:
    with pq.ParquetFile(path) as file:
        number = 0
        for group in range(file.num_row_groups):
            row = 0
            for batch in file.iter_batches(16, row_groups=[group]):
                for value in batch.to_pylist():
                    number += 1
                    yield _Place(path, group, row, f"{path.name} row {number}"), _iso(value)
                    row += 1


def _iso(value: Row) -> Row:
    """Dates that a Parquet file holds as such, written as JSON would."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in value.items()}


def _row_at(place: _Place) -> Row:
    if place.path.suffix != ".parquet":
        with place.path.open("rb") as file:
            file.seek(place.at)
            return _decoded(place, file.readline())
    with pq.ParquetFile(place.path) as parquet:
        seen = 0
        for batch in parquet.iter_batches(16, row_groups=[place.at]):
            if place.row < seen + batch.num_rows:
                return _iso(batch.slice(place.row - seen, 1).to_pylist()[0])
            seen += batch.num_rows
    raise InputError(f"{place.name} is gone: the file changed while it was read")
