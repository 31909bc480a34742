"""The contract between templates and whoever reads them."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from synthsmith.prompts import (
    TAGS,
    EvolveReply,
    ExtractReply,
    FormulateReply,
    InputsReply,
    SelectReply,
    kind_of,
    parse_json_reply,
    render,
    section,
)
from synthsmith.records import PromptKind

VALUES = {
    "language": "python",
    "code": "print('</code> $x ${y} {z}')",
    "features": "a > b\nc > d",
    "count": 7,
    "style": "atcoder",
    "most": 3,
    "strategy": "combine\nthem",
    "time_limit_s": "1",
    "memory_limit_mb": 256,
    "statement": "# T\n\n## Input\n\n<b>&amp;</b> $n$ and $$ signs\n",
    "io": "stdin",
    "fn_name": "",
    "fence": "```python",
}
REPLIES = {
    "extract": ExtractReply,
    "evolve": EvolveReply,
    "select": SelectReply,
    "formulate": FormulateReply,
    "inputs": InputsReply,
}


def used(kind: PromptKind) -> dict[str, object]:
    """The values that this template asks for."""
    out: dict[str, object] = {}
    while True:
        try:
            render(kind, **out)
            return out
        except KeyError as missing:
            out[missing.args[0]] = VALUES[missing.args[0]]


def test_every_kind_has_its_tags() -> None:
    assert set(TAGS) == set(get_args(PromptKind))


@pytest.mark.parametrize("kind", TAGS)
def test_every_tagged_section_is_found_again_whole(kind: PromptKind) -> None:
    values = used(kind)
    (message,) = render(kind, **values)
    for tag in TAGS[kind]:
        body = section(message.content, tag)
        if tag == "limits":
            assert body == "1 seconds of CPU time a test, 256 MB of memory"
        else:
            assert body == str(values[tag])


@pytest.mark.parametrize("kind", TAGS)
def test_no_placeholder_is_left_open(kind: PromptKind) -> None:
    plain = dict.fromkeys(used(kind), "X")
    (message,) = render(kind, **plain)
    assert not re.search(r"\$[a-z_{]", message.content)


@pytest.mark.parametrize("kind", TAGS)
def test_the_kind_of_a_prompt_is_seen_from_its_text(kind: PromptKind) -> None:
    (message,) = render(kind, **used(kind))
    assert kind_of(message.content) == kind
    assert kind_of(" " + message.content) is None


def test_another_text_is_no_prompt() -> None:
    assert kind_of("Hello") is None
    assert kind_of("") is None


@pytest.mark.parametrize("kind", REPLIES)
def test_the_schema_shown_is_the_schema_read(kind: PromptKind) -> None:
    """The example at the end of a prompt parses as the reply it asks for."""
    (message,) = render(kind, **used(kind))
    example = message.content.rstrip().rpartition("```json")[2].rstrip("`").strip()
    assert set(json.loads(example)) == set(REPLIES[kind].__struct_fields__)
    parse_json_reply(f"```json\n{example}\n```", REPLIES[kind])


def test_a_missing_section_is_empty() -> None:
    assert section("nothing here", "statement") == ""
