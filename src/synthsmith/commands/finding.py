"""One line of ``synthsmith doctor``."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """How it stands, what was looked at, what was found, what to do about it ("" for nothing)."""

    status: Literal["ok", "warn", "fail"]
    what: str
    found: str
    todo: str = ""

    def __str__(self) -> str:
        """``warn  cores: 1 — more make the judge faster``"""
        todo = f" — {self.todo}" if self.todo else ""
        line = " ".join(f"{self.what}: {self.found}{todo}".split())
        return f"{self.status:<4}  {line}"
