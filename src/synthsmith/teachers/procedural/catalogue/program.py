"""What extraction reads of a program, the same for every language.

Both front ends reduce source to one dialect of compact text, so that one table of idioms serves
both: no comments, no spaces but between words, string literals emptied, ``self.``/``std::`` and
the like gone, ``//`` written ``/``, ``->`` written ``.``, ``i++`` written ``i+=1``, ``push_back``
written ``append``, ``&&`` written ``and``, ``st.top()`` written ``st[-1]``. Lengths of words,
bodies and lists are bounded, so that bounded patterns take linear time on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_BODY = 4_000
MAX_BLOCKS = 200
LONG_WORD = re.compile(r"\w{41,}")
BRACKETS = frozenset("()[]{}")


Found = Iterator[tuple[str, int]]
"""What a detector yields: an ontology name and its weight."""

NEIGHBOURS = re.compile(
    r"\bfor[ (](?:[^\n;{]{1,40} in \w+(?:\[|\.get\(|\.neighbo)|[\w&:<>, \[\]]{1,40}:\w+(?:\[|\))"
    r"|[\w =]{1,24};\w+<\w+\[\w+\]\.size\(\)|\w+ in range\(len\(\w+\[)"
)
SEEN = re.compile(
    r"not in \w+|not \w+\[|!\w+\[|visit|seen|==-1|==False|==0|!=\w+\b|is None|[<>]\w+\[|inf|>=0",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: ``body`` is compact text in which calls of itself are written ``SELF(``."""

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


def mark_self_calls(name: str, body: str) -> tuple[str, int]:
    """``body`` with the calls of ``name`` written ``SELF(``, and how many there are."""
    if f"{name}(" not in body:
        return body, 0
    return re.subn(rf"\b{re.escape(name)}\(", "SELF(", body)
