"""Samples as they are found in folders and code files, before anything looks into them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from synthsmith.errors import DropReason, InputError
from synthsmith.records import Dropped, Language
from synthsmith.seeds.language import SUFFIXES

TABLES = (".jsonl", ".ndjson", ".parquet")

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


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
                raise InputError(
                    f"cannot list the seeds folder {one_line(root)}: {why(error)}"
                ) from None
            drops[folder] = dropped(_shown(folder), DropReason.UNREADABLE, why(error))
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
        return dropped(shown, DropReason.UNREADABLE, why(error))


def one_line(text: str | Path) -> str:
    """A path or detail as it may stand in a one-line message."""
    shown = _shown(str(text))
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in shown)
    return shown if len(shown) <= 300 else f"{shown[:200]}…{shown[-90:]}"


def why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _shown(path: str) -> str:
    """A path as valid Unicode, whatever bytes the file system holds."""
    return path.encode("utf-8", "backslashreplace").decode()
