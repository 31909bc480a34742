"""A locked folder, and whether it lies on a network file system."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from synthsmith.errors import InputError

_NETWORK_TYPES = {
    *("9p", "afs", "beegfs", "ceph", "cifs", "fuse.gcsfuse", "fuse.glusterfs", "fuse.juicefs"),
    *("fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "nfs", "nfs4", "panfs", "smb3"),
    *("smbfs", "virtiofs"),
}

_locks: set[int] = set()


def _drop_inherited() -> None:
    # A forked worker that outlives a killed run would otherwise keep the folder locked.
    while _locks:
        os.close(_locks.pop())


os.register_at_fork(after_in_child=_drop_inherited)


def lock_folder(path: Path) -> int:
    """Lock a run folder for this process; the lock goes with the descriptor that is returned.

    Raises InputError when another process, or another opener in this one, holds it.
    """
    fd = os.open(path / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(fd, 32, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(fd)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise InputError(
                f"{path} is in use by another run (process {holder}): "
                "wait for it, stop it, or name another --out"
            ) from None
        raise
    _locks.add(fd)
    try:
        os.ftruncate(fd, 0)
        os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)
    except OSError:
        unlock(fd)
        raise
    return fd


def unlock(fd: int) -> None:
    """Give back what ``lock_folder`` returned."""
    _locks.discard(fd)
    os.close(fd)


def on_network(path: Path) -> bool:
    """Whether ``path`` lies on a network file system, as far as Linux' mount table says."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    real, best, kind = path.resolve(), -1, ""
    for line in lines:
        mount, _, tail = line.partition(" - ")
        point = Path(mount.split()[4].replace("\\040", " "))
        # The later of two mounts on one point hides the earlier.
        if (point == real or point in real.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), tail.split()[0]
    return kind in _NETWORK_TYPES
