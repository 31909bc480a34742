"""Published LiveCodeBench figures of other models, each with the metric it is of."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from synthsmith.records import Record

SOURCE = "arXiv 2601.06953"


class Rival(Record, frozen=True):
    """A row of the paper's table; points of 100, None where it gives none, "" for no metric told.

    ``v5_pm`` and ``v6_pm`` are the ± given with them.
    """

    model: str
    base: str
    size: str
    data: str
    tasks: str
    metric: str
    v5: float | None
    v5_pm: float | None
    v6: float | None
    v6_pm: float | None


@cache
def rivals() -> tuple[Rival, ...]:
    """All of them, in the order of the table."""
    text = files(__package__).joinpath("rivals.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Rival(
            model=row["model"], base=row["base"], size=row["size"],
            data=_told(row["data"]), tasks=row["tasks"], metric=_told(row["metric"]),
            v5=_number(row["v5"]), v5_pm=_number(row["v5_pm"]),
            v6=_number(row["v6"]), v6_pm=_number(row["v6_pm"]),
        )
        for row in rows
    )  # fmt: skip


def _told(text: str) -> str:
    return "" if text == "-" else text


def _number(text: str) -> float | None:
    return None if text == "-" else float(text)
