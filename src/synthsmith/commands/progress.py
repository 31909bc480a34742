"""Progress of long jobs: a bar with counts and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import TimeRemainingColumn as TimeLeftColumn
from rich.text import Text

from synthsmith.judge import Judge

_EVERY_S = 5.0
"""Seconds between plain lines."""
console = Console(stderr=True)


@contextmanager
def progress(
    what: str, total: int, note: Callable[[], str] | None = None
) -> Iterator[Callable[[], None]]:
    """Yields a function to call once for each of ``total`` things done; shows on standard error.

    ``note`` says more, anew each time something is shown; it is called from another thread.
    """
    if console.is_terminal:
        with _Bar(note) as bar:
            task = bar.add_task(what, total=total)
            yield lambda: bar.advance(task)
        return
    with _plain(what, total, note) as advance:
        yield advance


class _Bar(Progress):
    """The bar, and a line below it for what the note says at the moment."""

    def __init__(self, note: Callable[[], str] | None) -> None:
        self._note = note
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeLeftColumn(),
            console=console,
        )

    def get_renderables(self) -> Iterator[RenderableType]:
        """What is drawn, from top to bottom."""
        yield from super().get_renderables()
        if self._note is not None:
            yield Text(self._note())


@contextmanager
def _plain(what: str, total: int, note: Callable[[], str] | None) -> Iterator[Callable[[], None]]:
    start = time.monotonic()
    done = 0
    over = threading.Event()

    def advance() -> None:
        nonlocal done
        done += 1

    def line() -> str:
        spent = time.monotonic() - start
        left = f", about {spent / done * (total - done):.0f} s left" if 0 < done < total else ""
        more = f"; {note()}" if note is not None else ""
        return f"{what}: {done}/{total}, {spent:.1f} s{left}{more}"

    def regularly() -> None:
        while not over.wait(_EVERY_S):
            print_line(line())

    # A thread, for a single call may last longer than the interval, and so may plain computing.
    thread = threading.Thread(target=regularly, name="progress", daemon=True)
    thread.start()
    try:
        yield advance
    finally:
        over.set()
        thread.join()
        print_line(line())


def print_line(text: str) -> None:
    """One plain line on standard error, no markup."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def tier_line(judge: Judge) -> None:
    """Say in which tier programs run, and what it lacks."""
    print_line(f"judge: isolation tier {judge.tier}")
    if judge.warning:
        print_line(f"warning: {judge.warning}")


def stop_on_signal(stop: Callable[[], None]) -> None:
    """Call ``stop`` at the first Ctrl-C or SIGTERM; the second one acts at once, as it always does.

    Needs the main thread. Where an event loop runs, it is the loop that calls ``stop``. Not the
    loop's own handlers: two signals that come while the loop is busy would count as one.
    """

    def told() -> None:
        print_line("stopping: what is in flight ends and is kept; press Ctrl-C again to stop now")
        stop()

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None

    def first(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if loop:
            loop.call_soon_threadsafe(told)
        else:  # a thread, for a handler may have cut into the printing of another line
            threading.Thread(target=told).start()

    signal.signal(signal.SIGINT, first)
    signal.signal(signal.SIGTERM, first)
