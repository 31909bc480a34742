"""Charts as inline SVG: deterministic, without fonts or links, coloured by the page's variables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

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


def _drawn(name: str, label: str, height: float, draw: Callable[[Any], None]) -> Markup:
    """The SVG of one chart: ``draw`` gets the axes; ``label`` is read out in place of it."""
    from matplotlib import style
    from matplotlib.figure import Figure

    with style.context(["default", _STYLE | {"svg.hashsalt": name}]):
        figure = Figure(figsize=(4.6, height), layout="constrained")
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
