"""An OpenAI-compatible endpoint on loopback that can be told to misbehave."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from synthsmith.recipe import EndpointSettings, OpenAITeacherSettings
from synthsmith.records import CompletionRequest, Message

FAULTS = (
    "429",
    "429 with Retry-After",
    "500",
    "503",
    "hang",
    "cut body",
    "cut stream",
    "200 with error",
    "malformed",
    "empty choices",
    "null content",
)
Fault = str | web.Response | None
Misbehaviour = Callable[[dict[str, Any]], Fault]


def text_for(body: dict[str, Any]) -> str:
    """What the endpoint answers to a body."""
    return f"{body['messages'][-1]['content']} answered with seed {body['seed']}"


def answer(text: str | None, finish: str | None = "stop") -> dict[str, Any]:
    message = {"role": "assistant", "content": text, "reasoning": text and f"about {text}"}
    usage = {"prompt_tokens": 5, "completion_tokens": 7}
    return {"choices": [{"message": message, "finish_reason": finish}], "usage": usage}


def error(message: str, code: object = None) -> dict[str, Any]:
    return {"error": {"message": message, "code": code}}


class ApiServer:
    """``misbehave`` says what is wrong with a call: a name of FAULTS, a response, or None.

    ``bodies`` has every body that came, ``paid`` the number of whole answers that were sent;
    ``busy`` and ``busiest`` count calls under way, ``dropped`` those the client left.
    """

    def __init__(self, misbehave: Misbehaviour = lambda body: None) -> None:
        self.misbehave = misbehave
        self.models: Any = {"data": [{"id": "tiny", "max_model_len": 4096}]}
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paid = self.busy = self.busiest = self.dropped = 0
        self.delay_s = 0.0
        self._changed = asyncio.Condition()
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/models", self._list)
        self._server = TestServer(app)

    async def __aenter__(self) -> ApiServer:
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("/v1"))

    async def _list(self, request: web.Request) -> web.StreamResponse:
        fault = self.misbehave({})
        self.keys.append(request.headers.get("Authorization"))
        if isinstance(fault, web.Response):
            return fault
        return web.json_response(self.models, status=int(fault[:3]) if fault else 200)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.bodies.append(body)
        self.keys.append(request.headers.get("Authorization"))
        await self._now_busy(+1)
        try:
            await asyncio.sleep(self.delay_s)
            return await self._answer(request, body)
        except asyncio.CancelledError:
            self.dropped += 1
            raise
        finally:
            await self._now_busy(-1)

    async def _now_busy(self, change: int) -> None:
        async with self._changed:
            self.busy += change
            self.busiest = max(self.busiest, self.busy)
            self._changed.notify_all()

    async def is_busy(self, count: int) -> None:
        """Return once so many calls are under way."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.busy == count)

    async def _answer(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        fault = self.misbehave(body)
        if isinstance(fault, web.Response):
            return fault
        if fault is not None:
            return await misbehaved(fault, request)
        self.paid += 1
        if body.get("stream"):
            return await streamed(request, text_for(body))
        return web.json_response(answer(text_for(body)))


async def misbehaved(fault: str, request: web.Request) -> web.StreamResponse:
    match fault:
        case "429":
            return web.json_response(error("slow down"), status=429)
        case "429 with Retry-After":
            return web.Response(status=429, headers={"Retry-After": "0.02"})
        case "500" | "503":
            return web.json_response(error("broken"), status=int(fault))
        case "hang":
            await asyncio.sleep(3600)
        case "cut body":
            return await cut_body(request)
        case "cut stream":
            return await streamed(request, "never to be seen", cut=True)
        case "200 with error":
            return web.json_response(error("overloaded", random.choice([502, "busy", None])))
        case "malformed":
            return web.Response(text='{"choices": [{"message": {"cont', content_type="text/json")
        case "empty choices":
            return web.json_response({"choices": []})
        case "null content":
            return web.json_response(answer(None))
    raise AssertionError(fault)


async def cut_body(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    assert request.transport is not None
    request.transport.close()
    return response


async def streamed(request: web.Request, text: str, *, cut: bool = False) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    await response.write(b": keep-alive\n\n")
    message = {"role": "assistant", "content": "", "reasoning_content": f"about {text}"}
    deltas: list[dict[str, Any]] = [message, *({"content": f"{letter}"} for letter in text)]
    for delta in deltas[: 3 if cut else None]:
        await send(response, {"choices": [{"delta": delta, "finish_reason": None}]})
    if cut:
        assert request.transport is not None
        request.transport.close()
        return response
    await send(response, {"choices": [{"delta": {}, "finish_reason": "stop"}]})
    usage = {"prompt_tokens": 5, "completion_tokens": 7}
    await send(response, {"choices": [], "usage": usage})
    await response.write(b"data: [DONE]\n\n")
    return response


async def send(response: web.StreamResponse, chunk: dict[str, Any]) -> None:
    await response.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")


def settings(*urls: str, **changes: Any) -> OpenAITeacherSettings:
    """Settings for endpoints on loopback; a call that hangs is given up after two seconds."""
    endpoints = tuple(EndpointSettings(url=url, concurrency=32) for url in urls)
    standard: dict[str, Any] = {
        "name": "strong",
        "model": "tiny",
        "endpoints": endpoints,
        "queue_s": 2.0,
        "slowest_tokens_s": 1e6,
    }
    return OpenAITeacherSettings(**standard | changes)


def request(number: int = 0, **changes: Any) -> CompletionRequest:
    """The request with this number; each has a prompt and a seed of its own."""
    standard: dict[str, Any] = {
        "kind": "solve",
        "model": "tiny",
        "messages": (Message(role="user", content=f"prompt {number}"),),
        "max_tokens": 100,
        "seed": 1000 + number,
    }
    return CompletionRequest(**standard | changes)
