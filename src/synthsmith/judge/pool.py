"""The judge: programs times inputs in, one execution per input out."""

from __future__ import annotations

import asyncio
import hashlib
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from synthsmith.errors import InputError
from synthsmith.judge.checkers import compare
from synthsmith.records import Checker, Execution, Limits, Program, Status, Verdict

_HARNESS = Path(__file__).with_name("harness.py")
_CXX = ["g++", "-std=c++20", "-O2"]
_MIB = 1 << 20


class Judge:
    """Runs untrusted programs; an async context manager. ``workers=0`` means all cores."""

    def __init__(self, *, workers: int = 0) -> None:
        self._slots = asyncio.Semaphore(workers or len(os.sched_getaffinity(0)))
        self._compiled: dict[str, asyncio.Task[str]] = {}
        self.tier = "C"
        self.version = ""

    async def __aenter__(self) -> Self:
        try:
            toolchain = subprocess.run(["g++", "--version"], capture_output=True, check=True)  # noqa: ASYNC221
        except OSError as error:
            raise InputError("g++ not found: the judge needs a C++ compiler") from error
        parts = [platform.python_version(), toolchain.stdout.decode(), *_CXX, _HARNESS.read_text()]
        self.version = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
        self._folder = tempfile.TemporaryDirectory(prefix="synthsmith-judge-")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    async def execute(
        self, program: Program, inputs: Sequence[str], limits: Limits, *, stop_after: int = 0
    ) -> list[Execution]:
        """One execution per input, in order; see ``Verdict`` for what the statuses mean."""
        failure, command = await self._prepare(program)
        if failure is not None:
            return [Execution(verdict=failure)] * len(inputs)
        done: list[Execution] = []
        failures = 0
        for text in inputs:
            if stop_after and failures >= stop_after:
                done.append(Execution(verdict=Verdict(status="not_run", tier=self.tier)))
                continue
            async with self._slots:
                done.append(await asyncio.to_thread(self._run, program, command, text, limits))
            failures += done[-1].verdict.status != "ran"
        return done

    async def check(
        self, checker: Checker, test_input: str, output: str, expected: str, limits: Limits
    ) -> Status:
        """What ``checker`` says of ``output``: accepted, wrong_answer or checker_error."""
        if not isinstance(checker, str):
            return "checker_error"
        return "accepted" if compare(checker, output, expected) else "wrong_answer"

    async def _prepare(self, program: Program) -> tuple[Verdict | None, list[str]]:
        digest = hashlib.sha256(program.code.encode("utf-8", "surrogateescape")).hexdigest()
        source = Path(
            self._folder.name, digest + (".py" if program.language == "python" else ".cpp")
        )
        source.write_bytes(program.code.encode("utf-8", "surrogateescape"))
        if program.language == "python":
            try:
                compile(source.read_bytes(), "solution.py", "exec")
            except Exception as error:
                detail = f"{type(error).__name__}: {error}"
                return Verdict(status="compile_error", tier=self.tier, detail=detail), []
            return None, [str(source)]
        if digest not in self._compiled:
            self._compiled[digest] = asyncio.create_task(self._compile(source))
        error_text = await self._compiled[digest]
        if error_text:
            return Verdict(status="compile_error", tier=self.tier, detail=error_text), []
        return None, [str(source.with_suffix(""))]

    async def _compile(self, source: Path) -> str:
        async with self._slots:
            command = [*_CXX, str(source), "-o", str(source.with_suffix(""))]
            try:
                done = await asyncio.to_thread(
                    subprocess.run, command, capture_output=True, timeout=60
                )
            except subprocess.TimeoutExpired:
                return "the compiler ran out of time"
        return "" if done.returncode == 0 else done.stderr.decode("utf-8", "replace")[:2000]

    def _run(self, program: Program, command: list[str], text: str, limits: Limits) -> Execution:
        output_limit = limits.output_limit_mb * _MIB
        values = [int(limits.time_limit_s + 1), limits.memory_limit_mb * _MIB, output_limit + 1]
        if program.language == "python":
            command = [sys.executable, "-s", "-S", str(_HARNESS), command[0], program.io,
                       program.fn_name or "-", *map(str, values)]  # fmt: skip
        with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, \
                tempfile.TemporaryFile() as stderr:  # fmt: skip
            stdin.write(text.encode("utf-8", "surrogateescape"))
            stdin.seek(0)
            process = subprocess.Popen(
                command, stdin=stdin, stdout=stdout, stderr=stderr, cwd=self._folder.name,
                env={"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
                start_new_session=True,
            )  # fmt: skip
            if program.language == "cpp":
                for kind, value in zip(
                    (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE), values,
                    strict=True,
                ):  # fmt: skip
                    resource.prlimit(process.pid, kind, (value, value))
            code, usage, late = _wait(process, limits.wall_limit_s)
            stdout.seek(0)
            stderr.seek(0)
            output, errors = stdout.read(), stderr.read()
        cpu = usage.ru_utime + usage.ru_stime
        if late or cpu > limits.time_limit_s:
            status: Status = "time_limit_exceeded"
        elif max(len(output), len(errors)) > output_limit:
            status = "output_limit_exceeded"
        elif code and (b"MemoryError" in errors or b"bad_alloc" in errors):
            status = "memory_limit_exceeded"
        elif code or (program.io == "function" and not output):
            status = "runtime_error"
        else:
            status = "ran"
        kept = output if status == "ran" else b""
        verdict = Verdict(
            status=status, time_ms=cpu * 1000, memory_kb=usage.ru_maxrss, tier=self.tier,
            output_digest=hashlib.sha256(kept).hexdigest() if status == "ran" else "",
            near_limit=abs(cpu - limits.time_limit_s) < 0.1 * limits.time_limit_s,
            detail="" if status == "ran" else errors[-500:].decode("utf-8", "replace"),
        )  # fmt: skip
        return Execution(verdict=verdict, output=kept.decode("utf-8", "surrogateescape"))


def _wait(
    process: subprocess.Popen[bytes], wall_limit_s: float
) -> tuple[int, resource.struct_rusage, bool]:
    deadline = time.monotonic() + wall_limit_s
    late = False
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage, late
        if time.monotonic() > deadline:
            late = True
            os.killpg(process.pid, 9)
        time.sleep(0.005)
