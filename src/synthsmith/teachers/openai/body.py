"""The body of a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from synthsmith.errors import InputError
from synthsmith.recipe import OpenAITeacherSettings
from synthsmith.records import CompletionRequest, PromptKind

Schemas = Mapping[PromptKind, dict[str, Any]]
"""JSON schemas of the replies of those prompt kinds whose reply is JSON."""

_OWN_FIELDS = {
    "model": "the teacher's model",
    "messages": "the prompts",
    "n": "solve.candidates (one sample a call)",
    "seed": "the run's seed",
    "stream": "the teacher's stream",
    "stream_options": "the teacher's stream",
    "max_tokens": "solve.max_tokens",
    "max_completion_tokens": "solve.max_tokens and token_field",
}
_OF_NO_ACCOUNT = ("title", "description", "default")
"""Parts of a schema that bind nothing, so they should not be part of a ledger key."""


def extra_fields(
    settings: OpenAITeacherSettings, kind: PromptKind, schemas: Schemas
) -> dict[str, Any]:
    """What requests of ``kind`` carry beside the standard parameters."""
    extra = dict(settings.extra_body)
    if settings.thinking is not None:
        switch = {"enable_thinking": settings.thinking}
        extra["chat_template_kwargs"] = {**extra.get("chat_template_kwargs", {}), **switch}
    if settings.json_schema and kind in schemas:
        schema = {"name": kind, "strict": True, "schema": strict_schema(schemas[kind])}
        extra["response_format"] = {"type": "json_schema", "json_schema": schema}
    return extra


def check_extra_body(settings: OpenAITeacherSettings) -> None:
    """Raise InputError for an ``extra_body`` that would alter what the road itself sets."""
    for field in settings.extra_body:
        if field in _OWN_FIELDS:
            raise InputError(
                f"teacher {settings.name}: extra_body may not set {field}, "
                f"which comes from {_OWN_FIELDS[field]}"
            )


def strict_schema(schema: Any) -> Any:
    """A JSON schema in the strict form endpoints enforce: every property required, no others."""
    if isinstance(schema, list):
        return [strict_schema(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    out = {
        name: {key: strict_schema(inner) for key, inner in value.items()}
        if name in ("properties", "$defs")
        else strict_schema(value)
        for name, value in schema.items()
        if name not in _OF_NO_ACCOUNT
    }
    if "properties" in out:
        out |= {"required": list(out["properties"]), "additionalProperties": False}
    return out


def request_body(settings: OpenAITeacherSettings, request: CompletionRequest) -> dict[str, Any]:
    """The JSON body of one unary chat completion, ``request.extra`` last."""
    return {
        "model": request.model,
        "messages": msgspec.to_builtins(request.messages),
        "temperature": request.temperature,
        "top_p": request.top_p,
        settings.token_field: request.max_tokens,
        "seed": request.seed,
        **request.extra,
    }
