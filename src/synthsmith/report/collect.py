"""Collecting a report's figures from a run folder: its tables, its ledger, nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate

from synthsmith.recipe import recipe_digest
from synthsmith.records import Dropped, Feature, Summary, Task, VerifiedTask
from synthsmith.report.data import (
    CategoryCount,
    Counting,
    DropCount,
    FunnelStep,
    LedgerTotals,
    OriginCount,
    ReportData,
    StyleCount,
)
from synthsmith.store import RunFolder, spendings

_ROAD = (
    ("select", "with a selection"),
    ("formulate", "formulated"),
    ("solve", "with candidates"),
    ("inputs", "with inputs"),
    ("label", "with voted tests"),
    ("golden", "with a golden solution"),
    ("samples", "with samples that agree"),
    ("curate", "published"),
)
_EXAMPLES_A_STYLE = 2


def collect(folder: RunFolder, judge_tier: str, prompt_digest: str) -> ReportData:
    """Everything the page shows. Needs the published tables; raises InputError where one is
    missing or damaged. Each table is read in one pass."""
    (summary,) = folder.read_table("summary", Summary)
    verified = _Verified(folder.read_table("verified", VerifiedTask))
    drops = _drops(folder.read_table("dropped", Dropped))
    features = _categories(folder.read_table("features", Feature))
    recipe = folder.recipe
    return ReportData(
        name=recipe.name,
        recipe_digest=recipe_digest(recipe),
        prompt_digest=prompt_digest,
        judge_tier=judge_tier,
        teachers=tuple(teacher.name for teacher in recipe.teachers),
        funnel=_funnel(summary, drops),
        drops=drops,
        categories=features,
        growth=tuple(accumulate((summary.extracted, *summary.evolved))),
        styles=_styles(folder.read_table("tasks", Task), verified.styles),
        confidence=verified.confidences.histogram(),
        pass_rates=verified.pass_rates.histogram(),
        difficulty=verified.difficulties.histogram(),
        verdicts=summary.verdicts,
        tests=verified.origins(),
        ledger=_ledger(folder),
        examples=tuple(verified.examples),
    )


class _Verified:
    """One pass over the verified tasks: shares, counts, and a few whole ones."""

    def __init__(self, tasks: Iterable[VerifiedTask]) -> None:
        self.styles: Counter[str] = Counter()
        self.confidences = Counting()
        self.pass_rates = Counting()
        self.difficulties = Counting()
        self.examples: list[VerifiedTask] = []
        self._origins: defaultdict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
        for one in tasks:
            self.styles[one.task.style] += 1
            if self.styles[one.task.style] <= _EXAMPLES_A_STYLE:
                self.examples.append(one)
            self.pass_rates.add(*one.pass_rates.values())
            self.difficulties.add(one.difficulty)
            for test in one.tests:
                self.confidences.add(test.confidence)
                sums = self._origins[test.origin]
                sums[0] += 1
                sums[1] += test.weight
                sums[2] += test.confidence

    def origins(self) -> tuple[OriginCount, ...]:
        return tuple(
            OriginCount(
                origin=origin,
                count=int(count),
                mean_weight=weight / count,
                mean_confidence=confidence / count,
            )
            for origin, (count, weight, confidence) in sorted(self._origins.items())
        )


def _funnel(summary: Summary, drops: Sequence[DropCount]) -> tuple[FunnelStep, ...]:
    lost = Counter[str]()
    for drop in drops:
        lost[drop.stage] += drop.count * (drop.kind == "seed")
    counts = {
        "read": summary.seeds + lost["seeds"],
        "usable": summary.seeds,
        "with features": summary.seeds - lost["extract"],
    }
    steps = [FunnelStep(group="seeds", label=name, count=n) for name, n in counts.items()]
    left = summary.attempted
    steps.append(FunnelStep(group="tasks", label="attempted", count=left))
    for stage, label in _ROAD:
        left -= summary.left.get(stage, 0)
        steps.append(FunnelStep(group="tasks", label=label, count=left))
    return tuple(steps)


def _drops(drops: Iterable[Dropped]) -> tuple[DropCount, ...]:
    counts = Counter((drop.stage, drop.kind, drop.reason.value) for drop in drops)
    return tuple(
        DropCount(stage=stage, kind=kind, reason=reason, count=count)
        for (stage, kind, reason), count in counts.most_common()
    )


def _categories(features: Iterable[Feature]) -> tuple[CategoryCount, ...]:
    counts = Counter((feature.path[0], feature.origin) for feature in features)
    return tuple(
        CategoryCount(
            category=name, extracted=counts[name, "extracted"], evolved=counts[name, "evolved"]
        )
        for name in sorted({category for category, _ in counts})
    )


def _styles(tasks: Iterable[Task], verified: Counter[str]) -> tuple[StyleCount, ...]:
    written = Counter(task.style for task in tasks)
    return tuple(
        StyleCount(style=style, attempted=written[style], verified=verified[style])
        for style in sorted(written)
    )


def _ledger(folder: RunFolder) -> LedgerTotals:
    totals = folder.ledger.totals()
    calls, runs = totals.get("completion"), totals.get("execution")
    return LedgerTotals(
        attempts=calls.attempts if calls else 0,
        executions=runs.bodies if runs else 0,
        spendings=spendings(folder.ledger),
    )
