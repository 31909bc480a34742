"""What extraction reads of a program, the same for every language.

Both front ends reduce source to one dialect of compact text, so that one table of idioms serves
both: no comments, no spaces but between words, string literals emptied, ``self.``/``std::`` and
the like gone, ``//`` written ``/``, ``->`` written ``.``, ``i++`` written ``i+=1``, ``push_back``
written ``append``, ``&&`` written ``and``, ``st.top()`` written ``st[-1]``. Lengths of words,
bodies and lists are bounded, so that bounded patterns take linear time on any input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_BODY = 4_000
MAX_BLOCKS = 200
LONG_WORD = re.compile(r"\w{41,}")
BRACKETS = frozenset("()[]{}")


@dataclass(frozen=True, slots=True)
class Function:
    """A function: ``body`` is compact text, ``self_calls`` counts its calls of itself."""

    name: str
    params: tuple[str, ...]
    types: tuple[str, ...]
    body: str
    self_calls: int
    memoised: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop: ``depth`` loops of the same function are around it; ``var`` is "" for while."""

    kind: str
    var: str
    header: str
    body: str
    depth: int
    downwards: bool


@dataclass(slots=True)
class Program:
    """A whole program as extraction sees it."""

    text: str
    functions: list[Function] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    words: frozenset[str] = frozenset()

    def find(self, pattern: str) -> re.Match[str] | None:
        """The first match of ``pattern`` in the whole compact text."""
        return re.search(pattern, self.text)


def literal(content: str) -> str:
    """What a string literal becomes: one character is kept, brackets are marked ``'BR'``.

    Kept bracket characters would unbalance the text.
    """
    if content and set(content) <= BRACKETS:
        return "'BR'"
    return f"'{content}'" if len(content) == 1 and content not in "'\"\\\n" else '""'
