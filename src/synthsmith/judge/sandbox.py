"""Isolation: what this machine can give, and starting workers in it."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import signal
import socket
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from synthsmith.errors import InputError
from synthsmith.judge.cgroups import Group, Hierarchy, find_hierarchy
from synthsmith.judge.native import Native, Toolchain
from synthsmith.recipe import IsolationSetting

Tier = Literal["A", "B", "C", "none"]
Mode = Literal["root", "user", "none", "bare"]
Kind = Literal["python", "native", "compile"]

_CONTROL_FD = 3
# Costly to import and in most contest programs. What names none of them does without.
_COMMON = "collections functools heapq bisect"
_IMPORTS_COMMON = re.compile(
    rb"^\s*(?:import|from)\b.*\b(?:" + b"|".join(_COMMON.encode().split()) + rb")\b", re.MULTILINE
)
_BOX = "/box"
_FOLDER = "synthsmith-box-"
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
# Users that no system gives out; two in a row for every worker.
_FIRST_UID = 0x70000000
UIDS = 2000
MISSING = {
    "A": "",
    "B": "tier B: no memory and process control groups, so memory is limited by address space",
    "C": "tier C: no namespaces; programs are held by Landlock, seccomp and limits alone",
    "none": "NO ISOLATION, as you asked: programs can read, change and send away whatever this "
    "user can; only their time, memory and output are limited",
}
_ACCEPTED = "none-i-accept-the-risk"


class Key(NamedTuple):
    """A sort of worker: with a writable ``box`` for compilers and checkers, or not; for Python,
    with ``common`` modules imported before the job is known, or not."""

    kind: Kind
    box: bool = False
    common: bool = False


def python_key(source: bytes, *, box: bool = False) -> Key:
    """The worker for a Python source."""
    return Key("python", box, common=_IMPORTS_COMMON.search(source) is not None)


@dataclass(frozen=True)
class Isolation:
    """What holds programs here: a tier, how to get there, and where groups are made (tier A)."""

    tier: Tier
    mode: Mode
    hierarchy: Hierarchy | None

    @property
    def namespaces(self) -> bool:
        """Whether programs see a root folder, processes and users of their own."""
        return self.mode in ("root", "user")


@dataclass
class Process:
    """A started worker: its launcher, the judge's end of its control socket, what to clean up."""

    pid: int
    control: socket.socket
    messages: int
    group: Group | None
    box: Path | None

    def complaint(self) -> str:
        """What the launcher said on its standard error; "" if nothing."""
        return os.pread(self.messages, 1000, 0).decode("utf-8", "replace").strip()

    def kill(self) -> None:
        """Kills the launcher, and with it everything in the jail; returns when all are gone.

        May be called again.
        """
        if self.control.fileno() < 0:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        # The socket ends when the last process that holds the other side is gone.
        self.control.setblocking(True)
        self.control.settimeout(10)
        with contextlib.suppress(OSError):
            while self.control.recv(1 << 16):
                pass
        self.control.close()
        os.close(self.messages)
        if self.group is not None:
            self.group.remove()
        if self.box is not None:
            shutil.rmtree(self.box, ignore_errors=True)


