"""Memory and process-count control groups, versions 1 and 2."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "synthsmith-"
_MAX_PROCESSES = 80
_counter = itertools.count()


@dataclass(frozen=True)
class Hierarchy:
    """Where groups can be made: one parent per controller (the same one twice in version 2)."""

    version: int
    memory: Path
    pids: Path


class Group:
    """One worker's group. Joining is the launcher's first act, by writing to ``procs``."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        name = f"{_PREFIX}{os.getpid()}-{next(_counter)}"
        self._version = hierarchy.version
        self._memory = hierarchy.memory / name
        self._pids = hierarchy.pids / name
        self._limit = 0
        for folder in {self._memory, self._pids}:
            folder.mkdir()
        (self._pids / "pids.max").write_text(str(_MAX_PROCESSES))
        if self._version == 2:
            with contextlib.suppress(OSError):  # absent where there is no swap
                (self._memory / "memory.swap.max").write_text("0")

    @property
    def procs(self) -> list[Path]:
        return sorted({folder / "cgroup.procs" for folder in (self._memory, self._pids)})

    def limit_memory(self, size: int) -> None:
        """Sets the limit in bytes; raises OSError if the kernel cannot bring the group below it."""
        if size == self._limit:
            return
        name = "memory.max" if self._version == 2 else "memory.limit_in_bytes"
        (self._memory / name).write_text(str(size))
        self._limit = size

    def kills(self) -> int:
        """How many processes the kernel has killed here for want of memory."""
        name = "memory.events" if self._version == 2 else "memory.oom_control"
        for line in (self._memory / name).read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == "oom_kill":
                return int(value)
        return 0

    def remove(self) -> None:
        """Removes the group once its last process is gone (at most a few seconds)."""
        for folder in {self._memory, self._pids}:
            _remove(folder)


def find_hierarchy() -> Hierarchy | None:
    """Where this process may make groups with memory and pids limits, or None.

    Groups left behind by judges that were killed are removed on the way.
    """
    mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    own = Path("/proc/self/cgroup").read_text().splitlines()
    with contextlib.suppress(OSError):
        found = locate(mounts, own)
        if found is not None:
            _sweep(found)
            Group(found).remove()
            return found
    return None


def locate(mounts: list[str], own: list[str]) -> Hierarchy | None:
    """Reads lines of /proc/self/mountinfo and /proc/self/cgroup; may enable controllers (v2)."""
    paths = {}
    for line in own:
        _, names, path = line.split(":", 2)
        paths.update(dict.fromkeys(names.split(","), path))
    folders = {}
    for line in mounts:
        left, _, right = line.partition(" - ")
        root, point = left.split()[3:5]
        kind, _, options = right.split(" ", 2)
        for name in options.split(",") if kind == "cgroup" else [""] if kind == "cgroup2" else []:
            if name in paths:
                relative = os.path.relpath(paths[name], root) if root != "/" else paths[name]
                folders[name] = Path(point, relative.lstrip("/"))
    if "memory" in folders and "pids" in folders:
        return Hierarchy(1, folders["memory"], folders["pids"])
    parent = _delegated(folders[""]) if "" in folders else None
    return Hierarchy(2, parent, parent) if parent else None


def _delegated(own: Path) -> Path | None:
    """The nearest folder whose children may have both controllers (version 2).

    A group that has processes cannot pass controllers on, so a scope of our own is emptied by
    moving this process, if it is the only one there, to a child.
    """
    for folder in (own, own.parent):
        if _enable(folder):
            return folder
    if (own / "cgroup.procs").read_text().split() == [str(os.getpid())]:
        leaf = own / f"{_PREFIX}{os.getpid()}-main"
        leaf.mkdir(exist_ok=True)
        (leaf / "cgroup.procs").write_text("0")
        if _enable(own):
            return own
    return None


def _enable(folder: Path) -> bool:
    control = folder / "cgroup.subtree_control"
    if not control.exists() or not os.access(folder, os.W_OK):
        return False
    wanted = {"memory", "pids"}
    if not wanted <= set(control.read_text().split()):
        with contextlib.suppress(OSError):
            control.write_text("+memory +pids")
    return wanted <= set(control.read_text().split())


def _sweep(hierarchy: Hierarchy) -> None:
    for parent in {hierarchy.memory, hierarchy.pids}:
        for folder in parent.glob(f"{_PREFIX}*-*"):
            if not Path("/proc", folder.name.split("-")[1]).exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()


def _remove(folder: Path) -> None:
    for _ in range(200):
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.01)
        else:
            return
