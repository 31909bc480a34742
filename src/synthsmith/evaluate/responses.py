"""Answers that exist already: LiveCodeBench's files of custom outputs and of evaluations."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from synthsmith.errors import InputError
from synthsmith.evaluate.answers import extract_code
from synthsmith.evaluate.problem_set import ProblemSet
from synthsmith.records import Record


class Response(Record, frozen=True):
    """One answer: its text where the file has it, and the program in it.

    ``graded`` is what the file says of it (None where it says nothing).
    """

    text: str
    code: str
    graded: bool | None = None


class Responses(Record, frozen=True):
    """Answers by problem id, and the digest of the file."""

    digest: str
    by_problem: dict[str, tuple[Response, ...]]


class _Entry(msgspec.Struct, frozen=True):
    question_id: str | None = None
    id: str | None = None
    code_list: list[str] | None = None
    output_list: list[str] | None = None
    graded_list: list[bool] | None = None


def read_responses(path: Path, problems: ProblemSet, n: int) -> Responses:
    """The answers of a file: a JSON list, or JSON lines, of ``{question_id, code_list}`` (programs)
    or ``{question_id, output_list}`` (whole answers); ``id`` does for ``question_id``.

    Answers for problems outside the window are left out. Raises InputError, of one line, for ids
    the problem file does not know or has twice, problems without answers, and other than ``n``.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the responses {path}: {error.strerror}") from None
    found: dict[str, tuple[Response, ...]] = {}
    for number, entry in enumerate(_entries(path, data), 1):
        name = entry.question_id or entry.id
        if not name:
            raise InputError(f"{path.name} entry {number}: question_id is missing")
        if name in found:
            raise InputError(f"{path.name} entry {number}: {name!r} has answers already")
        if name not in problems.known:
            raise InputError(
                f"{path.name} entry {number}: answers for {name!r}, which {problems.path} has not"
            )
        found[name] = _responses(path, name, entry)
    wanted = {problem.id for problem in problems.problems}
    if missing := sorted(wanted - found.keys()):
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise InputError(f"{path.name} has no answer for {missing[0]!r}{more}")
    for name in sorted(wanted):
        if len(found[name]) != n:
            raise InputError(
                f"{path.name}: {name!r} has {len(found[name])} samples, --n asks for {n}"
            )
    return Responses(
        digest=hashlib.sha256(data).hexdigest(),
        by_problem={name: found[name] for name in wanted},
    )


def _entries(path: Path, data: bytes) -> list[_Entry]:
    try:
        if data.lstrip().startswith(b"["):
            values: list[Any] = msgspec.json.decode(data)
        else:
            values = msgspec.json.Decoder().decode_lines(data)
        return msgspec.convert(values, list[_Entry])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        why = " ".join(str(error).split())[:150]
        raise InputError(f"{path.name} is no file of answers: {why}") from None


def _responses(path: Path, name: str, entry: _Entry) -> tuple[Response, ...]:
    if entry.code_list is None and entry.output_list is None:
        raise InputError(f"{path.name}: {name!r} has neither code_list nor output_list")
    texts = entry.output_list
    codes = entry.code_list or [extract_code(text) for text in texts or []]
    texts = texts or [""] * len(codes)
    graded: list[bool] | list[None] = entry.graded_list or [None] * len(codes)
    if not len(codes) == len(texts) == len(graded):
        raise InputError(f"{path.name}: the lists of {name!r} are not of one length")
    return tuple(
        Response(text=text, code=code, graded=mark)
        for text, code, mark in zip(texts, codes, graded, strict=True)
    )
