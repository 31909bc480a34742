"""The teacher against an endpoint on loopback, well-behaved and not."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiohttp import web
from api_server import FAULTS, ApiServer, error, request, settings, text_for

from synthsmith.errors import Drop, DropReason, EndpointError, InputError
from synthsmith.recipe import EndpointSettings, OpenAITeacherSettings
from synthsmith.records import Completion, Message, Usage
from synthsmith.teachers import open_teachers
from synthsmith.teachers.openai import OpenAITeacher

DEAD = "http://127.0.0.1:9/v1"


async def completions(asked: OpenAITeacherSettings, count: int) -> list[Completion]:
    async with open_teachers([asked]) as (teacher,):
        return await asyncio.gather(*(teacher.complete(request(i)) for i in range(count)))


def expected(number: int) -> str:
    return f"prompt {number} answered with seed {1000 + number}"


async def test_a_call_arrives_as_it_was_made() -> None:
    schema = {"type": "object", "title": "Reply", "properties": {"a": {"type": "string"}}}
    async with ApiServer() as server:
        asked = settings(
            server.url,
            token_field="max_completion_tokens",
            extra_body={"top_k": 20, "chat_template_kwargs": {"effort": "high"}},
            thinking=False,
            json_schema=True,
        )
        async with open_teachers([asked], {"formulate": schema}) as (teacher,):
            messages = (
                Message(role="system", content="be brief"),
                Message(role="user", content='naïve 🙂\n\x00 </think> \\ "'),
            )
            extra = teacher.extra("formulate")
            call = request(3, messages=messages, temperature=0.7, top_p=0.9, extra=extra)
            completion = await teacher.complete(call)
        (body,) = server.bodies
    assert body == {
        "model": "tiny",
        "messages": [{"role": m.role, "content": m.content} for m in messages],
        "temperature": 0.7,
        "top_p": 0.9,
        "max_completion_tokens": 100,
        "seed": 1003,
        "top_k": 20,
        "chat_template_kwargs": {"effort": "high", "enable_thinking": False},
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "formulate",
                "strict": True,
                "schema": {
                    "type": "object",
                    "properties": {"a": {"type": "string"}},
                    "required": ["a"],
                    "additionalProperties": False,
                },
            },
        },
    }
    assert completion.text == text_for(body)
    assert completion.reasoning == f"about {text_for(body)}"
    assert completion.usage == Usage(prompt_tokens=5, completion_tokens=7)
    assert (completion.finish, completion.model) == ("stop", "tiny")


async def test_only_json_prompts_are_constrained() -> None:
    asked = settings(DEAD, json_schema=True)
    async with open_teachers([asked], {"formulate": {"type": "object"}}) as (teacher,):
        assert teacher.extra("solve") == {}
        assert "response_format" in teacher.extra("formulate")


async def test_streamed_and_unary_calls_give_the_same() -> None:
    async with ApiServer() as server:
        unary = await completions(settings(server.url), 5)
        streamed = await completions(settings(server.url, stream=True), 5)
        assert [body.get("stream", False) for body in server.bodies] == [False] * 5 + [True] * 5
    assert streamed == unary
    assert [one.text for one in unary] == [expected(i) for i in range(5)]


@pytest.mark.parametrize("stream", [False, True])
async def test_every_completion_arrives_right_through_a_storm_of_faults(
    quick_rests: None, stream: bool
) -> None:
    dice = random.Random(7)
    seen: set[str] = set()

    def storm(body: dict[str, Any]) -> str | None:
        if dice.random() >= 0.3:
            return None
        fault = dice.choice(FAULTS)
        seen.add(fault)
        return fault

    count = 250
    async with ApiServer(storm) as server:
        asked = settings(server.url, stream=stream, queue_s=0.8)
        results = await completions(asked, count)
        assert server.paid <= 1.02 * count
        assert len(server.bodies) > 1.2 * count
    assert seen == set(FAULTS)
    assert [one.text for one in results] == [expected(i) for i in range(count)]
    assert {one.finish for one in results} == {"stop"}


async def test_a_call_waits_as_long_as_the_endpoint_asks() -> None:
    times: list[float] = []

    def limited_first(body: dict[str, Any]) -> web.Response | None:
        times.append(asyncio.get_running_loop().time())
        return web.Response(status=429, headers={"Retry-After": "1.5"}) if len(times) == 1 else None

    async with ApiServer(limited_first) as server:
        await completions(settings(server.url), 1)
    assert times[1] - times[0] >= 1.5


async def test_rate_limits_alone_never_end_a_run(quick_rests: None) -> None:
    calls = 0

    def limited(body: dict[str, Any]) -> str | None:
        nonlocal calls
        calls += 1
        return "429" if calls <= 20 else None

    async with ApiServer(limited) as server:
        (completion,) = await completions(settings(server.url, patience_s=0.01), 1)
    assert completion.text == expected(0)


async def test_paid_results_are_not_bought_again() -> None:
    ends = iter(["length", "repetition", "content_filter", "something new"])

    def ended(body: dict[str, Any]) -> web.Response:
        message = {"content": "half", "reasoning": ""}
        return web.json_response({"choices": [{"message": message, "finish_reason": next(ends)}]})

    async with ApiServer(ended) as server:
        async with open_teachers([settings(server.url)]) as (teacher,):
            finishes = [(await teacher.complete(request(i))).finish for i in range(4)]
        assert len(server.bodies) == 4
    assert finishes == ["length", "repetition", "filtered", "error"]


@pytest.mark.parametrize(
    ("status", "words", "code", "error_type", "shown"),
    [
        (401, "no such key", "invalid_api_key", InputError, "MY_KEY"),
        (403, "not allowed", None, InputError, "MY_KEY"),
        (404, "no model tiny", "model_not_found", InputError, "tiny"),
        (402, "insufficient balance", None, EndpointError, "credit"),
        (429, "quota exceeded", "insufficient_quota", EndpointError, "credit"),
        (400, "use max_completion_tokens", "unsupported_parameter", InputError, "token_field"),
        (400, "the prompt has 9000 tokens, over 4096", 400, Drop, "over 4096"),
        (422, "bad", None, Drop, "bad"),
        (413, "too much", None, Drop, "too much"),
    ],
)
async def test_what_no_further_try_can_cure(
    status: int,
    words: str,
    code: object,
    error_type: type[Exception],
    shown: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MY_KEY", "secret")

    def reply(body: dict[str, Any]) -> web.Response:
        return web.json_response(error(words, code), status=status)

    async with ApiServer(reply) as server:
        endpoint = EndpointSettings(url=server.url, api_key_env="MY_KEY")
        with pytest.raises(error_type, match=shown) as caught:
            await completions(settings(endpoints=(endpoint,)), 1)
        assert server.keys == ["Bearer secret"]
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    if isinstance(caught.value, Drop):
        assert caught.value.reason is DropReason.REFUSED_BY_ENDPOINT


async def test_a_200_may_mean_another_status() -> None:
    async with ApiServer(lambda body: web.json_response(error("too long", 400))) as server:
        with pytest.raises(Drop, match="too long"):
            await completions(settings(server.url), 1)


async def test_a_redirect_is_told() -> None:
    there = web.Response(status=301, headers={"Location": "http://elsewhere/v1"})
    async with ApiServer(lambda body: there) as server:
        with pytest.raises(InputError, match="http://elsewhere/v1"):
            await completions(settings(server.url), 1)


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"endpoints": (EndpointSettings(url=DEAD, api_key_env="NO_SUCH_KEY"),)}, "NO_SUCH_KEY"),
        ({"endpoints": (EndpointSettings(url="localhost:8000"),)}, "http url"),
        (
            {"endpoints": (EndpointSettings(url=DEAD), EndpointSettings(url="ftp://x/v1"))},
            "http url",
        ),
        ({"extra_body": {"n": 4}}, "extra_body may not set n"),
        ({"extra_body": {"max_tokens": 4}}, "solve.max_tokens"),
    ],
)
async def test_settings_that_cannot_work(changes: dict[str, Any], shown: str) -> None:
    with pytest.raises(InputError, match=shown):
        OpenAITeacher(settings(DEAD, **changes))


async def test_an_endpoint_that_fails_for_long_ends_the_run(quick_rests: None) -> None:
    async with ApiServer(lambda body: "500") as server:
        with pytest.raises(EndpointError) as caught:
            await completions(settings(server.url, patience_s=0.3), 50)
        assert server.url in str(caught.value)
        assert "HTTP 500: broken" in str(caught.value)
        assert len(server.bodies) < 200


async def test_an_outage_shorter_than_the_patience_is_sat_out(quick_rests: None) -> None:
    async with ApiServer() as server:
        loop = asyncio.get_running_loop()
        back_at = loop.time() + 1.0
        server.misbehave = lambda body: "503" if loop.time() < back_at else None
        results = await completions(settings(server.url, patience_s=60), 40)
    assert [one.text for one in results] == [expected(i) for i in range(40)]


async def test_nobody_at_the_url(quick_rests: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("synthsmith.teachers.openai.endpoint._UNHEARD_PATIENCE_S", 0.2)
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1:9/v1"):
        await completions(settings(DEAD, patience_s=3600), 3)


async def test_one_dead_endpoint_of_two_is_a_warning(
    quick_rests: None, caplog: pytest.LogCaptureFixture
) -> None:
    async with ApiServer() as server:
        server.delay_s = 0.02
        asked = settings(DEAD, server.url, patience_s=0.2)
        results = await completions(asked, 400)
    assert [one.text for one in results] == [expected(i) for i in range(400)]
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1
    assert DEAD in told[0]


async def test_a_request_that_breaks_the_server_leaves_alone(quick_rests: None) -> None:
    def poisoned(body: dict[str, Any]) -> str | None:
        return "500" if body["seed"] == 1003 else None

    async with ApiServer(poisoned) as server, open_teachers([settings(server.url)]) as (teacher,):
        server.delay_s = 0.01
        asked = [teacher.complete(request(i)) for i in range(100)]
        results = await asyncio.gather(*asked, return_exceptions=True)
    failed = [i for i, one in enumerate(results) if not isinstance(one, Completion)]
    assert failed == [3]
    assert isinstance(results[3], Drop)
    assert results[3].reason is DropReason.REFUSED_BY_ENDPOINT


async def test_requests_that_break_the_server_are_told_from_an_outage(quick_rests: None) -> None:
    def poisoned(body: dict[str, Any]) -> str | None:
        return "cut body" if body["seed"] in (1000, 1001) else None

    async with ApiServer(poisoned) as server:
        async with open_teachers([settings(server.url, patience_s=60)]) as (teacher,):
            for number in (0, 1):
                with pytest.raises(Drop, match="failed 12 times"):
                    await teacher.complete(request(number))
        assert server.paid == 2


async def test_a_faster_endpoint_gets_more() -> None:
    async with AsyncExitStack() as stack:
        slow = await stack.enter_async_context(ApiServer())
        fast = await stack.enter_async_context(ApiServer())
        slow.delay_s, fast.delay_s = 0.4, 0.04
        results = await completions(settings(slow.url, fast.url), 300)
        assert [one.text for one in results] == [expected(i) for i in range(300)]
        assert fast.paid > 2 * slow.paid > 0


async def test_a_slow_call_holds_nobody() -> None:
    async with ApiServer() as server, open_teachers([settings(server.url)]) as (teacher,):
        server.misbehave = lambda body: "hang" if body["seed"] == 1000 else None
        slow = asyncio.create_task(teacher.complete(request(0, max_tokens=10**9)))
        others = await asyncio.gather(*(teacher.complete(request(i)) for i in range(1, 200)))
        assert len(others) == 199
        assert not slow.done()
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow


async def test_a_ceiling_is_kept() -> None:
    async with ApiServer() as server:
        server.delay_s = 0.01
        endpoint = EndpointSettings(url=server.url, concurrency=5)
        await completions(settings(endpoints=(endpoint,)), 60)
        assert server.busiest == 5


async def test_cancelled_calls_end_at_the_server_and_free_their_places() -> None:
    async with ApiServer() as server:
        server.delay_s = 60
        endpoint = EndpointSettings(url=server.url, concurrency=4)
        asked = settings(endpoints=(endpoint,), queue_s=120)
        async with open_teachers([asked]) as (teacher,):
            tasks = [asyncio.create_task(teacher.complete(request(i))) for i in range(12)]
            await server.is_busy(4)
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(one, asyncio.CancelledError) for one in ended)
            await server.is_busy(0)
            assert server.dropped == 4
            server.delay_s = 0
            again = await asyncio.gather(*(teacher.complete(request(i)) for i in range(12)))
    assert [one.text for one in again] == [expected(i) for i in range(12)]


async def test_a_kill_of_the_server_is_sat_out(quick_rests: None) -> None:
    """Connections break in the middle of a call, and the same URL answers again later."""
    async with ApiServer() as server:
        server.misbehave = lambda body: "cut body" if len(server.bodies) <= 30 else None
        results = await completions(settings(server.url), 40)
    assert [one.text for one in results] == [expected(i) for i in range(40)]
