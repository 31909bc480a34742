"""Programs in replies: fenced blocks as language models really write them.

A Markdown parser would be stricter than models are (fences glued to a line, never closed, nested
at the same length), so fences are found line by line here, and where they are ambiguous that
reading is believed which leaves a whole program.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts.programs import ends_in_a_string, is_whole

_THOUGHT = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.I)
_THINKING = re.compile(r"\s*<(?:think|thinking|thought|reasoning)>", re.I)
_FENCE = re.compile(
    r"(?P<indent>[ \t]*)(?P<lead>(?:[-*+]|\d{1,3}[.)])[ \t]+|(?:<\w[^<>`]{0,40}>[ \t]*){1,3})?"
    r"(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)"
)
_AFTER_CLOSING = re.compile(r"(?:\s|</?\w[^<>]{0,40}>|<\|\w{1,20}\|>){0,8}")
_NAMES = {
    "python": re.compile(r"[{.\s]*(?:python|pypy|cpython|py)[ -]?[\d.]*", re.I),
    "cpp": re.compile(r"[{.\s]*(?:(?:c|g|gnu)\+\+|cpp|cxx|cc)[ -]?\w{0,2}(?!\w)", re.I),
}
_ATTRIBUTES = re.compile(r"\s*(?:[({\[:].*|[^{}]*\}|[\w-]+=.*|[\w./\\-]+\.\w{1,5}|copy)?\s*")
_TAG = re.compile(r"<(code|answer|solution|program|final|final_answer|python|cpp)\b[^<>\n]{0,80}>")
_TRIES = 8
"""Ends that are tried for one block whose first end leaves no whole program."""
_LONGEST = 8
"""Fences longer than this count as this long."""


class Block(NamedTuple):
    """One fenced block: ``info`` follows the opening fence, ``closed`` says whether it ends."""

    info: str
    body: str
    closed: bool


class _Fence(NamedTuple):
    line: int
    width: int
    """Characters that the fence is indented by."""
    mark: str
    info: str
    closes: bool
    """Whether it may end a block."""
    glued: bool
    """Whether text stands before it on its line."""


def answer_of(text: str) -> str:
    """A reply without Windows line ends and without what is left of its reasoning."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    thoughts = _THOUGHT.split(text)
    if len(thoughts) > 1:
        return thoughts[-1]
    return "" if _THINKING.match(text) else text


def last_code_block(text: str, language: str) -> str:
    """The last program of ``language`` in a reply that its teacher ended by itself.

    Blocks marked with the language go before unmarked ones, and those before tagged sections. A
    block that is never closed counts only when it holds a whole program. Raises Drop(NO_CODE)
    when there is none; every line of the program stands in the reply, in this order (an indented
    block loses its indentation).
    """
    text = answer_of(text)
    found = [block for block in blocks(text) if block.body.strip() or not block.closed]
    marked = [block for block in found if _is(block.info, language)]
    if marked:
        last = marked[-1]
        if not last.closed and not is_whole(last.body, language):
            raise Drop(DropReason.NO_CODE, f"the last fenced block of {language} is not closed")
        if ends_in_a_string(last.body, language):
            raise Drop(DropReason.NO_CODE, f"the last program in {language} is cut in a string")
        return last.body
    bodies = [block.body for block in found if not block.info] or _sections(text)
    for body in bodies[: -_TRIES - 1 : -1]:
        if is_whole(body, language):
            return body
    raise Drop(DropReason.NO_CODE, f"no complete fenced block of {language}")


def _is(info: str, language: str) -> bool:
    name = _NAMES[language].match(info)
    return bool(name and _ATTRIBUTES.fullmatch(info, name.end()))


