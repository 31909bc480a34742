"""Charts as inline SVG: deterministic, without fonts or links, coloured by the page's variables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from synthsmith.report.data import CategoryCount, Histogram
from synthsmith.report.text import visible

# Stand-ins that are replaced by the page's CSS variables, so that one picture suits both themes.
INK, MUTED, LINE, FIRST, SECOND = "#010101", "#020202", "#030303", "#040404", "#050505"
_VARIABLES = {INK: "--ink", MUTED: "--muted", LINE: "--line", FIRST: "--first", SECOND: "--second"}

_STYLE = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "ytick.major.size": 0,
    "grid.color": LINE,
    "legend.frameon": False,
}


_WIDTH, _WIDE = 4.6, 8.4
"""Inches: of a chart in a column, and of one that has the page's width."""


class Estimate(NamedTuple):
    """A value in percent under its name, with the ends of its error bar, if it has one."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    own: bool = False


def _drawn(
    name: str, label: str, height: float, draw: Callable[[Any], None], width: float = _WIDTH
) -> Markup:
    """The SVG of one chart: ``draw`` gets the axes; ``label`` is read out in place of it."""
    from matplotlib import style
    from matplotlib.figure import Figure

    with style.context(["default", _STYLE | {"svg.hashsalt": name}]):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.add_subplot())
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None})
    return _inlined(drawn.getvalue(), name, label)


def _inlined(text: str, name: str, label: str) -> Markup:
    """What an HTML page needs of a stand-alone SVG: ids of its own, no namespaces, no metadata."""
    text = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", text, flags=re.S)
    box = re.search(r'viewBox="[\d. -]+"', text)
    body = re.sub(r"^.*?<svg[^>]*>", "", text, count=1, flags=re.S)
    body = re.sub(r'\bid="', f'id="{name}-', body)
    body = re.sub(r'(url\(|href=")#', rf"\g<1>#{name}-", body)
    body = re.sub(r"\bxlink:href=", "href=", body)
    body = re.sub(r"font: ([\d.]+px)[^;\"]*", r"font-size: \1", body)
    body = re.sub(r"font-family:[^;\"]*;?", "", body)
    for colour, variable in _VARIABLES.items():
        body = body.replace(colour, f"var({variable})")
    opened = (
        f'<svg class="chart" {box.group() if box else ""} role="img" aria-label="{escape(label)}">'
    )
    return Markup(opened + body.strip())


def _plain_thousands(axis: Any) -> None:
    from matplotlib.ticker import EngFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    axis.set_major_formatter(EngFormatter(sep=""))


def histogram(name: str, label: str, axis_label: str, data: Histogram) -> Markup:
    """Bars over 0 to 1 with the mean marked; empty where there is nothing to show."""
    if not data.total:
        return Markup()

    def draw(axes: Any) -> None:
        width = 1 / len(data.counts)
        places = [(i + 0.5) * width for i in range(len(data.counts))]
        axes.bar(places, data.counts, width=width * 0.86, color=FIRST)
        axes.axvline(data.mean, color=SECOND, linewidth=1.6, linestyle=(0, (4, 2)))
        left = data.mean > 0.5
        axes.annotate(
            f"mean {data.mean:.2f}",
            (data.mean, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(-5 if left else 5, -2),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top",
            color=INK,
        )
        axes.set(xlim=(-0.01, 1.01), xlabel=axis_label)
        axes.margins(y=0.18)
        axes.grid(axis="y", linewidth=0.7)
        _plain_thousands(axes.yaxis)

    return _drawn(name, label, 2.25, draw)


def categories(name: str, label: str, data: Sequence[CategoryCount]) -> Markup:
    """Stacked bars of extracted and evolved features, the largest categories first."""
    rows = sorted(data, key=lambda c: (-(c.extracted + c.evolved), c.category))[:12][::-1]
    if not any(c.extracted + c.evolved for c in rows):
        return Markup()

    def draw(axes: Any) -> None:
        places = range(len(rows))
        extracted, evolved = [c.extracted for c in rows], [c.evolved for c in rows]
        axes.barh(places, extracted, height=0.66, color=FIRST, label="extracted")
        axes.barh(places, evolved, left=extracted, height=0.66, color=SECOND, label="evolved")
        names = [visible(" ".join(c.category.split()))[:24] for c in rows]
        axes.set_yticks(places, names, color=INK)
        axes.set_xlabel("features")
        axes.grid(axis="x", linewidth=0.7)
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="x", length=0)
        axes.legend(loc="lower right")
        _plain_thousands(axes.xaxis)

    return _drawn(name, label, 1.0 + 0.26 * max(4, len(rows)), draw)


def growth(name: str, label: str, data: Sequence[int]) -> Markup:
    """The number of features after extraction and after each round."""
    if not any(data):
        return Markup()

    def draw(axes: Any) -> None:
        places = range(len(data))
        axes.fill_between(places, data, color=FIRST, alpha=0.14, linewidth=0)
        axes.plot(places, data, color=FIRST, linewidth=2, marker="o", markersize=5)
        for place, number in zip(places, data, strict=True):
            axes.annotate(
                f"{number:,}",
                (place, number),
                xytext=(0, 6),
                textcoords="offset points",
                ha="center",
                color=INK,
            )
        names = ["extracted", *(f"round {i}" for i in range(1, len(data)))]
        step = -(-len(data) // 6)
        axes.set_xticks(list(places)[::step], names[::step])
        axes.set_ylim(0, max(data) * 1.2)
        axes.margins(x=0.12)
        axes.grid(axis="y", linewidth=0.7)
        _plain_thousands(axes.yaxis)

    return _drawn(name, label, 2.25, draw)


def curve(name: str, label: str, points: Sequence[tuple[float, float]]) -> Markup:
    """A value over the steps of a training, the last one written beside it."""

    def draw(axes: Any) -> None:
        steps, values = zip(*points, strict=True)
        few = len(points) <= 30
        axes.plot(
            steps, values, color=FIRST, linewidth=1.6, marker="o" if few else "", markersize=4
        )
        axes.annotate(
            f"{values[-1]:.3g}",
            (steps[-1], values[-1]),
            xytext=(0, 6),
            textcoords="offset points",
            ha="right",
            color=INK,
        )
        axes.set_xlabel("step")
        axes.margins(x=0.03, y=0.15)
        axes.grid(axis="y", linewidth=0.7)

    return _drawn(name, label, 2.25, draw)


def months(name: str, label: str, data: Sequence[Estimate], cutoff: str) -> Markup:
    """Estimates by month (named ``2024-08``), in its middle, and a line at the day ``cutoff``
    ("": none); months without any stay empty."""

    def draw(axes: Any) -> None:
        places = [_month(one.name) + 0.5 for one in data]
        _error_bars(axes, places, data, vertical=True)
        axes.plot(places, [one.value for one in data], "o", color=FIRST, markersize=5)
        first, last = int(places[0]), int(places[-1])
        step = -(-(last - first + 1) // 12)
        ticks = range(first, last + 1, step)
        axes.set_xticks([t + 0.5 for t in ticks], [f"{t // 12}-{t % 12 + 1:02}" for t in ticks])
        if cutoff:
            at = _month(cutoff) + (int(cutoff[8:10]) - 1) / 31
            axes.axvline(at, color=SECOND, linewidth=1.6, linestyle=(0, (4, 2)))
            left = at > (first + last + 1) / 2
            axes.annotate(
                f"cutoff {cutoff}",
                (at, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(-5 if left else 5, 10),
                textcoords="offset points",
                ha="right" if left else "left",
                va="top",
                color=INK,
            )
        axes.set(xlim=(first - 0.3, last + 1.3), ylim=(0, 102), ylabel="% of answers that pass")
        axes.grid(axis="y", linewidth=0.7)

    return _drawn(name, label, 2.7, draw, _WIDE)


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def ranking(name: str, label: str, axis_label: str, data: Sequence[Estimate]) -> Markup:
    """Bars of estimates, the highest on top, one's own in another colour."""
    rows = sorted(data, key=lambda one: (one.value, one.name))

    def draw(axes: Any) -> None:
        places = range(len(rows))
        colours = [SECOND if one.own else FIRST for one in rows]
        axes.barh(places, [one.value for one in rows], height=0.62, color=colours)
        _error_bars(axes, places, rows, vertical=False)
        for place, one in zip(places, rows, strict=True):
            axes.annotate(
                f"{one.value:.1f}",
                (max(one.value, one.high or 0), place),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                color=INK,
            )
        names = [visible(" ".join(one.name.split()))[:40] for one in rows]
        axes.set_yticks(places, names, color=INK)
        axes.set_xlabel(axis_label)
        axes.margins(x=0.1, y=0.02)
        axes.grid(axis="x", linewidth=0.7)
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="x", length=0)

    return _drawn(name, label, 0.9 + 0.27 * len(rows), draw, _WIDE)


def _error_bars(
    axes: Any, places: Sequence[float], data: Sequence[Estimate], vertical: bool
) -> None:
    """The intervals of those that have one."""
    for place, one in zip(places, data, strict=True):
        if one.low is not None and one.high is not None:
            across, along = [place, place], [one.low, one.high]
            x, y = (across, along) if vertical else (along, across)
            axes.plot(x, y, color=FIRST if vertical else INK, linewidth=1.6, solid_capstyle="butt")
