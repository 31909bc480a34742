"""Files that are whole or absent, and the words for what a disk can do to us."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from synthsmith.errors import InputError

_ADVICE = {
    errno.ENOSPC: "free some space and run the same command again",
    errno.EDQUOT: "free some space and run the same command again",
    errno.EFBIG: "raise the file size limit (ulimit -f) and run the same command again",
    errno.EROFS: "choose a place that can be written",
    errno.EACCES: "choose a place that can be written",
    errno.EPERM: "choose a place that can be written",
    errno.ENOTDIR: "choose another place: a file is in the way",
    errno.EEXIST: "choose another place: a file is in the way",
}


def cannot(what: str, path: Path, error: Exception) -> InputError:
    """``error`` as one clear line: ``cannot write runs/x/a.parquet: No space left on device; …``"""
    number = error.errno if isinstance(error, OSError) and error.errno else 0
    reason = os.strerror(number) if number else " ".join(str(error).split())
    advice = f"; {_ADVICE[number]}" if number in _ADVICE else ""
    return InputError(f"cannot {what} {path}: {reason}{advice}")


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place, synced, when the block ends well.

    Leaves ``path`` as it was when the block raises. Raises InputError when the file system refuses.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise cannot("write", path, error) from None
    finally:
        # A folder that refuses the file may refuse this too; the first error is the one to tell.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
