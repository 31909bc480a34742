"""The JSON schemas of replies, for endpoints that can enforce them."""

from __future__ import annotations

from typing import Any

import msgspec

from synthsmith.prompts.replies import (
    EvolveReply,
    ExtractReply,
    FormulateReply,
    InputsReply,
    Reply,
    SelectReply,
)
from synthsmith.records import PromptKind

_REPLIES: dict[PromptKind, type[Reply]] = {
    "extract": ExtractReply,
    "evolve": EvolveReply,
    "select": SelectReply,
    "formulate": FormulateReply,
    "inputs": InputsReply,
}


def reply_schemas() -> dict[PromptKind, dict[str, Any]]:
    """The schema of the reply to each kind of prompt that asks for JSON.

    Each is an object at the top, for endpoints refuse a reference there.
    """
    out: dict[PromptKind, dict[str, Any]] = {}
    for kind, reply in _REPLIES.items():
        _, parts = msgspec.json.schema_components([reply], ref_template="#/$defs/{name}")
        top = parts.pop(reply.__name__)
        out[kind] = {**top, "$defs": parts} if parts else top
    return out
