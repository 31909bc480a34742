"""The little TeX of contest statements, ``$1 \\le a_i \\le 10^9$``, as HTML."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markupsafe import Markup

_MATH = re.compile(r"(\$\$?)(?!\s)([^$\n]{1,400}?)(?<!\s)\1")
_COMMAND = re.compile(r"\\([A-Za-z]+|.) ?")
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|([^\s{}]))")

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Braces that are to be seen, while the ones that group are taken out."""

_SYMBOLS = {
    "le": " ≤ ", "leq": " ≤ ", "ge": " ≥ ", "geq": " ≥ ", "ne": " ≠ ", "neq": " ≠ ",
    "lt": " < ", "gt": " > ", "in": " ∈ ", "notin": " ∉ ", "subseteq": " ⊆ ", "mid": " | ",
    "cdot": " · ", "times": " × ", "pm": "±", "oplus": " ⊕ ", "bmod": " mod ", "mod": " mod ",
    "to": " → ", "rightarrow": " → ", "infty": "∞", "sum": "∑", "prod": "∏", "sqrt": "√",
    "ldots": "…", "dots": "…", "cdots": "⋯", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ",
    "sigma": "σ", "Sigma": "Σ", "pi": "π", "varepsilon": "ε", "epsilon": "ε",
    "quad": " ", "left": "", "right": "", "text": "", "mathrm": "", "texttt": "", "mathbf": "",
    "{": _OPEN, "}": _CLOSE, ",": " ", ";": " ", ":": " ", "!": "", " ": " ",
}  # fmt: skip


def tex(source: str) -> Markup:
    """Symbols as characters, ``_`` and ``^`` as lowered and raised text, the rest escaped."""
    text = _COMMAND.sub(lambda found: _SYMBOLS.get(found[1], found[1]), source).replace("-", "−")
    out, place = Markup(), 0
    for found in _SCRIPT.finditer(text):
        tag = Markup("sub" if found[1] == "_" else "sup")
        inner = found[2] if found[2] is not None else found[3]
        out += _plain(text[place : found.start()])
        out += Markup("<{0}>{1}</{0}>").format(tag, _plain(inner))
        place = found.end()
    return Markup('<span class="math">{}</span>').format(out + _plain(text[place:]))


def _plain(text: str) -> str:
    bare = text.replace("{", "").replace("}", "")
    return re.sub(" {2,}", " ", bare).replace(_OPEN, "{").replace(_CLOSE, "}")


def add_tex(reader: MarkdownIt) -> None:
    """Make a Markdown reader take ``$…$`` and ``$$…$$`` as mathematics."""

    def rule(state: StateInline, silent: bool) -> bool:
        found = _MATH.match(state.src, state.pos)
        if not found:
            return False
        if not silent:
            state.push("math", "", 0).content = found[2]
        state.pos = found.end()
        return True

    reader.inline.ruler.before("escape", "math", rule)
    reader.add_render_rule("math", lambda _, tokens, place, *rest: tex(tokens[place].content))
