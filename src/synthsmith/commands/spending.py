"""What the teachers of a run take: while it runs, on one line, and in a table when it ends."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from synthsmith.commands.progress import print_line
from synthsmith.commands.tables import show_table
from synthsmith.store import Ledger, Spending, by_kind, by_teacher, spendings, together
from synthsmith.tools import Tools

_WINDOW_S = 60.0
"""The rate is the mean over the last so many seconds."""
_EVERY_S = 0.5


class Meter:
    """What the teachers have taken so far, earlier processes of this run included."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._seen = deque([(time.monotonic(), tools.spent.written)])

    def line(self) -> str:
        """``1,234,567 tokens, 1,850 tokens/s written, 64 calls in flight, 12.34 spent``."""
        spent = self._tools.spent
        parts = [
            f"{spent.tokens:,} tokens",
            f"{self._rate():,.0f} tokens/s written",
            f"{self._tools.in_flight} calls in flight",
        ]
        if spent.money is not None:
            parts.append(f"{spent.money:,.2f} spent")
        return ", ".join(parts)

    def _rate(self) -> float:
        now, written = time.monotonic(), self._tools.spent.written
        if now - self._seen[-1][0] >= _EVERY_S:
            self._seen.append((now, written))
        while len(self._seen) > 1 and now - self._seen[0][0] > _WINDOW_S:
            self._seen.popleft()
        began, before = self._seen[0]
        return (written - before) / (now - began) if now > began else 0.0


def show_spending(ledger: Ledger) -> None:
    """Print on standard error what the whole run took, by kind of prompt and by teacher."""
    parts = spendings(ledger)
    if not parts:
        return
    total = together(parts)
    priced = total.money is not None
    heads = ("", "calls", "tokens in", "cached", "tokens out", "reasoning")
    rows = [
        *(_row(one.kind, one, priced) for one in by_kind(parts)),
        *(_row(f"teacher {one.teacher}", one, priced) for one in by_teacher(parts)),
        _row("together", total, priced),
    ]
    show_table((*heads, "money") if priced else heads, rows, stderr=True)
    for line in _caveats(total):
        print_line(line)


def _row(name: str, one: Spending, priced: bool) -> tuple[object, ...]:
    cells = (
        name,
        one.calls,
        one.prompt_tokens,
        one.cached_tokens,
        one.completion_tokens,
        one.reasoning_tokens,
    )
    return (*cells, one.money) if priced else cells


def _caveats(total: Spending) -> Iterator[str]:
    if total.untold:
        yield (
            f"{total.untold:,} calls did not tell their tokens; a budget counts "
            f"{total.assumed_tokens:,} for them (4 characters a token)"
        )