def _sections(text: str) -> list[str]:
    """What stands in tags such as ``<answer>``, in order."""
    out = []
    for opening in list(_TAG.finditer(text))[-_TRIES:]:
        end = text.find(f"</{opening[1]}>", opening.end())
        if end >= 0:
            out.append(text[opening.end() : end].strip("\n"))
    return out


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a text with plain line ends, in order, in linear time."""
    reading = _Reading(text.split("\n"))
    at = 0
    while at < len(reading.fences):
        block, at = reading.block(at)
        yield block


class _Reading:
    """The lines and fences of one text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.fences = [fence for i, line in enumerate(lines) if (fence := _fence(i, line))]
        self._effort = 4 * sum(map(len, lines)) + 100_000
        self._closing: dict[tuple[str, int], list[int]] = {}
        self._marked: dict[tuple[str, int], list[int]] = {}
        for i, fence in enumerate(self.fences):
            table = self._closing if fence.closes else self._marked
            if fence.closes or (fence.info and not fence.glued):
                for length in range(3, min(len(fence.mark), _LONGEST) + 1):
                    table.setdefault((fence.mark[0], length), []).append(i)

    def block(self, at: int) -> tuple[Block, int]:
        """The block that fence ``at`` opens, and the next fence outside of it."""
        opening = self.fences[at]
        like = opening.mark[0], min(len(opening.mark), _LONGEST)
        closing = self._closing.get(like, [])
        first = bisect_right(closing, at)
        ends = closing[first : first + _TRIES]
        language = next((name for name in _NAMES if _is(opening.info, name)), "")
        if language and (found := self._whole(at, ends, language)):
            return found
        # A marked fence before the end: this block was given up, and one begins again there.
        marked = self._marked.get(like, [])
        again = marked[bisect_right(marked, at) :][:1]
        if again and (not ends or again[0] < ends[0]):
            given_up = Block(opening.info, self._body(at, again[0]), False)
            if language and ends_in_a_string(given_up.body, language):
                return given_up, len(self.fences)  # that fence stands inside of the string
            return given_up, again[0]
        end = ends[0] if ends else len(self.fences)
        return Block(opening.info, self._body(at, end), bool(ends)), end + 1

    def _whole(self, at: int, ends: Sequence[int], language: str) -> tuple[Block, int] | None:
        """The shortest whole program that fence ``at`` opens, by any way of ending it."""
        opening = self.fences[at]
        for end in ends:
            if self._effort <= 0:
                return None
            body = self._body(at, end)
            self._effort -= len(body)
            if is_whole(body, language):
                return Block(opening.info, body, True), end + 1
        following = self.fences[at + 1].line if at + 1 < len(self.fences) else len(self.lines)
        for line in range(opening.line + 1, following):
            text = self.lines[line].rstrip()
            if text.endswith(opening.mark) and self._effort > 0:
                before = [*self.lines[opening.line + 1 : line], text.removesuffix(opening.mark)]
                body = _dedented(before, opening.width)
                self._effort -= len(body)
                if is_whole(body, language):
                    return Block(opening.info, body, True), at + 1
        return None

    def _body(self, at: int, end: int) -> str:
        """What stands between two fences, ``end`` being one past the last for all the rest."""
        last = self.fences[end].line if end < len(self.fences) else len(self.lines)
        return _dedented(self.lines[self.fences[at].line + 1 : last], self.fences[at].width)


def _fence(number: int, line: str) -> _Fence | None:
    if "```" not in line and "~~~" not in line:
        return None
    found = _FENCE.fullmatch(line)
    if found:
        lead, info = found["lead"] or "", found["info"]
        bare = bool(_AFTER_CLOSING.fullmatch(info))
        width = len(found["indent"]) + (0 if "<" in lead else len(lead))
        closes = bare and not lead
        return _Fence(number, width, found["mark"], "" if bare else info.strip(), closes, False)
    start = max(line.rfind("```"), line.rfind("~~~"))
    info = line[start + 3 :].strip()
    if any(_is(info, name) for name in _NAMES) and not line[:start].endswith(("`", "~")):
        return _Fence(number, 0, line[start : start + 3], info, False, True)
    return None


def _dedented(lines: Sequence[str], width: int) -> str:
    """The lines as one text; those of an indented fence lose the indentation they share."""
    inner = [len(line) - len(line.lstrip(" \t")) for line in lines if line.strip()]
    shared = min(inner, default=0) if width else 0
    return "".join(f"{line[shared:]}\n" for line in lines)
