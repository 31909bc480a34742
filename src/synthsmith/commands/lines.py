"""A file of problems in, a file of result lines out: in order, streaming, continued."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from synthsmith.commands.progress import print_line, progress, stop_on_signal
from synthsmith.errors import InputError, InterruptedRun
from synthsmith.files import cannot
from synthsmith.formats import (
    JudgeResult,
    Problem,
    VerifyResult,
    continued_output,
    encode_line,
    read_problems,
)
from synthsmith.records import Dropped

R = TypeVar("R", JudgeResult, VerifyResult)
Job = tuple[tuple[str, ...], Callable[[], Coroutine[Any, Any, R]]]
"""What a line will answer (its key), and how to get it."""
_SHOWN_BAD = 5
_AHEAD = 64
"""Jobs under way or waiting to be written at most."""


async def write_results(
    problems: Path,
    output: Path,
    kind: type[R],
    jobs: Callable[[Problem], Iterator[Job[R]]],
    seen: Callable[[R], None],
) -> None:
    """Do the jobs of every problem and append one line each to ``output``, in input order.

    Lines that are there already are skipped. ``seen`` gets every new result. A bad line of the
    input is named, counted and passed over. Raises InputError when no line is valid or a file
    cannot be read or written.
    """
    if not problems.is_file():
        # Not a pipe either: it is read twice, and again by whoever continues.
        raise InputError(f"no file {problems}: name a file with one problem a line (JSONL)")
    try:
        if output.exists() and output.samefile(problems):
            raise InputError(f"{output} is the input itself: name another output file")
        output.parent.mkdir(parents=True, exist_ok=True)
        done = continued_output(output, kind)
        file = output.open("ab")
    except OSError as error:
        raise cannot("write", output, error) from None
    total = sum(isinstance(problem, Problem) for problem in read_problems(problems))
    stopping = asyncio.Event()
    stop_on_signal(stopping.set)
    with file, progress("problems", total) as advance:
        async for result in _in_order(problems, done, jobs, advance, stopping):
            try:
                file.write(encode_line(result))
                file.flush()
            except OSError as error:
                raise cannot("write", output, error) from None
            seen(result)
        with suppress(OSError):  # which a device or a pipe cannot do
            os.fsync(file.fileno())
    if done:
        print_line(f"{len(done)} lines were already in {output} and were kept, not counted again")
    if stopping.is_set():
        raise InterruptedRun("stopped; run the same command again to go on")


async def _in_order(
    problems: Path,
    done: set[tuple[str, ...]],
    jobs: Callable[[Problem], Iterator[Job[R]]],
    advance: Callable[[], None],
    stopping: asyncio.Event,
) -> AsyncIterator[R]:
    waiting: deque[asyncio.Task[R]] = deque()
    bad = 0
    try:
        for problem in read_problems(problems):
            if stopping.is_set():
                break
            if isinstance(problem, Dropped):
                bad += 1
                if bad <= _SHOWN_BAD:
                    print_line(f"dropped {problem.id}: {problem.reason.value}: {problem.detail}")
                continue
            for key, job in jobs(problem):
                if key not in done:
                    waiting.append(asyncio.create_task(job()))
                while len(waiting) >= _AHEAD:
                    yield await waiting.popleft()
            advance()
        while waiting:
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()
    if bad:
        print_line(f"{bad} lines of {problems} were dropped (bad_record)")
