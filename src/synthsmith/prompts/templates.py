"""Rendering of prompt templates, and finding their tagged sections again."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from string import Template

from synthsmith.records import Message, PromptKind

TAGS: dict[PromptKind, tuple[str, ...]] = {
    "extract": ("code",),
    "evolve": ("features",),
    "select": ("features", "style"),
    "formulate": ("features", "strategy", "style", "limits"),
    "solve": ("statement", "io", "fn_name", "language", "limits"),
    "inputs": ("statement", "io", "count"),
    "generator": ("statement", "io"),
    "validator": ("statement", "io"),
}
"""The tagged sections each prompt promises; a contract test holds the templates to it."""


@cache
def _template(kind: PromptKind) -> Template:
    return Template(files(__package__).joinpath(f"{kind}.txt").read_text("utf-8"))


def render(kind: PromptKind, **values: object) -> tuple[Message, ...]:
    """The messages of one prompt; ``values`` must name every placeholder of the template.

    Raises KeyError when a placeholder has no value (a bug of the caller, not of the input).
    """
    text = _template(kind).substitute({name: str(value) for name, value in values.items()})
    return (Message(role="user", content=text),)


def kind_of(text: str) -> PromptKind | None:
    """The kind of a rendered prompt by its first line, which no two templates share, or None."""
    return _first_lines().get(text.partition("\n")[0])


@cache
def _first_lines() -> dict[str, PromptKind]:
    return {_template(kind).template.partition("\n")[0]: kind for kind in TAGS}


def section(text: str, tag: str) -> str:
    """The body of the first ``<tag …>…</tag>`` of a rendered prompt, or "" where there is none.

    The body ends at the last closing tag, so that a body which holds the tag itself stays whole.
    """
    found = re.search(rf"<{tag}(?: [^>\n]*)?>\n?(.*)</{tag}>", text, re.DOTALL)
    return found.group(1).removesuffix("\n") if found else ""


@cache
def template_digest() -> str:
    """One digest over all templates; it goes into the run folder, so a run names its prompts."""
    together = hashlib.sha256()
    for kind in sorted(TAGS):
        together.update(_template(kind).template.encode())
    return together.hexdigest()[:16]
