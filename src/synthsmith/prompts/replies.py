"""What a teacher's reply must hold, and the tolerant reading of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import msgspec

from synthsmith.errors import Drop, DropReason
from synthsmith.records import Role


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the JSON replies; unknown fields are ignored, for models like to add some."""


class ExtractReply(Reply, frozen=True):
    """Reply to ``extract``."""

    features: tuple[tuple[str, ...], ...]


class EvolveReply(Reply, frozen=True):
    """Reply to ``evolve``."""

    features: tuple[tuple[str, ...], ...]


class ChosenFeature(Reply, frozen=True):
    """One line of a ``select`` reply."""

    path: tuple[str, ...]
    role: Role = "support"


class SelectReply(Reply, frozen=True):
    """Reply to ``select``; no features means that nothing fits together."""

    features: tuple[ChosenFeature, ...]
    strategy: str = ""


class ShownSample(Reply, frozen=True):
    """One example of a ``formulate`` reply."""

    input: str
    output: str
    explanation: str = ""


class FormulateReply(Reply, frozen=True):
    """Reply to ``formulate``."""

    title: str
    statement: str
    samples: tuple[ShownSample, ...]
    fn_name: str = ""
    starter_code: str = ""


class ProposedInput(Reply, frozen=True):
    """One input of an ``inputs`` reply."""

    input: str
    kind: Literal["edge", "typical"] = "typical"


class InputsReply(Reply, frozen=True):
    """Reply to ``inputs``."""

    inputs: tuple[ProposedInput, ...]


R = TypeVar("R", bound=Reply)

_FENCE = re.compile(r"^[ \t]*(```+|~~~+)[ \t]*([\w+#-]*)[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.M | re.S)
_NAMES = {"python": {"python", "python3", "py"}, "cpp": {"cpp", "c++", "cc", "cxx", "c++20"}}


def parse_json_reply(text: str, kind: type[R]) -> R:
    """The last JSON object of a reply that fits ``kind``, fenced or bare.

    Raises Drop(MALFORMED_REPLY) with what is wrong with the last candidate.
    """
    text = text.replace("\r\n", "\n")
    places = [body for _, _, body in _FENCE.findall(text)]
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        places.insert(0, text[start : end + 1])
    problem = "no JSON object in the reply"
    for place in reversed(places):
        try:
            return msgspec.json.decode(place.strip().encode(errors="replace"), type=kind)
        except msgspec.MsgspecError as error:
            problem = str(error)
    raise Drop(DropReason.MALFORMED_REPLY, problem)


def reader(kind: type[R]) -> Callable[[str], R]:
    """``parse_json_reply`` for one kind of reply."""
    return lambda text: parse_json_reply(text, kind)


def last_code_block(text: str, language: str) -> str:
    """The last complete fenced block of ``language``, else the last one without a language.

    Raises Drop(NO_CODE) when there is none; never returns text that is not in the reply.
    """
    blocks = _FENCE.findall(text.replace("\r\n", "\n"))
    for wanted in (_NAMES[language], {""}):
        for _, name, body in reversed(blocks):
            if name.lower() in wanted and body.strip():
                return str(body)
    raise Drop(DropReason.NO_CODE, f"no complete fenced block of {language}")


def clean_paths(paths: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Distinct well-formed feature paths of a reply, in order.

    A path has two to five steps of at most 60 characters; white space in a step is folded.
    """
    out: dict[tuple[str, ...], None] = {}
    for path in paths:
        steps = tuple(" ".join(step.split()).strip(" >/") for step in path)
        if 2 <= len(steps) <= 5 and all(0 < len(step) <= 60 for step in steps):
            out[steps] = None
    return list(out)
