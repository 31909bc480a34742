"""The report of an evaluation as one self-contained page, with its pictures."""

from __future__ import annotations

from importlib.resources import files

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from synthsmith.evaluate.result import Result
from synthsmith.evaluate.rivals import rivals
from synthsmith.evaluate.summary import sections
from synthsmith.report import charts
from synthsmith.report.charts import Estimate

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title} · SynthSmith</title><style>{style}</style></head>
<body><header>{score}</header><main>{body}</main></body></html>
"""
_CARD = '<section class="card">{}</section>\n'


def page(result: Result) -> str:
    """The page, the same text for the same result."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    parts = {
        name: reader.render(text)
        .replace("<table>", '<div class="scroll"><table>')
        .replace("</table>", "</table></div>")
        for name, text in sections(result).items()
    }
    for name, picture in {"months": _months(result), "rivals": _beside(result)}.items():
        if name in parts:
            parts[name] = parts[name].replace("</h2>", f"</h2>{picture}", 1)
    score = parts.pop("score")
    return _PAGE.format(
        title=escape(result.settings.model.name),
        style=files("synthsmith.report").joinpath("report.css").read_text("utf-8"),
        score=score,
        body="".join(_CARD.format(part) for part in parts.values()),
    )


def _months(result: Result) -> Markup:
    rates = [
        Estimate(month, 100 * one.mean, 100 * one.low, 100 * one.high)
        for month, one in result.by_month.items()
    ]
    if not rates:
        return Markup()
    cutoff = result.drop.cutoff if result.drop else ""
    chart = charts.months(
        "m1", "Pass rate by month of release; the table below has the numbers", rates, cutoff
    )
    return _figure(
        chart,
        "Lines are 95% intervals over the problems of a month: of few problems they tell little, "
        "of a single one nothing.",
    )


def _beside(result: Result) -> Markup:
    """Bars of the models whose published figure is of the same metric and window."""
    window, score = result.settings.problems.window, result.score
    if window.name not in ("v5", "v6"):
        return Markup()
    metric = f"avg@{score.samples}"
    figures = [
        (one, one.v5, one.v5_pm) if window.name == "v5" else (one, one.v6, one.v6_pm)
        for one in rivals()
    ]
    told = [(one, value, pm) for one, value, pm in figures if value is not None]
    same = [_estimate(one.model, value, pm) for one, value, pm in told if one.metric == metric]
    if not same:
        return _figure(Markup(), f"No model has a published figure of {metric} to draw beside it.")
    spread = None if score.run_sd is None else 100 * score.run_sd
    own = _estimate(result.settings.model.name, 100 * score.mean, spread)._replace(own=True)
    chart = charts.ranking(
        "m2",
        f"{metric} on {window.name} beside published figures; the table below has the numbers",
        f"{metric}, points of 100, {window}",
        [own, *same],
    )
    return _figure(
        chart,
        f"Only figures of {metric}. {len(told) - len(same)} models whose metric is another, or is "
        "not told, stand in the table alone. Lines are ± as given with a figure; for "
        f"{result.settings.model.name} the standard deviation of its runs.",
    )


def _estimate(name: str, value: float, spread: float | None) -> Estimate:
    if spread is None:
        return Estimate(name, value)
    return Estimate(name, value, value - spread, value + spread)


def _figure(chart: Markup, caption: str) -> Markup:
    return Markup('<div class="picture">{}<p class="faint">{}</p></div>').format(chart, caption)
