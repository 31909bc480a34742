"""Which problems count: releases, named windows and dates, as LiveCodeBench has them."""

from __future__ import annotations

from datetime import datetime

from synthsmith.errors import InputError
from synthsmith.records import Record

_FORM = "%Y-%m-%d"


class Window(Record, frozen=True):
    """Days from ``start`` to ``end`` ("": open), both included; as LiveCodeBench does it, ``end``
    ends at midnight as it begins. ``published`` is how many problems it is known to have."""

    name: str
    start: str = ""
    end: str = ""
    published: int | None = None

    def holds(self, date: datetime) -> bool:
        """Whether a problem of this date counts."""
        after = not self.start or datetime.strptime(self.start, _FORM) <= date
        return after and (not self.end or date <= datetime.strptime(self.end, _FORM))

    def __str__(self) -> str:
        """The name with its dates, which never go without it."""
        if not (self.start or self.end):
            return "all dates"
        dates = f"{self.start or 'the beginning'} to {self.end or 'today'}"
        return dates if self.name == f"{self.start}:{self.end}" else f"{self.name} ({dates})"


EVERYTHING = Window(name="all")
_NAMED = {
    window.name: window
    for window in (
        EVERYTHING,
        # Everything up to a release; the counts are LiveCodeBench's own.
        Window(name="release_v1", start="2023-05-01", end="2024-03-31", published=400),
        Window(name="release_v2", start="2023-05-01", end="2024-05-31", published=511),
        Window(name="release_v3", start="2023-05-01", end="2024-07-31", published=612),
        Window(name="release_v4", start="2023-05-01", end="2024-09-30", published=713),
        Window(name="release_v5", start="2023-05-01", end="2025-01-31", published=880),
        Window(name="release_v6", start="2023-05-01", end="2025-04-30", published=1055),
        # What reports mean by v5 and v6: new problems only.
        Window(name="v5", start="2024-08-01", end="2025-02-01", published=279),
        Window(name="v6", start="2025-02-01", end="2025-05-01", published=175),
    )
}


def parse_window(text: str) -> Window:
    """A named window or START:END, either of which may be left out.

    Raises InputError for anything else, and where the start is after the end.
    """
    if text in _NAMED:
        return _NAMED[text]
    start, colon, end = text.partition(":")
    if not colon or not (start or end):
        raise InputError(f"unknown window {text!r}: use {', '.join(_NAMED)} or START:END in days")
    days = [_day(day) for day in (start, end) if day]
    if days != sorted(days):
        raise InputError(f"the window {text} ends before it starts")
    return Window(name=text, start=start, end=end)


def _day(text: str) -> datetime:
    try:
        found = datetime.strptime(text, _FORM)
    except ValueError:
        found = None
    if found is None or found.strftime(_FORM) != text:
        raise InputError(f"{text!r} is no day of a window: write it as 2024-08-01")
    return found
