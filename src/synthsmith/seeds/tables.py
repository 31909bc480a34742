"""Samples as they are found in JSONL and Parquet, a line or row each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from synthsmith.errors import DropReason, InputError
from synthsmith.records import Dropped
from synthsmith.seeds.folders import Found, Stream, dropped, one_line, why
from synthsmith.seeds.language import language_named

CODE_FIELDS = ("code", "content", "solution", "text")
LANGUAGE_FIELDS = ("language", "lang")

_MAX_LINE = 64 << 20
"""Longest JSONL line that is read, in bytes; rows of code corpora carry their tests along."""
_BATCH_ROWS = 512


def from_jsonl(path: Path) -> Stream:
    """A sample a line. Raises InputError when the file cannot be read."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_MAX_LINE):
                number += 1
                origin = f"line {number}"
                if len(line) == _MAX_LINE and not line.endswith(b"\n"):
                    while line and not line.endswith(b"\n"):
                        line = file.readline(_MAX_LINE)
                    yield dropped(origin, DropReason.TOO_LARGE, f"over {_MAX_LINE >> 20} MB")
                    continue
                line = line.removeprefix(b"\xef\xbb\xbf").strip()
                if line:
                    yield _from_line(origin, line)
    except OSError as error:
        raise InputError(f"cannot read the seeds of {one_line(path)}: {why(error)}") from None


def from_parquet(path: Path) -> Stream:
    """A sample a row, read batch by batch.

    Raises InputError for a damaged file or one without a column of code.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            wanted = (*CODE_FIELDS, *LANGUAGE_FIELDS, "id")
            names = file.schema_arrow.names
            columns = [name for name in wanted if name in names]
            if not set(columns) & set(CODE_FIELDS):
                raise InputError(
                    f"{one_line(path)} has no column of code: "
                    f"need one of {', '.join(CODE_FIELDS)}, "
                    f"found {one_line(', '.join(names[:12]) or 'none')}"
                )
            for batch in file.iter_batches(_BATCH_ROWS, columns=columns):
                values = {name: _values(batch.column(name)) for name in batch.schema.names}
                for index in range(batch.num_rows):
                    number += 1
                    row = {name: column[index] for name, column in values.items()}
                    yield _from_row(f"row {number}", row)
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{one_line(path)} is not a Parquet file that can be read: {one_line(str(error))}"
        ) from None


def _values(column: Any) -> list[Any]:
    """A column as Python values; text as bytes, for what it holds need not be valid UTF-8."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    return list(column.to_pylist())


def _from_line(origin: str, line: bytes) -> Found | Dropped:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return dropped(origin, DropReason.BAD_RECORD, str(error)[:200])
    if not isinstance(row, dict):
        return dropped(origin, DropReason.BAD_RECORD, "not a JSON object")
    return _from_row(origin, row)


def _from_row(origin: str, row: dict[str, Any]) -> Found | Dropped:
    name = row.get("id")
    if isinstance(name, int) and name.bit_length() <= 64:
        origin = str(name)
    elif isinstance(name, str | bytes) and name:
        origin = _plain(name)[:200]
    code = next((row[f] for f in CODE_FIELDS if isinstance(row.get(f), str | bytes)), None)
    if code is None:
        return dropped(origin, DropReason.BAD_RECORD, f"no text in {', '.join(CODE_FIELDS)}")
    said = next((row[f] for f in LANGUAGE_FIELDS if isinstance(row.get(f), str | bytes)), "")
    language = language_named(_plain(said))
    if said and language is None:
        return dropped(origin, DropReason.NOT_CODE, f"language {_plain(said)[:40]}")
    return Found(origin, language, code)


def _plain(value: str | bytes) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value
