"""The judge: programs times inputs in, one execution per input out."""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from synthsmith.errors import InputError
from synthsmith.judge import sandbox, verdicts
from synthsmith.judge.checkers import compare
from synthsmith.judge.native import build_native, find_toolchain, toolchain_version
from synthsmith.judge.pool import Pool
from synthsmith.judge.sandbox import Key, python_key
from synthsmith.judge.worker import FUNCTION, Job, Memory, WorkerLost, inputs_file
from synthsmith.records import Checker, Execution, Limits, Program, Status, Verdict

_CACHED_INPUTS = 32
_QUEUED = 4
_CACHED_BINARIES = 64
_PATIENCE = 3  # times the wall time for a test that is run again, since the machine may be busy
_COMPILE_ATTEMPTS = 3  # of a compiler that somebody else killed
_COMPILING = Limits(time_limit_s=20.0, memory_limit_mb=2048, output_limit_mb=256)
_MIB = 1 << 20
_BROKEN: Status = "checker_error"
# Arguments (files of the box, where the checker runs) and what its exit codes mean.
_PROTOCOLS: dict[str, tuple[tuple[str, ...], dict[int, Status]]] = {
    "testlib": (
        ("input", "output", "answer"),
        {0: "accepted", 1: "wrong_answer", 2: "wrong_answer", 4: "wrong_answer"},
    ),
    "kattis": (("input", "answer", "feedback/"), {42: "accepted", 43: "wrong_answer"}),
}


