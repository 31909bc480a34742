"""LiveCodeBench's problems: a row's fields, and its private tests without running anything."""

from __future__ import annotations

import base64
import binascii
import io
import pickle
import zlib
from datetime import datetime
from typing import Any, NoReturn

import msgspec

from synthsmith.errors import InputError
from synthsmith.evaluate.grade import Grading, Test
from synthsmith.evaluate.problem import EvalProblem

_MOST_BYTES = 2**30
"""Private tests of one problem, unpacked."""


class Row(msgspec.Struct, frozen=True):
    """What a row has to hold; the texts of tests are read only when they are needed."""

    question_id: str
    question_title: str
    question_content: str
    platform: str
    contest_date: str
    starter_code: str
    difficulty: str
    public_test_cases: str
    private_test_cases: str
    metadata: str


class _TestCase(msgspec.Struct, frozen=True):
    input: str
    output: str
    testtype: str


class _Metadata(msgspec.Struct, frozen=True):
    func_name: str | None = None


class _TextOnly(pickle.Unpickler):
    """Reads pickles of plain values; what would import anything is refused."""

    def find_class(self, module_name: str, global_name: str, /) -> NoReturn:
        raise InputError(
            f"its private tests are a pickle that would run {module_name}.{global_name}"[:150]
            + ", which is refused"
        )


def read_row(value: dict[str, Any]) -> EvalProblem:
    """The problem in a row, its tests aside. Raises InputError with the field that is wrong."""
    try:
        row = msgspec.convert(value, Row)
    except msgspec.MsgspecError as error:
        raise InputError(_plain(error)) from None
    try:
        metadata = msgspec.json.decode(row.metadata or "{}", type=_Metadata)
    except msgspec.MsgspecError as error:
        raise InputError(f"metadata: {_plain(error)}") from None
    try:
        date = datetime.fromisoformat(row.contest_date)
    except ValueError:
        raise InputError(f"contest_date {row.contest_date[:40]!r} is no date") from None
    name = metadata.func_name or ""
    return EvalProblem(
        id=row.question_id,
        title=row.question_title,
        statement=row.question_content,
        platform=row.platform,
        difficulty=row.difficulty,
        date=date.replace(tzinfo=None).isoformat(),
        starter_code=row.starter_code,
        grading=Grading(
            io="function" if name else "stdin",
            fn_name=name,
            checker="json" if name else "lines-decimal",
        ),
    )


def read_tests(value: dict[str, Any]) -> list[Test]:
    """Public, then private tests of a row. Raises InputError for what cannot be read."""
    private = value["private_test_cases"]
    cases = [
        *_cases(value["public_test_cases"], "public_test_cases"),
        *_cases(private if private.lstrip().startswith("[") else _unpacked(private),
                "private_test_cases"),
    ]  # fmt: skip
    metadata = msgspec.json.decode(value["metadata"] or "{}", type=_Metadata)
    wanted = "functional" if metadata.func_name else "stdin"
    if any(case.testtype != wanted for case in cases):
        raise InputError(f"a test is not of type {wanted}, as its metadata says")
    return [Test(input=case.input, output=case.output) for case in cases]


def _cases(text: str, name: str) -> list[_TestCase]:
    try:
        return msgspec.json.decode(text, type=list[_TestCase])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise InputError(f"{name}: {_plain(error)}") from None


def _unpacked(text: str) -> str:
    """base64, zlib, pickle of a text, as LiveCodeBench packs it."""
    try:
        unzip = zlib.decompressobj()
        packed = base64.b64decode("".join(text.split()), validate=True)
        data = unzip.decompress(packed, _MOST_BYTES)
        if not unzip.eof:
            why = "are cut off" if len(data) < _MOST_BYTES else "unpack to over 1 GiB"
            raise InputError(f"its private tests {why}")
        found = _TextOnly(io.BytesIO(data)).load()
    except (binascii.Error, zlib.error) as error:
        raise InputError(f"its private tests cannot be unpacked: {error}") from None
    except (pickle.UnpicklingError, EOFError, IndexError, KeyError, ValueError, TypeError,
            AttributeError, MemoryError, UnicodeError, OverflowError) as error:  # fmt: skip
        why = str(error)[:100] or type(error).__name__
        raise InputError(f"its private tests are a broken pickle: {why}") from None
    if not isinstance(found, str):
        raise InputError("its private tests are a pickle, but not of a text")
    return found


def _plain(error: Exception) -> str:
    return " ".join(str(error).replace("Object missing", "missing").split())[:200]
