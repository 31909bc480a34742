"""A genuine llama.cpp server in process, with a tiny model of random weights."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import msgspec
import pytest
import xllamacpp
from api_server import request, settings
from gguf_model import CONTEXT, write_model

from synthsmith.errors import Drop, DropReason, InputError
from synthsmith.recipe import OpenAITeacherSettings
from synthsmith.records import Message
from synthsmith.teachers import open_teachers
from synthsmith.teachers.openai import discover, require_context

SLOTS = 2
ENDLESS = {"ignore_eos": True}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    params = xllamacpp.CommonParams()
    params.model.path = str(write_model(tmp_path_factory.mktemp("model") / "tiny.gguf"))
    params.model_alias = {"tiny"}
    params.n_ctx = CONTEXT
    params.n_parallel = SLOTS
    params.cpuparams.n_threads = 1
    params.warmup = False
    params.port = 0
    params.verbosity = 0
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


def asked(url: str, **changes: object) -> OpenAITeacherSettings:
    return settings(url, **{"queue_s": 120.0, "patience_s": 5.0} | changes)


async def test_models_and_the_context_of_a_slot(url: str) -> None:
    (served,) = await discover(asked(url))
    assert (served.id, served.context_length) == ("tiny", CONTEXT // SLOTS)
    await require_context(asked(url), 56, 200)
    with pytest.raises(InputError, match="do not fit its context of 256"):
        await require_context(asked(url), 57, 200)


async def test_the_same_seed_gives_the_same_text_and_another_another(url: str) -> None:
    async with open_teachers([asked(url, model="")]) as (teacher,):
        calls = [request(number, max_tokens=40, extra=ENDLESS) for number in (1, 2)]
        alike = [msgspec.structs.replace(calls[0], seed=seed) for seed in (5, 6)]
        first, second = [
            await asyncio.gather(*(teacher.complete(call) for call in [*calls, *alike]))
            for _ in range(2)
        ]
    assert [one.text for one in first] == [one.text for one in second]
    assert len({one.text for one in first}) == 4
    assert {one.finish for one in first} == {"length"}
    assert all(one.usage.completion_tokens == 40 for one in first)
    assert all((one.usage.prompt_tokens or 0) > 0 for one in first)
    assert all(one.usage.reasoning_tokens is None for one in first)


async def test_streamed_text_is_the_same(url: str) -> None:
    call = request(1, max_tokens=60, extra=ENDLESS)
    results = []
    for stream in (False, True):
        async with open_teachers([asked(url, stream=stream)]) as (teacher,):
            results.append(await teacher.complete(call))
    assert results[0].text == results[1].text
    assert results[0].finish == results[1].finish == "length"
    assert results[0].usage.completion_tokens == results[1].usage.completion_tokens == 60


async def test_a_schema_is_enforced(url: str) -> None:
    kinds = {"enum": ["easy", "hard"]}
    number = {"enum": [7, 8]}
    schema = {"type": "object", "properties": {"number": number, "kind": kinds}}
    asking = asked(url, json_schema=True)
    async with open_teachers([asking], {"formulate": schema}) as (teacher,):
        call = request(1, kind="formulate", max_tokens=180, extra=teacher.extra("formulate"))
        completion = await teacher.complete(call)
    assert completion.finish == "stop"
    reply = json.loads(completion.text)
    assert reply.keys() == {"number", "kind"}
    assert reply["number"] in (7, 8)
    assert reply["kind"] in ("easy", "hard")


async def test_a_constrained_reply_cut_by_length_is_not_asked_for_again(url: str) -> None:
    schema = {"type": "object", "properties": {"word": {"const": "x" * 100}}}
    asking = asked(url, json_schema=True)
    async with open_teachers([asking], {"formulate": schema}) as (teacher,):
        call = request(1, kind="formulate", max_tokens=20, extra=teacher.extra("formulate"))
        try:
            completion = await teacher.complete(call)
        except Drop as drop:  # its own parser gives up on half an object
            assert drop.reason is DropReason.REFUSED_BY_ENDPOINT
        else:
            assert completion.finish == "length"


async def test_a_prompt_too_long_is_dropped_with_the_endpoints_words(url: str) -> None:
    messages = (Message(role="user", content="x" * 2 * CONTEXT),)
    async with open_teachers([asked(url)]) as (teacher,):
        with pytest.raises(Drop, match="exceeds the available context size") as caught:
            await teacher.complete(request(1, messages=messages))
    assert caught.value.reason is DropReason.REFUSED_BY_ENDPOINT


async def test_many_calls_at_once(url: str) -> None:
    async with open_teachers([asked(url)]) as (teacher,):
        calls = [teacher.complete(request(i, max_tokens=10, extra=ENDLESS)) for i in range(60)]
        results = await asyncio.gather(*calls)
    assert all(one.usage.completion_tokens == 10 for one in results)
