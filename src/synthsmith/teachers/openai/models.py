"""What the endpoints serve, asked before anything is spent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import msgspec

from synthsmith.errors import Drop, EndpointError, InputError
from synthsmith.recipe import EndpointSettings, OpenAITeacherSettings
from synthsmith.teachers.openai.client import Client
from synthsmith.teachers.openai.faults import Fault

_DEADLINE_S = 30.0
_TRIES = 4
_CONTEXT_FIELDS = ("max_model_len", "context_length", "context_window", "max_context_length")
_META_FIELDS = ("n_ctx", "n_ctx_train")


@dataclass(frozen=True)
class Served:
    """A model behind an endpoint; ``context_length`` in tokens, None where it is not told."""

    id: str
    context_length: int | None


async def discover(settings: OpenAITeacherSettings) -> list[Served]:
    """The models that all endpoints of a teacher serve, in the order of the first.

    The context length is the least that is told. Raises EndpointError for an endpoint that does
    not answer, InputError for a key or url that is wrong.
    """
    lists = await asyncio.gather(*map(_models, settings.endpoints))
    common = []
    for served in lists[0]:
        same = [[other for other in one if other.id == served.id] for one in lists]
        if all(same):
            lengths = [one[0].context_length for one in same]
            known = [length for length in lengths if length is not None]
            common.append(Served(served.id, min(known, default=None)))
    return common


async def with_model(settings: OpenAITeacherSettings) -> OpenAITeacherSettings:
    """The settings with ``model`` filled in where it was left empty.

    Raises as ``discover``, and InputError unless exactly one model is served.
    """
    if settings.model:
        return settings
    names = [served.id for served in await discover(settings)]
    if len(names) != 1:
        what = f"serves {', '.join(names[:12])}" if names else "serves no model"
        raise InputError(
            f"teacher {settings.name}: {settings.endpoints[0].url} {what}; name one "
            "(model in the recipe, or --model)"
        )
    return msgspec.structs.replace(settings, model=names[0])


async def require_context(
    settings: OpenAITeacherSettings, prompt_tokens: int, max_tokens: int
) -> None:
    """Check that the longest prompt and reply, in tokens, fit what is served.

    ``settings.model`` must be named; see ``with_model``. Raises InputError if they do not fit, or
    if the model is not served; else as ``discover``. What an endpoint does not tell, and
    ``context_length`` does not say, is not checked.
    """
    length = settings.context_length or None
    if length is None:
        served = {one.id: one.context_length for one in await discover(settings)}
        if served and settings.model not in served:
            raise InputError(
                f"teacher {settings.name}: {settings.endpoints[0].url} does not serve "
                f"{settings.model}, but {', '.join(list(served)[:12])}"
            )
        length = served.get(settings.model)
    if length is not None and prompt_tokens + max_tokens > length:
        raise InputError(
            f"teacher {settings.name}: a prompt of about {prompt_tokens} tokens and a reply of "
            f"{max_tokens} do not fit its context of {length}: set solve.max_tokens to at most "
            f"{max(0, length - prompt_tokens)}, or serve the model with a longer context"
        )


async def _models(endpoint: EndpointSettings) -> list[Served]:
    client = Client(endpoint)
    try:
        return _read(await _get(client), client.url)
    finally:
        await client.close()


async def _get(client: Client) -> bytes:
    fault: Fault | None = None
    for number in range(_TRIES):
        try:
            return await client.get("models", _DEADLINE_S)
        except Drop as drop:
            raise InputError(f"{client.url} does not list its models: {drop.detail}") from None
        except Fault as again:
            fault = again
            if number + 1 < _TRIES:
                await asyncio.sleep(min(10.0, again.retry_after or 0.25 * 2**number))
    raise EndpointError(
        f"{client.url} does not answer ({fault}): see whether the server runs and the url is right"
    )


def _read(body: bytes, url: str) -> list[Served]:
    try:
        models = msgspec.json.decode(body)["data"]
        return [Served(str(model["id"]), _context_length(model)) for model in models]
    except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError):
        raise InputError(
            f"{url}/models is no list of models: check that the url ends in the version, "
            "as in http://localhost:8000/v1"
        ) from None


def _context_length(model: dict[str, Any]) -> int | None:
    """As vLLM, SGLang, OpenRouter and others tell it, or llama.cpp in a table of its own."""
    meta = model.get("meta")
    places = [(model, name) for name in _CONTEXT_FIELDS]
    places += [(meta, name) for name in _META_FIELDS] if isinstance(meta, dict) else []
    for table, name in places:
        if isinstance(table.get(name), int) and table[name] > 0:
            return int(table[name])
    return None
