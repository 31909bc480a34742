"""What a teacher's reply must hold, and the tolerant reading of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import msgspec

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts.json_replies import json_objects
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


def parse_json_reply(text: str, kind: type[R]) -> R:
    """The last JSON object of a reply that fits ``kind``, fenced or bare, mended where it must be.

    Raises Drop(MALFORMED_REPLY) with what is wrong with the last candidate.
    """
    problem = ""
    for value, wrong in json_objects(text, kind.__struct_fields__):
        try:
            if not wrong:
                return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            wrong = str(error)
        problem = problem or wrong
    raise Drop(DropReason.MALFORMED_REPLY, problem or "no JSON object in the reply")


def reader(kind: type[R]) -> Callable[[str], R]:
    """``parse_json_reply`` for one kind of reply."""
    return lambda text: parse_json_reply(text, kind)


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
