"""Endpoints before a run: which model they serve, whether they bear what the recipe will ask."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from synthsmith.commands.estimate import longest_prompt_tokens
from synthsmith.commands.finding import Finding
from synthsmith.errors import InputError, SynthSmithError
from synthsmith.recipe import (
    EndpointSettings,
    OpenAITeacherSettings,
    Recipe,
    ReplayTeacherSettings,
    checked,
)
from synthsmith.teachers.openai import discover, require_context, with_model


def at_endpoint(recipe: Recipe, url: str | None, model: str, api_key_env: str) -> Recipe:
    """The recipe with one teacher only, ``model`` ("": the only one served) at ``url``.

    ``api_key_env`` names the variable that holds its key. None for the URL changes nothing.
    Raises InputError. Nothing is asked of the endpoint.
    """
    if url is None:
        for option, value in (("--model", model), ("--api-key-env", api_key_env)):
            if value:
                raise InputError(f"{option} needs --endpoint, the URL of the server it is for")
        return recipe
    endpoint = EndpointSettings(url=url, api_key_env=api_key_env)
    teacher = OpenAITeacherSettings(name=model or "endpoint", endpoints=(endpoint,), model=model)
    return checked(msgspec.structs.replace(recipe, teachers=(teacher,)))


def named_after_model(recipe: Recipe) -> Recipe:
    """The same with the only teacher of ``at_endpoint`` named as it stands in the rows."""
    (teacher,) = recipe.teachers
    if isinstance(teacher, OpenAITeacherSettings):
        teacher = msgspec.structs.replace(teacher, name=teacher.model)
    return msgspec.structs.replace(recipe, teachers=(teacher,))


async def resolved(recipe: Recipe) -> Recipe:
    """The recipe with every model named, once all endpoints are seen to bear its prompts.

    Raises InputError for settings that cannot work, EndpointError where nothing answers.
    """
    teachers = list(recipe.teachers)
    for i, teacher in enumerate(teachers):
        if isinstance(teacher, OpenAITeacherSettings):
            teachers[i] = named = await with_model(teacher)
            tokens = longest_prompt_tokens(teacher, recipe)
            await require_context(named, tokens, recipe.solve.max_tokens)
    return msgspec.structs.replace(recipe, teachers=tuple(teachers))


def examine_teachers(recipe: Recipe) -> Iterator[Finding]:
    """A finding for each teacher of a recipe, and for each endpoint of one."""
    for teacher in recipe.teachers:
        what = f"teacher {teacher.name}"
        if isinstance(teacher, OpenAITeacherSettings):
            yield from _endpoints(teacher, recipe, what)
        elif isinstance(teacher, ReplayTeacherSettings):
            if Path(teacher.cassette).is_file():
                yield Finding("ok", what, f"answers from {teacher.cassette}")
            else:
                todo = "synthsmith record RUN writes one"
                yield Finding("fail", what, f"no cassette at {teacher.cassette}", todo)
        else:
            yield Finding("ok", what, "embedded, needs no endpoint")


def _endpoints(teacher: OpenAITeacherSettings, recipe: Recipe, what: str) -> Iterator[Finding]:
    for endpoint in teacher.endpoints:
        here = f"{what} at {endpoint.url}"
        if endpoint.api_key_env and not os.environ.get(endpoint.api_key_env, "").strip():
            todo = f"export {endpoint.api_key_env}=…"
            yield Finding("fail", here, f"{endpoint.api_key_env} is not set", todo)
            continue
        alone = msgspec.structs.replace(teacher, endpoints=(endpoint,))
        try:
            yield asyncio.run(_endpoint(alone, recipe, here))
        except SynthSmithError as error:
            yield Finding("fail", here, str(error))


async def _endpoint(teacher: OpenAITeacherSettings, recipe: Recipe, what: str) -> Finding:
    named = await with_model(teacher)
    prompt, reply = longest_prompt_tokens(teacher, recipe), recipe.solve.max_tokens
    await require_context(named, prompt, reply)
    served = {one.id: one.context_length for one in await discover(named)}
    length = teacher.context_length or served.get(named.model)
    need = f"a prompt of about {prompt:,} tokens and a reply of {reply:,}"
    if length is None:
        todo = f"see that it has room for {need}, and set context_length"
        return Finding("warn", what, f"serves {named.model}, context length not told", todo)
    return Finding("ok", what, f"serves {named.model}, {length:,} tokens, enough for {need}")