def sweep() -> None:
    """Removes boxes left behind by judges that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        if not Path("/proc", folder.name.removeprefix(_FOLDER).split("-")[0]).exists():
            shutil.rmtree(folder, ignore_errors=True)


def candidates(wanted: str) -> list[Isolation]:
    """Every isolation to try, the strongest first; less than tier C only if ``wanted`` says so.

    Raises InputError for a setting that does not exist.
    """
    settings = get_args(IsolationSetting)
    if wanted not in settings:
        raise InputError(f"unknown isolation {wanted!r}: use one of {', '.join(settings)}")
    if wanted == _ACCEPTED:
        return [Isolation("none", "bare", None)]
    hierarchy = find_hierarchy()
    modes: list[Mode] = ["root", "user"] if os.geteuid() == 0 else ["user"]
    found = [Isolation("A", mode, hierarchy) for mode in modes if hierarchy]
    found += [Isolation("B", mode, None) for mode in modes]
    found.append(Isolation("C", "none", None))
    return [one for one in found if wanted in ("auto", one.tier)]


def start(
    isolation: Isolation,
    key: Key,
    native: Native,
    toolchain: Toolchain | None = None,
    include: tuple[Path, ...] = (),
) -> Process:
    """Starts a worker as ``key`` says; ``include`` is for compilers.

    Must be called from a thread that lives as long as the worker: the kernel kills it with its
    parent thread. Raises InputError if the launcher cannot even be started.
    """
    group = Group(isolation.hierarchy) if isolation.hierarchy else None
    folder = None
    if key.box and not isolation.namespaces:
        folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))
        folder.chmod(0o777)
    place = str(folder or _BOX) if key.box else ""
    ours, theirs = socket.socketpair()
    messages = os.memfd_create("messages")
    arguments = _arguments(isolation, key, native, toolchain, place, group, include)
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDWR, 0),
        (os.POSIX_SPAWN_DUP2, 0, 1),
        (os.POSIX_SPAWN_DUP2, messages, 2),
        (os.POSIX_SPAWN_DUP2, theirs.fileno(), _CONTROL_FD),
    ]
    try:
        pid = os.posix_spawn(str(native.jail), arguments, {}, file_actions=actions)
    except OSError as error:
        raise InputError(f"cannot start the judge's launcher: {error.strerror}") from error
    finally:
        theirs.close()
    ours.setblocking(False)
    return Process(pid, ours, messages, group, folder)


def _arguments(
    isolation: Isolation,
    key: Key,
    native: Native,
    toolchain: Toolchain | None,
    box: str,
    group: Group | None,
    include: tuple[Path, ...],
) -> list[str]:
    uid = _worker_uid(isolation)
    arguments = [str(native.jail), "-m", isolation.mode, "-k", key.kind, "-u", str(uid)]
    for procs in group.procs if group else []:
        arguments += ["-g", str(procs)]
    command: list[str] = []
    readable: list[str] = ["/dev/null"]
    if key.kind == "python":
        readable += [*_LIBRARIES, *_interpreter_paths(), str(native.folder)]
        inside = 1 if isolation.mode == "root" else uid
        drop = isolation.mode == "root" or (not isolation.namespaces and uid != 0)
        read_all = drop and not isolation.namespaces and not all(map(_open_to_all, readable))
        bare = isolation.mode == "bare"
        settings = [isolation.namespaces, drop, group is not None, read_all, bare, inside]
        command = [
            _interpreter(), "-S", "-s", "-P", "-B", str(native.harness), str(native.extension),
            *(str(int(setting)) for setting in settings), box, _COMMON if key.common else "",
        ]  # fmt: skip
    elif toolchain is not None and key.kind == "compile":
        readable += ["/bin", "/usr/bin", "/usr/include", "/usr/libexec", "/usr/local/include"]
        readable += [*_LIBRARIES, str(toolchain.headers), *map(str, include)]
        command = list(toolchain.command(*include))
    elif toolchain is None or not toolchain.static:
        readable += _LIBRARIES
    for path in dict.fromkeys(readable):
        arguments += ["-b", path]
    if not isolation.namespaces and uid and not all(map(_open_to_all, readable)):
        arguments.append("-r")
    return [*arguments, *(["-t", box] if box else []), "--", *command]


def _open_to_all(path: str) -> bool:
    """Whether any user may pass the folders above ``path``."""
    return all(parent.stat().st_mode & 0o001 for parent in Path(path).parents if parent.exists())


def _worker_uid(isolation: Isolation) -> int:
    if os.geteuid() != 0 or isolation.mode == "user":
        return 0
    return first_uid() + next(_uids)


def first_uid() -> int:
    """The first of the ``UIDS`` users that this process gives its workers, two to each."""
    return _FIRST_UID + os.getpid() % 100_000 * UIDS


_uids = itertools.cycle(range(0, UIDS, 2))


def _interpreter() -> str:
    """The real interpreter behind any virtual environment."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (Path(sys.base_prefix, "bin", name), Path(os.path.realpath(sys.executable))):
        if candidate.exists():
            return str(candidate)
    raise InputError(f"cannot find the Python interpreter under {sys.base_prefix}")


def _interpreter_paths() -> list[str]:
    """What the interpreter reads: itself, its library, its standard library."""
    paths = sysconfig.get_paths(vars={"base": sys.base_prefix, "platbase": sys.base_exec_prefix})
    library = Path(sys.base_prefix, "lib")
    shared = sorted(map(str, library.glob("libpython*.so*")))
    return [*dict.fromkeys([_interpreter(), paths["stdlib"], paths["platstdlib"], *shared])]
