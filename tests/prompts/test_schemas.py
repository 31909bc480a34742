"""The schemas sent along with prompts, against the replies that the prompts show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from synthsmith.prompts import TAGS, render, reply_schemas
from synthsmith.records import PromptKind

SCHEMAS = reply_schemas()
FILLED = dict.fromkeys(
    (
        *("language", "code", "features", "count", "style", "most", "strategy", "statement"),
        *("time_limit_s", "memory_limit_mb", "io", "fn_name", "fence"),
    ),
    "x",
)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every table in a schema."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


@pytest.mark.parametrize("kind", TAGS)
def test_every_prompt_that_asks_for_json_has_a_schema(kind: PromptKind) -> None:
    (message,) = render(kind, **FILLED)
    assert (kind in SCHEMAS) == ("```json" in message.content)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_top_is_an_object_and_every_reference_leads_somewhere(kind: PromptKind) -> None:
    schema = SCHEMAS[kind]
    assert schema["type"] == "object"
    known = {f"#/$defs/{name}" for name in schema.get("$defs", {})}
    found = {node["$ref"] for node in nodes(schema) if isinstance(node.get("$ref"), str)}
    assert found == known


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_field_of_the_shown_reply_is_in_the_schema(kind: PromptKind) -> None:
    (message,) = render(kind, **FILLED)
    example = message.content.rstrip().rpartition("```json")[2]
    named = {name for node in nodes(SCHEMAS[kind]) for name in node.get("properties", {})}
    assert named
    assert all(f'"{name}":' in example for name in named)
