"""Which problems count: releases, named windows and dates, as LiveCodeBench has them."""

from __future__ import annotations

import re
from datetime import datetime

from synthsmith.errors import InputError
from synthsmith.records import Record

_FORM = "%Y-%m-%d"


class Window(Record, frozen=True):
    """Days from ``start`` to ``end`` ("": open), both included; as LiveCodeBench does it, ``end``
    ends at midnight as it begins.

    ``release`` is the last one whose problems count (0: all). ``cumulative`` takes everything of
    these releases, for the months of two overlap; the days then decide only where no file name
    tells the release. ``published`` is how many problems the window is known to have.
    """

    name: str
    start: str = ""
    end: str = ""
    release: int = 0
    cumulative: bool = False
    published: int | None = None

    def holds(self, date: datetime, release: int) -> bool:
        """Whether a problem of this date and release (0: nobody knows) counts."""
        if self.release and release > self.release:
            return False
        if self.cumulative and release:
            return True
        after = not self.start or datetime.strptime(self.start, _FORM) <= date
        return after and (not self.end or date <= datetime.strptime(self.end, _FORM))

    def __str__(self) -> str:
        """The name with its dates, which never go without it."""
        if not (self.start or self.end):
            return "all dates"
        dates = f"{self.start or 'the beginning'} to {self.end or 'today'}"
        return dates if self.name == f"{self.start}:{self.end}" else f"{self.name} ({dates})"


EVERYTHING = Window(name="all")
# The last day of the last month each release is told to cover, and LiveCodeBench's own counts.
_RELEASES = (
    ("2024-03-31", 400), ("2024-05-31", 511), ("2024-07-31", 612),
    ("2024-09-30", 713), ("2025-01-31", 880), ("2025-04-30", 1055),
)  # fmt: skip
_NAMED = {
    window.name: window
    for window in (
        EVERYTHING,
        *(
            Window(
                name=f"release_v{number}", start="2023-05-01", end=end, release=number,
                cumulative=True, published=count,
            )
            for number, (end, count) in enumerate(_RELEASES, 1)
        ),
        # What reports mean by v5 and v6: new problems only. Release 6 has problems of January
        # 2025 too, which are in neither.
        Window(name="v5", start="2024-08-01", end="2025-02-01", release=5, published=279),
        Window(name="v6", start="2025-02-01", end="2025-05-01", release=6, published=131),
    )
}  # fmt: skip


def release_of(file_name: str) -> int:
    """The release a file of LiveCodeBench's belongs to (``test5.jsonl``: 5), else 0."""
    found = re.fullmatch(r"test([2-6]?)\.jsonl", file_name)
    return int(found[1] or 1) if found else 0


def parse_window(text: str) -> Window:
    """A named window or START:END, either of which may be left out.

    Raises InputError for anything else, and where the start is after the end.
    """
    if text in _NAMED:
        return _NAMED[text]
    start, colon, end = text.partition(":")
    if not colon or not (start or end):
        raise InputError(f"unknown window {text!r}: use {', '.join(_NAMED)} or START:END in days")
    days = [parse_day(day) for day in (start, end) if day]
    if days != sorted(days):
        raise InputError(f"the window {text} ends before it starts")
    return Window(name=text, start=start, end=end)


def parse_day(text: str) -> datetime:
    """A day written as 2024-08-01. Raises InputError for anything else."""
    try:
        found = datetime.strptime(text, _FORM)
    except ValueError:
        found = None
    if found is None or found.strftime(_FORM) != text:
        raise InputError(f"{text!r} is no day: write it as 2024-08-01")
    return found
