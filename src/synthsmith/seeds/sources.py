"""Where seeds come from: folders, code files, JSONL and Parquet, each as a stream of samples."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from synthsmith.errors import DropReason, InputError
from synthsmith.records import Dropped, Language
from synthsmith.seeds.language import SUFFIXES, language_named

CODE_FIELDS = ("code", "content", "solution", "text")
LANGUAGE_FIELDS = ("language", "lang")
TABLES = (".jsonl", ".ndjson", ".parquet")

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_MAX_LINE = 64 << 20
"""Longest JSONL line that is read, in bytes; rows of code corpora carry their tests along."""
_BATCH_ROWS = 512


class Found(msgspec.Struct, frozen=True):
    """A sample as it was found; ``language`` is None where it has to be guessed."""

    origin: str
    language: Language | None
    code: str | bytes


Stream = Iterator[Found | Dropped]


def dropped(origin: str, reason: DropReason, detail: str = "") -> Dropped:
    return Dropped(kind="seed", id=origin, stage="seeds", reason=reason, detail=detail)


def from_folder(root: Path, max_bytes: int) -> Stream:
    """Every file below ``root``, by relative path; a skipped folder counts as one drop.

    Links to folders are not followed, so there are no loops. Raises InputError when ``root``
    itself cannot be listed.
    """
    files: list[str] = []
    drops: dict[str, Dropped] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                listed = list(entries)
        except OSError as error:
            if not folder:
                raise InputError(f"cannot list the seeds folder {root}: {error.strerror}") from None
            drops[folder] = dropped(_shown(folder), DropReason.UNREADABLE, _why(error))
            continue
        for entry in listed:
            path = f"{folder}{entry.name}"
            if not _is_folder(entry):
                files.append(path)
            elif entry.is_symlink():
                drops[path] = dropped(_shown(path), DropReason.UNREADABLE, "link to a folder")
            elif entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS:
                drops[path] = dropped(_shown(f"{path}/"), DropReason.NOT_CODE, "skipped folder")
            else:
                folders.append(f"{path}/")
    for path in sorted([*files, *drops]):
        yield drops[path] if path in drops else from_file(root / path, path, max_bytes)


def from_file(path: Path, origin: str, max_bytes: int) -> Found | Dropped:
    """One code file. Only regular files are opened, and at most ``max_bytes`` are read."""
    shown, suffix = _shown(origin), path.suffix.lower()
    if suffix not in SUFFIXES:
        hint = f"{suffix}: name the file itself to read it" if suffix in TABLES else suffix
        return dropped(shown, DropReason.NOT_CODE, _shown(hint) or "no suffix")
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            return dropped(shown, DropReason.UNREADABLE, "not a regular file")
        if info.st_size > max_bytes:
            return dropped(shown, DropReason.TOO_LARGE, f"{info.st_size} bytes")
        with path.open("rb") as file:
            return Found(shown, SUFFIXES[suffix], file.read(max_bytes + 1))
    except OSError as error:
        return dropped(shown, DropReason.UNREADABLE, _why(error))


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
        raise InputError(f"cannot read the seeds of {path}: {_why(error)}") from None


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
                    f"{path} has no column of code: need one of {', '.join(CODE_FIELDS)}, "
                    f"found {', '.join(names[:12]) or 'none'}"
                )
            for batch in file.iter_batches(_BATCH_ROWS, columns=columns):
                values = {name: _values(batch.column(name)) for name in batch.schema.names}
                for index in range(batch.num_rows):
                    number += 1
                    row = {name: column[index] for name, column in values.items()}
                    yield _from_row(f"row {number}", row)
    except (pa.ArrowException, OSError) as error:
        line = " ".join(str(error).split())[:200]
        raise InputError(f"{path} is not a Parquet file that can be read: {line}") from None


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
    except (msgspec.DecodeError, RecursionError) as error:
        return dropped(origin, DropReason.BAD_RECORD, str(error)[:200])
    if not isinstance(row, dict):
        return dropped(origin, DropReason.BAD_RECORD, "not a JSON object")
    return _from_row(origin, row)


def _from_row(origin: str, row: dict[str, Any]) -> Found | Dropped:
    name = row.get("id")
    if isinstance(name, str | bytes | int) and name not in ("", b""):
        origin = _plain(name)[:200]
    code = next((row[f] for f in CODE_FIELDS if isinstance(row.get(f), str | bytes)), None)
    if code is None:
        return dropped(origin, DropReason.BAD_RECORD, f"no text in {', '.join(CODE_FIELDS)}")
    said = next((row[f] for f in LANGUAGE_FIELDS if isinstance(row.get(f), str | bytes)), "")
    language = language_named(_plain(said))
    if said and language is None:
        return dropped(origin, DropReason.NOT_CODE, f"language {_plain(said)[:40]}")
    return Found(origin, language, code)


def _plain(value: str | bytes | int) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _shown(path: str) -> str:
    """A path as valid Unicode, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
