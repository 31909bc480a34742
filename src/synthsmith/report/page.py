"""Rendering of ``report.html``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from synthsmith.files import replaced
from synthsmith.records import VerifiedTask
from synthsmith.report import charts, text
from synthsmith.report.data import FunnelStep, ReportData


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("synthsmith.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Whatever the template shows goes through here first; Markup has been through it already.
        finalize=lambda value: text.visible(value) if type(value) is str else value,
    )
    environment.filters |= {
        "markdown": text.markdown,
        "code": text.code,
        "pre": text.pre,
        "n": text.count,
        "share": text.share,
        "money": text.money,
        "words": lambda name: str(name).replace("_", " "),
    }
    environment.globals["stylesheet"] = Markup(_source(environment, "report.css"))
    return environment.get_template(name)


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _funnel(steps: tuple[FunnelStep, ...]) -> dict[str, list[FunnelStep]]:
    groups: dict[str, list[FunnelStep]] = {}
    for step in steps:
        groups.setdefault(step.group, []).append(step)
    return groups


def _heat(verdicts: dict[str, dict[str, int]]) -> tuple[list[str], dict[str, dict[str, int]]]:
    """Statuses that occur, most frequent first, and the counts by teacher."""
    totals: dict[str, int] = {}
    for counts in verdicts.values():
        for status, number in counts.items():
            totals[status] = totals.get(status, 0) + number
    statuses = sorted((s for s in totals if totals[s]), key=lambda s: (-totals[s], s))
    return statuses, dict(sorted(verdicts.items()))


def _pictures(data: ReportData) -> dict[str, Any]:
    return {
        "categories": charts.categories(
            "c1", "Bar chart of features by category; the table below has the numbers",
            data.categories,
        ),
        "growth": charts.growth(
            "c2", "Line chart of the number of features after each round", data.growth
        ),
        "confidence": charts.histogram(
            "c3",
            f"Histogram of vote confidence, mean {data.confidence.mean:.2f}",
            "share of the weighted vote that agrees",
            data.confidence,
        ),
        "pass_rates": charts.histogram(
            "c4",
            f"Histogram of candidates' pass rates, mean {data.pass_rates.mean:.2f}",
            "share of a task's tests that a candidate passes",
            data.pass_rates,
        ),
        "difficulty": charts.histogram(
            "c5",
            f"Histogram of task difficulty, mean {data.difficulty.mean:.2f}",
            "share of a task's candidates that fail a test",
            data.difficulty,
        ),
    }  # fmt: skip


def _confidence(task: VerifiedTask) -> float:
    return sum(t.confidence for t in task.tests) / max(1, len(task.tests))


def render_report(data: ReportData) -> str:
    """The page, the same text for the same data."""
    statuses, heat = _heat(data.verdicts)
    return _template("report.html.j2").render(
        data=data,
        total=data.ledger.total,
        charts=_pictures(data),
        funnel=_funnel(data.funnel),
        statuses=statuses,
        heat=heat,
        attempted=sum(s.attempted for s in data.styles),
        verified=sum(s.verified for s in data.styles),
        published_tests=sum(t.count for t in data.tests),
        mean_confidence=_confidence,
    )


def write_report(path: Path, data: ReportData) -> None:
    """Write the self-contained page; it appears whole or not at all.

    Raises InputError when the file cannot be written.
    """
    with replaced(path) as temporary:
        temporary.write_text(render_report(data), "utf-8")


def write_training_page(
    path: Path,
    title: str,
    facts: Mapping[str, str],
    curves: Mapping[str, Sequence[tuple[float, float]]],
) -> None:
    """Write a page of a training: ``facts``, and a curve of (step, value) for each name.

    Raises InputError when the file cannot be written.
    """
    drawn = {
        name: charts.curve(f"t{i}", f"Line chart of {name} over steps", points)
        for i, (name, points) in enumerate(curves.items())
        if points
    }
    template = _template("training.html.j2")
    with replaced(path) as temporary:
        temporary.write_text(template.render(title=title, facts=facts, curves=drawn), "utf-8")
