"""Workers over all cores: jobs in, outcomes out, whatever happens to the workers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from synthsmith.errors import InputError
from synthsmith.judge import sandbox
from synthsmith.judge.native import Native, Toolchain
from synthsmith.judge.places import Places
from synthsmith.judge.sandbox import Isolation, Key
from synthsmith.judge.verdicts import compile_failure
from synthsmith.judge.worker import Job, Outcome, Reply, Worker, WorkerLost

_ATTEMPTS = 5


class Slot:
    """One place in the pool: a core's worth of work. Its jails are started when first needed."""

    def __init__(self) -> None:
        self.workers: dict[Key, Worker] = {}


class Pool:
    """``size`` slots; every job takes one, in order of arrival, so callers may be many."""

    def __init__(self, native: Native, size: int, include: tuple[Path, ...]) -> None:
        self.isolation: Isolation
        self._native = native
        self._include = include
        self._toolchain: Toolchain | None = None
        self._all = [Slot() for _ in range(size)]
        self._places = Places(self._all)

    async def probe(self, wanted: str) -> None:
        """Settles on the strongest isolation that works here and is wanted; else InputError."""
        sandbox.sweep()
        complaints = []
        for isolation in sandbox.candidates(wanted):
            self.isolation = isolation
            try:
                await self._worker(self._all[-1], Key("native"))
            except (WorkerLost, OSError) as error:
                complaints.append(f"{isolation.tier} ({isolation.mode}): {error}")
            else:
                return
        why = "; ".join(complaints) or "no memory and pids control groups can be made here"
        raise InputError(f"this machine cannot isolate untrusted programs: {why}")

    def use_toolchain(self, toolchain: Toolchain) -> None:
        """Must be called before the first job of kind compile or native."""
        self._toolchain = toolchain

    async def run(self, key: Key, job: Job, *, alone: bool = False) -> Outcome:
        """Does ``job`` in a jail of kind ``key``; what a lost worker left undone goes to another.

        ``alone`` waits until nothing else runs in this pool. Raises WorkerLost when several
        workers in a row were lost without any progress.
        """
        whole = Outcome()
        attempts = _ATTEMPTS
        last: WorkerLost | None = None
        while attempts:
            before = len(whole.tests)
            try:
                async with self._places.take(alone=alone) as slot:
                    outcome = await self._once(slot, key, _rest(job, whole), whole.tests)
                whole.zygote, whole.memory_kills = outcome.zygote, outcome.memory_kills
                whole.compiled, whole.refusal = outcome.compiled, outcome.refusal
                if _finished(key, job, whole):
                    return whole
                last = WorkerLost("the zygote died")
            except WorkerLost as error:
                last = error
            attempts = _ATTEMPTS if len(whole.tests) > before else attempts - 1
        raise last or WorkerLost("no attempt was made")

    async def close(self) -> None:
        """Kills all workers; returns when nothing of them is left."""
        workers = [worker for slot in self._all for worker in slot.workers.values()]
        await asyncio.gather(*(worker.close() for worker in workers))

    async def _once(self, slot: Slot, key: Key, job: Job, tests: list[Reply]) -> Outcome:
        done = False
        try:
            worker = await self._worker(slot, key)
            outcome = await worker.run(job, tests.append)
            done = True
            return outcome
        finally:
            if not done and key in slot.workers:
                await slot.workers.pop(key).close()

    async def _worker(self, slot: Slot, key: Key) -> Worker:
        if key not in slot.workers:
            process = sandbox.start(
                self.isolation, key, self._native, self._toolchain, self._include
            )
            worker = Worker(process)
            try:
                await worker.ready()
            except BaseException:
                await worker.close()
                raise
            slot.workers[key] = worker
        return slot.workers[key]


def _killed(tests: list[Reply]) -> int:
    return sum(1 for test in tests if test.flags)


def _rest(job: Job, done: Outcome) -> Job:
    count = len(done.tests)
    stop_after = max(1, job.stop_after - _killed(done.tests)) if job.stop_after else 0
    return replace(job, first=job.first + count, count=job.count - count, stop_after=stop_after)


def _finished(key: Key, job: Job, outcome: Outcome) -> bool:
    if key.kind == "python" and compile_failure(outcome) is not None:
        return True
    stopped = bool(job.stop_after) and _killed(outcome.tests) >= job.stop_after
    return stopped or len(outcome.tests) == job.count
