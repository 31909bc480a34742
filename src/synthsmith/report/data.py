"""What a report is made of: plain counts and a few whole tasks, nothing measured in time."""

from __future__ import annotations

import msgspec

from synthsmith.records import Record, Style, VerifiedTask
from synthsmith.store import Spending, by_kind, by_teacher, together


class Histogram(Record, frozen=True):
    """Counts of shares in equal bins over 0 to 1 (1 is in the last bin), and their mean."""

    counts: tuple[int, ...]
    mean: float = 0.0

    @property
    def total(self) -> int:
        """How many values were counted."""
        return sum(self.counts)


class Counting:
    """A histogram in the making, in constant memory."""

    def __init__(self, bins: int = 20) -> None:
        self._counts = [0] * bins
        self._total = 0.0

    def add(self, *values: float) -> None:
        """Count values, each from 0 to 1."""
        bins = len(self._counts)
        for value in values:
            # The nudge keeps 0.15, which is a little less in binary, out of the bin below.
            self._counts[min(bins - 1, int(value * bins + 1e-9))] += 1
            self._total += value

    def histogram(self) -> Histogram:
        """What was counted so far."""
        count = sum(self._counts)
        return Histogram(counts=tuple(self._counts), mean=self._total / count if count else 0.0)


class FunnelStep(Record, frozen=True):
    """One step of the road; steps of one ``group`` count the same kind of thing."""

    group: str
    label: str
    count: int


class DropCount(Record, frozen=True):
    """Records of one kind that left the road in one stage for one reason."""

    stage: str
    kind: str
    reason: str
    count: int


class CategoryCount(Record, frozen=True):
    """Features whose path starts with ``category``, by origin."""

    category: str
    extracted: int
    evolved: int


class StyleCount(Record, frozen=True):
    """Tasks of one style."""

    style: Style
    attempted: int
    verified: int


class OriginCount(Record, frozen=True):
    """Published tests whose input came in one way, with the means of weight and confidence."""

    origin: str
    count: int
    mean_weight: float
    mean_confidence: float


class LedgerTotals(Record, frozen=True):
    """What the run cost, over all processes that worked on it.

    ``attempts`` are calls that were begun, whether or not they were answered.
    """

    attempts: int = 0
    executions: int = 0
    spendings: tuple[Spending, ...] = ()

    @property
    def total(self) -> Spending:
        """Everything paid."""
        return together(self.spendings)

    @property
    def by_kind(self) -> tuple[Spending, ...]:
        """By kind of prompt, in the order of the road."""
        return by_kind(self.spendings)

    @property
    def by_teacher(self) -> tuple[Spending, ...]:
        """By teacher."""
        return by_teacher(self.spendings)


class ReportData(Record, frozen=True):
    """Everything ``report.html`` shows; empty parts are left out of the page or said to be empty.

    ``growth`` is the number of features after extraction and after each round of evolution;
    ``verdicts`` counts executions by teacher and status; ``examples`` are shown whole.
    """

    name: str
    recipe_digest: str = ""
    prompt_digest: str = ""
    judge_tier: str = ""
    teachers: tuple[str, ...] = ()
    funnel: tuple[FunnelStep, ...] = ()
    drops: tuple[DropCount, ...] = ()
    categories: tuple[CategoryCount, ...] = ()
    growth: tuple[int, ...] = ()
    styles: tuple[StyleCount, ...] = ()
    confidence: Histogram = Histogram(counts=())
    pass_rates: Histogram = Histogram(counts=())
    difficulty: Histogram = Histogram(counts=())
    verdicts: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    tests: tuple[OriginCount, ...] = ()
    ledger: LedgerTotals = LedgerTotals()
    examples: tuple[VerifiedTask, ...] = ()
