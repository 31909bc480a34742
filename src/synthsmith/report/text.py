"""Text that others wrote, made safe and readable: every function returns escaped markup."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from synthsmith.records import Language
from synthsmith.report.tex import add_tex

LONGEST = 20_000
"""Characters of one text that are shown."""

# Control characters draw nothing, and directional ones make code read as what it is not.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """``text`` with every character that would be invisible, or is no text, as its code point."""
    unified = text.replace("\r\n", "\n")
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", unified)


def cut(text: str, limit: int = LONGEST) -> str:
    """The first ``limit`` characters, with a note on how many there are in all."""
    shown = text[:limit]
    return visible(shown if len(text) <= limit else f"{shown} … ({len(text):,} characters)")


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Nothing in a statement may make a browser load or follow anything.
    reader.disable(["image", "link", "autolink", "reference"])
    add_tex(reader)
    return reader


def markdown(text: str) -> Markup:
    """A statement's Markdown as HTML; raw HTML is escaped, headings stay below the page's own."""
    tokens = _markdown().parse(cut(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h5"
    return Markup(_markdown().renderer.render(tokens, _markdown().options, {}))


def code(text: str, language: Language) -> Markup:
    """A program with its syntax in ``<span class=…>``."""
    lexer = get_lexer_by_name(language, stripnl=False)
    return Markup(highlight(cut(text), lexer, HtmlFormatter(nowrap=True)))


def pre(text: str, limit: int = 600) -> Markup:
    """Text for a ``<pre>``: escaped, without the final newline."""
    return escape(cut(text.rstrip("\n"), limit))


def count(number: int | None) -> str:
    """A whole number with separators, shortened from ten million on; unknown is a dash."""
    if number is None:
        return "—"
    for size, unit in ((10**12, "T"), (10**9, "G"), (10**6, "M")):
        if number >= 10 * size or (unit != "M" and number >= size):
            return f"{number / size:,.1f} {unit}"
    return f"{number:,}"


def money(amount: float | None) -> str:
    """An amount with separators and two places; unknown is a dash."""
    return "—" if amount is None else f"{amount:,.2f}"


def share(part: float, whole: float) -> str:
    """A percentage that says 100% only of all and 0% only of none."""
    if not whole:
        return "—"
    percent = 100 * part / whole
    if 0 < percent < 1:
        return "<1%"
    return ">99%" if 99 < percent < 100 else f"{percent:.0f}%"
