"""What is shown while something long goes on."""

from __future__ import annotations

import io
import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from synthsmith.commands import progress, spending
from synthsmith.commands.spending import Meter


def console(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> io.StringIO:
    said = io.StringIO()
    made = Console(file=said, force_terminal=terminal, width=160)
    monkeypatch.setattr(progress, "console", made)
    return said


def test_a_single_long_call_does_not_stop_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    said = console(monkeypatch, terminal=False)
    monkeypatch.setattr(progress, "_EVERY_S", 0.01)
    told = threading.Event()
    notes = 0

    def note() -> str:
        nonlocal notes
        notes += 1
        if notes == 3:
            told.set()
        return f"note {notes} [bold]"

    with progress.progress("forging", 4, note) as advance:
        advance()
        assert told.wait(30), "lines come though nothing advances"
    lines = said.getvalue().splitlines()
    assert all(line.startswith("forging: 1/4, ") for line in lines)
    assert "s left; note 2 [bold]" in lines[1]
    assert not any(thread.name == "progress" for thread in threading.enumerate())


def test_the_bar_on_a_terminal_has_the_note(monkeypatch: pytest.MonkeyPatch) -> None:
    said = console(monkeypatch, terminal=True)
    with progress.progress("forging", 2, lambda: "1,234 tokens") as advance:
        advance()
    assert "1/2" in said.getvalue()
    assert "1,234 tokens" in said.getvalue()


def test_the_meter_tells_the_rate_of_the_last_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(spending.time, "monotonic", lambda: now)
    spent = SimpleNamespace(tokens=5_000_000, written=0, money=None)
    meter = Meter(cast(Any, SimpleNamespace(spent=spent, in_flight=7)))
    assert meter.line() == "5,000,000 tokens, 0 tokens/s written, 7 calls in flight"
    for _ in range(300):
        now += 1.0
        spent.written += 40
        meter.line()
    now += 1.0
    spent.written += 2440
    spent.money = 12.34
    assert meter.line().split(", ")[1:] == [
        "80 tokens/s written",
        "7 calls in flight",
        "12.34 spent",
    ]
    for _ in range(61):
        now += 1.0
        line = meter.line()
    assert ", 0 tokens/s written" in line
