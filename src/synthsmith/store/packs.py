"""The pack files: appended to by one thread, read from any offset."""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path

from synthsmith.files import sync_folder


def pack_path(folder: Path, number: int) -> Path:
    """``packs/00007.pack``"""
    return folder / f"{number:05d}.pack"


def pack_sizes(folder: Path) -> dict[int, int]:
    """Number and size in bytes of every pack there is, in order."""
    found = {int(p.stem): p.stat().st_size for p in folder.glob("*.pack") if p.stem.isdecimal()}
    return dict(sorted(found.items()))


class PackWriter:
    """Appends frames and rolls to the next pack once one holds ``roll_bytes``.

    Every method may raise OSError. What an ``append`` wrote counts once ``sync`` has returned;
    without that, the next ``append`` takes it back first.
    """

    def __init__(self, folder: Path, number: int, roll_bytes: int) -> None:
        self._folder, self._roll_bytes = folder, roll_bytes
        self._fd = -1
        self._open(number)
        self._mark = number, self.end
        self._dirty = False

    def _open(self, number: int) -> None:
        path = pack_path(self._folder, number)
        new = not path.exists()
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self.close()
        self._fd, self.number, self.end = fd, number, os.fstat(fd).st_size
        if new:
            sync_folder(self._folder)

    def append(self, frames: list[bytes]) -> list[tuple[int, int]]:
        """Write frames; returns pack number and offset of each."""
        if self._dirty:
            self._undo()
        self._dirty = True
        places: list[tuple[int, int]] = []
        waiting: list[bytes] = []
        end = self.end
        for frame in frames:
            if end >= self._roll_bytes:
                self._write(waiting)
                os.fdatasync(self._fd)
                self._open(self.number + 1)
                waiting, end = [], self.end
            places.append((self.number, end))
            waiting.append(frame)
            end += len(frame)
        self._write(waiting)
        return places

    def _write(self, frames: list[bytes]) -> None:
        data = memoryview(b"".join(frames))
        while data:
            written = os.write(self._fd, data)
            self.end += written
            data = data[written:]

    def sync(self) -> None:
        """Make everything appended durable."""
        os.fdatasync(self._fd)
        self._mark = self.number, self.end
        self._dirty = False

    def _undo(self) -> None:
        number, end = self._mark
        for later in range(number + 1, self.number + 1):
            pack_path(self._folder, later).unlink(missing_ok=True)
        if self.number != number:
            self._open(number)
        os.ftruncate(self._fd, end)
        self.end = end

    def close(self) -> None:
        """Close the file; may be called again."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


class PackReader:
    """Reads bytes out of packs, keeping a bounded number of them open."""

    MOST_OPEN = 64

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fds: OrderedDict[int, int] = OrderedDict()

    def read(self, number: int, offset: int, length: int) -> bytes:
        """At most ``length`` bytes; fewer where the file ends. Raises OSError."""
        fd = self._fds.get(number)
        if fd is None:
            fd = os.open(pack_path(self._folder, number), os.O_RDONLY | os.O_CLOEXEC)
            self._fds[number] = fd
            if len(self._fds) > self.MOST_OPEN:
                os.close(self._fds.popitem(last=False)[1])
        return os.pread(fd, length, offset)

    def close(self) -> None:
        """Close all files."""
        while self._fds:
            os.close(self._fds.popitem()[1])