class Judge:
    """Runs untrusted programs; an async context manager.

    ``workers`` is how many programs run at once (0: one per core); ``isolation``
    asks for exactly that tier instead of the strongest there is (only "none-i-accept-the-risk"
    gives less than tier C); ``include`` is a folder of headers (testlib.h)
    for checkers in C++. ``queue`` is how many programs to hand it at once: enough that no worker
    waits, and few open files. ``tier``, ``version`` (a digest of whatever can alter a verdict) and
    ``warning`` (what the tier lacks, or "") hold once entered. Entering raises InputError if
    nothing here isolates well enough, or the judge cannot be built.
    """

    def __init__(
        self,
        *,
        workers: int = 0,
        isolation: str = "auto",
        include: Path | None = None,
    ) -> None:
        self.tier: str = ""
        self.version = ""
        self.warning = ""
        self.workers = workers or len(os.sched_getaffinity(0))
        self.queue = _QUEUED * self.workers
        self._wanted = isolation
        self._include = (include.resolve(),) if include else ()
        self._inputs: OrderedDict[tuple[str, ...], Memory] = OrderedDict()
        self._binaries: OrderedDict[str, asyncio.Task[Memory | Verdict]] = OrderedDict()
        self._toolchain: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        for folder in self._include:
            if not folder.is_dir() or folder.stat().st_mode & 0o5 != 0o5:
                raise InputError(f"{folder} must be a folder of headers that every user may read")
        native = await asyncio.to_thread(build_native)
        self._pool = Pool(native, self.workers, self._include)
        await self._pool.probe(self._wanted)
        self.tier = self._pool.isolation.tier
        self.warning = sandbox.MISSING[self.tier]
        self.version = await asyncio.to_thread(toolchain_version, native)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._binaries.values():
            task.cancel()
        await asyncio.gather(*self._binaries.values(), return_exceptions=True)
        self._binaries.clear()
        self._inputs.clear()
        await self._pool.close()

    async def execute(
        self, program: Program, inputs: Sequence[str], limits: Limits, *, stop_after: int = 0
    ) -> list[Execution]:
        """One execution per input, in order; see ``Verdict`` for what the statuses mean.

        ``stop_after=k`` > 0: after k executions killed at the time or output limit the rest is
        not_run; crashes are cheap and stop nothing.
        Hundreds of calls may be in flight; they queue. Raises InputError for function style in
        C++ and for a C++ program where there is no g++.
        """
        if not inputs:
            return []
        source = _bytes(program.code)
        if program.language == "python":
            return await self._tests(program, Memory("source", source), inputs, limits, stop_after)
        if program.io == "function":
            raise InputError("function style is for Python programs only")
        binary = await self._binary(program.code)
        if isinstance(binary, Verdict):
            return [Execution(verdict=binary)] * len(inputs)
        return await self._tests(program, binary, inputs, limits, stop_after)

    async def check(
        self, checker: Checker, test_input: str, output: str, expected: str, limits: Limits
    ) -> Status:
        """What ``checker`` says of ``output``: accepted, wrong_answer or checker_error.

        A checker program has its own limits (never less than ``limits``), and files of the test
        as its protocol wants; judge_error only if the judge itself fails. Raises InputError for
        an unknown built-in checker.
        """
        if isinstance(checker, str):
            return "accepted" if compare(checker, output, expected) else "wrong_answer"
        if checker.language == "cpp":
            program = await self._binary(checker.code)
        else:
            program = Memory("checker", _bytes(checker.code))
        if isinstance(program, Verdict):
            return "judge_error" if program.status == "judge_error" else _BROKEN
        arguments, codes = _PROTOCOLS[checker.protocol]
        said = output if checker.protocol == "kattis" else ""
        entries = inputs_file([_bytes(text) for text in (test_input, output, expected, said)])
        job = _job(program, entries, 1, _checking(limits))
        job = replace(job, first=3, files=3, text="\0".join(arguments).encode())
        try:
            key = Key("native", box=True)
            if checker.language == "python":
                key = python_key(_bytes(checker.code), box=True)
            outcome = await self._pool.run(key, job)
        except WorkerLost:
            return "judge_error"
        ended = [test for test in outcome.tests if not test.flags and os.WIFEXITED(test.status)]
        return codes.get(os.WEXITSTATUS(ended[0].status), _BROKEN) if ended else _BROKEN

    async def _tests(
        self,
        program: Program,
        binary: Memory,
        inputs: Sequence[str],
        limits: Limits,
        stop_after: int,
    ) -> list[Execution]:
        key = Key("native")
        if program.language == "python":
            key = python_key(_bytes(program.code))
        function = program.io == "function"
        job = _job(binary, self._inputs_file(tuple(inputs)), len(inputs), limits)
        job = replace(job, stop_after=stop_after)
        if function:
            job = replace(job, flags=FUNCTION, text=program.fn_name.encode())
        try:
            outcome = await self._pool.run(key, job)
        except WorkerLost as error:
            return [self._failed("judge_error", str(error))] * len(inputs)
        refusal = verdicts.compile_failure(outcome) if key.kind == "python" else None
        if refusal is not None:
            return [self._failed("compile_error", refusal)] * len(inputs)
        results: list[Execution] = []
        killed = 0
        for reply in outcome.tests:
            if stop_after and killed >= stop_after:
                break
            kills = outcome.memory_kills
            execution = verdicts.judge_test(
                reply, limits, self.tier, memory_kills=kills, function=function
            )
            if execution.verdict.near_limit or verdicts.killed_from_outside(reply, limits, kills):
                execution = await self._again(key, job, reply.index, limits, function)
            results.append(execution)
            killed += bool(reply.flags)
        missing = len(inputs) - len(results)
        return results + [self._failed("not_run", "")] * missing

    async def _again(
        self, key: Key, job: Job, index: int, limits: Limits, function: bool
    ) -> Execution:
        """The test once more, with nothing else running in this judge, and more wall time."""
        wall_ns = _PATIENCE * job.wall_ns
        one = replace(job, first=index, count=1, stop_after=0, wall_ns=wall_ns)
        try:
            outcome = await self._pool.run(key, one, alone=True)
        except WorkerLost as error:
            return self._failed("judge_error", str(error))
        if not outcome.tests:
            return self._failed("judge_error", "a program that compiled no longer does")
        return verdicts.judge_test(
            outcome.tests[0], limits, self.tier,
            memory_kills=outcome.memory_kills, function=function,
        )  # fmt: skip

    def _failed(self, status: Status, detail: str) -> Execution:
        return Execution(verdict=Verdict(status=status, tier=self.tier, detail=detail))

    def _inputs_file(self, inputs: tuple[str, ...]) -> Memory:
        """The inputs as the jails read them, shared by the candidates of a task."""
        found = self._inputs.pop(inputs, None) or inputs_file([_bytes(text) for text in inputs])
        self._inputs[inputs] = found
        if len(self._inputs) > _CACHED_INPUTS:
            self._inputs.popitem(last=False)
        return found

    async def _binary(self, code: str) -> Memory | Verdict:
        """The executable of a C++ source, or its compile error; compiled once."""
        task = self._binaries.pop(code, None)
        if task is None:
            task = asyncio.create_task(self._compile(code))
        self._binaries[code] = task
        if len(self._binaries) > _CACHED_BINARIES:
            self._binaries.popitem(last=False)
        return await asyncio.shield(task)

    async def _compile(self, code: str) -> Memory | Verdict:
        if self._toolchain is None:
            self._toolchain = asyncio.create_task(self._find_toolchain())
        await asyncio.shield(self._toolchain)
        job = _job(Memory("source", _bytes(code)), inputs_file([b""]), 1, _COMPILING)
        for _ in range(_COMPILE_ATTEMPTS):
            try:
                outcome = await self._pool.run(Key("compile", box=True), job)
            except WorkerLost as error:
                return self._failed("judge_error", str(error)).verdict
            reply = outcome.tests[0]
            if reply.status == 0 and not reply.flags:
                return Memory("program", reply.data)
            killed = os.WIFSIGNALED(reply.status) or b"Killed signal" in reply.data
            if reply.flags or outcome.memory_kills or not killed:
                break
        said = reply.data.decode("utf-8", "replace").strip()[:2000]
        detail = "the compiler ran out of time" if reply.flags else said
        return self._failed("compile_error", detail or "the compiler failed").verdict

    async def _find_toolchain(self) -> None:
        self._pool.use_toolchain(await asyncio.to_thread(find_toolchain))


def _job(program: Memory, inputs: Memory, count: int, limits: Limits) -> Job:
    return Job(
        program=program,
        inputs=inputs,
        first=0,
        count=count,
        cpu_ns=verdicts.cpu_allowance_ns(limits),
        wall_ns=int(limits.wall_limit_s * 1e9),
        memory=limits.memory_limit_mb * _MIB,
        output=limits.output_limit_mb * _MIB,
    )


def _checking(limits: Limits) -> Limits:
    return Limits(
        time_limit_s=max(limits.time_limit_s, 10.0),
        memory_limit_mb=max(limits.memory_limit_mb, 512),
        output_limit_mb=limits.output_limit_mb,
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
