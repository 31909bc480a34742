"""One worker: jobs to its jail, replies back."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from synthsmith.judge.sandbox import Process

_JOB = struct.Struct("=6I4Q256s")
_REPLY = struct.Struct("=IIiIQQQQ")
_READY, _COMPILED, _TEST, _DONE, _FAULT = range(1, 6)
_START_TIMEOUT_S = 30.0
# What a worker's group may hold beside a program's own memory and what it wrote: the interpreter,
# its zygote, pipes.
_GROUP_SLACK = 128 << 20

FUNCTION = 1
KILLED_CPU, KILLED_WALL, OVER_OUTPUT = 1, 2, 4


class WorkerLost(Exception):
    """The worker died or failed: the judge's own fault, and the job goes to another."""


class Memory:
    """A sealed memory file that closes itself when nothing refers to it."""

    fd = -1

    def __init__(self, name: str, data: bytes) -> None:
        self.fd = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        view = memoryview(data)
        while view:
            view = view[os.write(self.fd, view) :]
        fcntl.fcntl(self.fd, fcntl.F_ADD_SEALS, 0xF)

    def __del__(self) -> None:
        if self.fd >= 0:  # none where the process had no descriptor left
            os.close(self.fd)


@dataclass(frozen=True)
class Job:
    """What a jail is to do; see native/judge.h. ``first`` and ``count`` select entries."""

    program: Memory
    inputs: Memory
    first: int
    count: int
    cpu_ns: int
    wall_ns: int
    memory: int
    output: int
    stop_after: int = 0
    files: int = 0
    flags: int = 0
    text: bytes = b""

    def pack(self) -> bytes:
        return _JOB.pack(
            self.flags, self.first, self.count, self.stop_after, self.files, 0,
            self.cpu_ns, self.wall_ns, self.memory, self.output, self.text,
        )  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """How one test ended, with its output or the end of its complaints."""

    index: int
    status: int
    flags: int
    cpu_ns: int
    wall_ns: int
    memory_kb: int
    data: bytes


@dataclass
class Outcome:
    """Everything a jail said of one job. ``zygote`` is the zygote's wait status."""

    tests: list[Reply] = field(default_factory=list)
    compiled: bool = False
    refusal: bytes | None = None
    zygote: int = 0
    memory_kills: int = 0


def inputs_file(entries: list[bytes]) -> Memory:
    """The inputs of a job: uint64 offsets of every entry and of the end, then the bytes."""
    at = 8 * (len(entries) + 1)
    offsets = [at]
    for entry in entries:
        at += len(entry)
        offsets.append(at)
    return Memory("inputs", struct.pack(f"={len(offsets)}Q", *offsets) + b"".join(entries))


class Worker:
    """A jail and the conversation with it. One job at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._kills_seen = 0
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def ready(self) -> None:
        """Waits until the template serves; raises WorkerLost with the launcher's complaint."""
        self._reader, self._writer = await asyncio.open_connection(
            sock=self._process.control.dup(), limit=1 << 20
        )
        try:
            async with asyncio.timeout(_START_TIMEOUT_S):
                kind, _ = await self._read()
        except TimeoutError as error:
            raise WorkerLost("the jail did not start in time") from error
        if kind != _READY:
            raise WorkerLost("the jail spoke out of turn")

    async def run(self, job: Job, on_test: Callable[[Reply], None] | None = None) -> Outcome:
        """Does one job. Raises WorkerLost if the jail dies; tests seen so far were passed on."""
        try:
            if self._process.group is not None:
                self._process.group.limit_memory(job.memory + 2 * job.output + _GROUP_SLACK)
            fds = [job.program.fd, job.inputs.fd]
            socket.send_fds(self._process.control, [job.pack()], fds)
        except OSError as error:
            raise WorkerLost(str(error)) from error
        outcome = Outcome()
        while True:
            kind, reply = await self._read()
            if kind == _TEST:
                outcome.tests.append(reply)
                if on_test is not None:
                    on_test(reply)
            elif kind == _COMPILED:
                outcome.compiled = True
                outcome.refusal = reply.data if reply.status else None
            elif kind == _DONE:
                outcome.zygote = reply.status
                outcome.memory_kills = self._memory_kills(outcome)
                return outcome
            else:
                raise WorkerLost(reply.data.decode("utf-8", "replace"))

    def _memory_kills(self, outcome: Outcome) -> int:
        """How many processes the kernel killed for want of memory; asked only if any may be."""
        statuses = [outcome.zygote, *(test.status for test in outcome.tests)]
        killed = any(os.WIFSIGNALED(s) and os.WTERMSIG(s) == signal.SIGKILL for s in statuses)
        killed = killed or any(b"Killed signal" in test.data for test in outcome.tests)
        if self._process.group is None or not killed:
            return 0
        before, self._kills_seen = self._kills_seen, self._process.group.kills()
        return self._kills_seen - before

    async def close(self) -> None:
        """Kills the jail and removes what it leaves."""
        if hasattr(self, "_writer"):
            self._writer.close()
        await asyncio.to_thread(self._process.kill)

    async def _read(self) -> tuple[int, Reply]:
        try:
            kind, index, status, flags, cpu, wall, memory, size = _REPLY.unpack(
                await self._reader.readexactly(_REPLY.size)
            )
            data = await self._reader.readexactly(size) if size else b""
        except (asyncio.IncompleteReadError, OSError) as error:
            complaint = self._process.complaint() or "the jail died"
            raise WorkerLost(complaint) from error
        return kind, Reply(index, status, flags, cpu, wall, memory, data)
