"""Progress of long jobs: a bar with counts and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as TimeLeftColumn

from synthsmith.judge import Judge

_EVERY_S = 5.0
"""Seconds between plain lines."""
console = Console(stderr=True)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Yields a function to call once for each of ``total`` things done; shows on standard error."""
    if console.is_terminal:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeLeftColumn(),
        )
        with Progress(*columns, console=console) as bar:
            task = bar.add_task(what, total=total)
            yield lambda: bar.advance(task)
        return
    with _plain(what, total) as advance:
        yield advance


@contextmanager
def _plain(what: str, total: int) -> Iterator[Callable[[], None]]:
    start = last = time.monotonic()
    done = 0

    def advance() -> None:
        nonlocal done, last
        done += 1
        now = time.monotonic()
        if now - last >= _EVERY_S and done < total:
            last = now
            left = (now - start) / done * (total - done)
            print_line(f"{what}: {done}/{total}, {now - start:.0f} s, about {left:.0f} s left")

    yield advance
    print_line(f"{what}: {done}/{total}, {time.monotonic() - start:.1f} s")


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

    Needs a running event loop, in the main thread. Not the loop's own handlers: two signals that
    come while the loop is busy would count as one.
    """
    loop = asyncio.get_running_loop()

    def told() -> None:
        print_line("stopping: what is in flight ends and is kept; press Ctrl-C again to stop now")
        stop()

    def first(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        loop.call_soon_threadsafe(told)

    signal.signal(signal.SIGINT, first)
    signal.signal(signal.SIGTERM, first)
