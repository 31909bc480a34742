"""Reading the interchange file of ``synthsmith judge`` and ``verify``: one problem a line."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from synthsmith.errors import Drop, InputError
from synthsmith.formats.problem import Problem, bad_record, parse_object, parse_problem
from synthsmith.records import Dropped

MAX_LINE_BYTES = 256 * 2**20


def read_problems(path: Path) -> Iterator[Problem | Dropped]:
    """Each line of a JSONL file (also ``.gz``, ``.zst``) as a Problem, or Dropped(BAD_RECORD).

    Reads one line at a time. Raises InputError when the file cannot be read and, after the last
    line, when no line was valid.
    """
    seen: set[str] = set()
    first_drop: Dropped | None = None
    try:
        with ExitStack() as stack:
            for number, line in _lines(_opened(path, stack)):
                result = _read_line(number, line, seen)
                if isinstance(result, Problem):
                    seen.add(result.id)
                elif first_drop is None:
                    first_drop = result
                yield result
    except FileNotFoundError:
        raise InputError(f"no file {path}: name a file with one problem a line (JSONL)") from None
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise InputError(f"cannot read {path}: {error}") from None
    if not seen:
        why = f"; {first_drop.id}: {first_drop.detail}" if first_drop else ": it is empty"
        raise InputError(f"{path} has no valid problem{why}")


def _opened(path: Path, stack: ExitStack) -> BinaryIO:
    raw = stack.enter_context(path.open("rb"))
    if path.suffix == ".gz":
        return cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=raw)))
    if path.suffix == ".zst":
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return cast(BinaryIO, stack.enter_context(io.BufferedReader(cast(io.RawIOBase, reader))))
    return raw


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not blank; None for one of more than MAX_LINE_BYTES."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(2**20)
            yield number, None
        elif line.strip():
            yield number, line


def _read_line(number: int, line: bytes | None, seen: set[str]) -> Problem | Dropped:
    name = f"line {number}"
    try:
        if line is None:
            raise bad_record(f"longer than {MAX_LINE_BYTES // 2**20} MiB")
        value = parse_object(line)
        if isinstance(value.get("id"), str) and value["id"]:
            name = value["id"]
        problem = parse_problem(value)
        if problem.id in seen:
            raise bad_record(f"id: {problem.id!r} stands in an earlier line too")
        return problem
    except Drop as drop:
        detail = drop.detail if name == f"line {number}" else f"line {number}: {drop.detail}"
        return Dropped(kind="problem", id=name, stage="read", reason=drop.reason, detail=detail)
