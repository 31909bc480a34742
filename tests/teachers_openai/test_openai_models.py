"""What endpoints serve, and whether prompts and replies fit it."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from api_server import ApiServer, error, settings

from synthsmith.errors import EndpointError, InputError
from synthsmith.teachers import open_teachers
from synthsmith.teachers.openai import Served, discover, require_context


@pytest.mark.parametrize(
    ("model", "length"),
    [
        ({"max_model_len": 4096}, 4096),
        ({"context_length": 131072, "top_provider": {}}, 131072),
        ({"context_window": 8192}, 8192),
        ({"meta": {"n_ctx_train": 512, "n_ctx": 256}}, 256),
        ({"meta": {"n_ctx_train": 512}}, 512),
        ({"meta": None}, None),
        ({"max_model_len": None}, None),
        ({"max_model_len": "long"}, None),
        ({}, None),
    ],
)
async def test_context_lengths_as_servers_tell_them(
    model: dict[str, Any], length: int | None
) -> None:
    async with ApiServer() as server:
        server.models = {"data": [{"id": "m"} | model]}
        assert await discover(settings(server.url)) == [Served("m", length)]


async def test_of_several_endpoints_what_all_serve_counts() -> None:
    async with ApiServer() as one, ApiServer() as two:
        one.models = {"data": [{"id": "a"}, {"id": "b", "max_model_len": 100}]}
        two.models = {"data": [{"id": "b", "max_model_len": 50}, {"id": "c"}]}
        assert await discover(settings(one.url, two.url)) == [Served("b", 50)]


async def test_the_only_model_needs_no_name() -> None:
    async with ApiServer() as server:
        async with open_teachers([settings(server.url, model="")]) as (teacher,):
            assert teacher.model == "tiny"
        for names, shown in [(["a", "b"], "serves a, b; name one"), ([], "serves no model")]:
            server.models = {"data": [{"id": name} for name in names]}
            with pytest.raises(InputError, match=shown):
                async with open_teachers([settings(server.url, model="")]):
                    pass


async def test_a_fault_or_two_are_sat_out() -> None:
    faults = iter(["503", "500"])
    async with ApiServer(lambda body: next(faults, None)) as server:
        assert [served.id for served in await discover(settings(server.url))] == ["tiny"]


@pytest.mark.parametrize(
    ("reply", "kind", "shown"),
    [
        (web.json_response(error("no"), status=401), InputError, "api_key_env"),
        (web.json_response(error("no"), status=404), InputError, "ends in the version"),
        (web.json_response(error("no"), status=400), InputError, "does not list its models"),
        (web.json_response({"models": []}), InputError, "ends in the version"),
        (web.json_response({"data": ["tiny"]}), InputError, "ends in the version"),
        (web.Response(text="<html>"), InputError, "ends in the version"),
    ],
)
async def test_no_list_of_models(reply: web.Response, kind: type[Exception], shown: str) -> None:
    async with ApiServer(lambda body: reply) as server:
        with pytest.raises(kind, match=shown):
            await discover(settings(server.url))


async def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1:9/v1 does not answer"):
        await discover(settings("http://127.0.0.1:9/v1"))


async def test_prompt_and_reply_must_fit() -> None:
    async with ApiServer() as server:
        asked = settings(server.url)
        await require_context(asked, 96, 4000)
        with pytest.raises(InputError, match=r"context of 4096: set solve.max_tokens .* 3996"):
            await require_context(asked, 100, 4000)
        with pytest.raises(InputError, match="does not serve big, but tiny"):
            await require_context(settings(server.url, model="big"), 1, 1)
        server.models = {"data": [{"id": "tiny"}]}
        await require_context(asked, 10**6, 10**6)


async def test_a_context_length_of_the_recipe_asks_nobody() -> None:
    asked = settings("http://127.0.0.1:9/v1", context_length=50)
    await require_context(asked, 20, 30)
    with pytest.raises(InputError, match="context of 50"):
        await require_context(asked, 21, 30)
