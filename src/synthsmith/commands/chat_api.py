"""A teacher as an OpenAI-compatible HTTP application: models and chat completions.

Replies carry ``reasoning`` beside ``content``, streams ``reasoning_content`` before it, as servers
in the field do; a client has to read both.
"""

from __future__ import annotations

import hmac
import json
import random
import time
import uuid
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from msgspec import Meta

from synthsmith.prompts import kind_of
from synthsmith.records import Completion, CompletionRequest, Message, PromptKind
from synthsmith.teachers import Teacher

_LARGEST_BODY = 64 << 20
_CHARS_A_TOKEN = 4
"""As the procedural teacher counts them."""
_PIECE = 2000
"""Characters of one chunk of a stream."""
_FINISH = {"stop": "stop", "length": "length", "filtered": "content_filter"}


class StreamOptions(msgspec.Struct):
    """``stream_options`` of a request."""

    include_usage: bool = False


class ChatRequest(msgspec.Struct):
    """Body of a request for chat completions; fields that alter nothing here are ignored."""

    model: str
    messages: tuple[Message, ...]
    seed: Annotated[int, Meta(ge=-(2**62), le=2**62)] | None = None
    max_tokens: Annotated[int, Meta(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Meta(ge=1)] | None = None
    n: Annotated[int, Meta(ge=1, le=128)] = 1
    stream: bool = False
    stream_options: StreamOptions | None = None


class ApiError(Exception):
    """A request that is answered by an error, in the API's own shape."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.status = code, status

    def response(self) -> web.Response:
        """``{"error": {"message", "type", "param", "code"}}``"""
        kind = "invalid_request_error"
        error = {"message": str(self), "type": kind, "param": None, "code": self.code}
        return web.json_response({"error": error}, status=self.status)


class Chat:
    """What the application serves: a teacher, its context length in tokens, the key it asks for."""

    def __init__(self, teacher: Teacher, context_length: int, key: str) -> None:
        self.teacher, self.context_length, self.key = teacher, context_length, key

    async def answers(self, asked: ChatRequest) -> list[Completion]:
        """One completion for each of ``n``, with a seed of its own. Raises ApiError."""
        if asked.model != self.teacher.model:
            said = f"no model {asked.model!r} here, only {self.teacher.model!r}"
            raise ApiError("model_not_found", said, 404)
        kind = _kind(asked.messages)
        limit = asked.max_completion_tokens or asked.max_tokens or 0
        prompt = len("\n".join(message.content for message in asked.messages)) // _CHARS_A_TOKEN
        if prompt + max(limit, 1) > self.context_length:
            said = (
                f"the context length is {self.context_length} tokens, but the messages hold "
                f"{prompt} and the completion may have {max(limit, 1)}"
            )
            raise ApiError("context_length_exceeded", said)
        seed = random.getrandbits(31) if asked.seed is None else asked.seed
        out: list[Completion] = []
        for i in range(asked.n):
            request = CompletionRequest(
                kind=kind, model=asked.model, messages=asked.messages, seed=seed + i
            )
            completion = await self.teacher.complete(request)
            out.append(_cut(completion, limit or self.context_length - prompt))
        return out


def chat_app(chat: Chat) -> web.Application:
    """GET /health, GET /v1/models and POST /v1/chat/completions."""

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def models(_: web.Request) -> web.Response:
        model = {
            "id": chat.teacher.model,
            "object": "model",
            "created": 0,
            "owned_by": "synthsmith",
            "max_model_len": chat.context_length,
        }
        return web.json_response({"object": "list", "data": [model]})

    async def completions(request: web.Request) -> web.StreamResponse:
        try:
            asked = msgspec.json.decode(await request.read(), type=ChatRequest)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ApiError("invalid_body", f"the body is no chat request: {error}") from None
        answers = await chat.answers(asked)
        head = {
            "id": f"chatcmpl-{uuid.uuid4().hex}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": asked.model,
        }
        if asked.stream:
            return await _stream(request, asked, answers, head)
        choices = [_choice(i, answer) for i, answer in enumerate(answers)]
        return web.json_response({**head, "choices": choices, "usage": _usage(answers)})

    app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[_guard(chat.key)])
    app.router.add_get("/health", health)
    app.router.add_get("/v1/models", models)
    app.router.add_post("/v1/chat/completions", completions)
    return app


def _guard(key: str) -> Middleware:
    """Asks for the key, and gives every error the API's shape."""
    expected = f"Bearer {key}".encode()

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
            if key and request.path != "/health" and not hmac.compare_digest(given, expected):
                raise ApiError("invalid_api_key", "no valid key in the Authorization header", 401)
            return await handler(request)
        except ApiError as error:
            return error.response()
        except web.HTTPException as error:
            said = f"{request.method} {request.path}: {error.reason}"
            return ApiError(error.reason.lower().replace(" ", "_"), said, error.status).response()

    return guard


def _kind(messages: tuple[Message, ...]) -> PromptKind:
    for message in messages:
        kind = kind_of(message.content) if message.role == "user" else None
        if kind is not None:
            return kind
    raise ApiError(
        "unknown_prompt",
        "this is no language model: it answers the prompts of SynthSmith and nothing else",
    )


def _cut(completion: Completion, limit: int) -> Completion:
    """At most ``limit`` tokens of a reply, reasoning first."""
    if (completion.usage.completion_tokens or 0) <= limit:
        return completion
    room = limit * _CHARS_A_TOKEN
    reasoning = completion.reasoning[:room]
    usage = msgspec.structs.replace(
        completion.usage,
        completion_tokens=limit,
        reasoning_tokens=len(reasoning) // _CHARS_A_TOKEN,
    )
    return msgspec.structs.replace(
        completion,
        reasoning=reasoning,
        text=completion.text[: room - len(reasoning)],
        finish="length",
        usage=usage,
    )


def _choice(index: int, answer: Completion) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text, "reasoning": answer.reasoning}
    return {"index": index, "message": message, "finish_reason": _FINISH[answer.finish]}


def _usage(answers: list[Completion]) -> dict[str, Any]:
    """Tokens of all choices; the prompt is counted once."""
    prompt = answers[0].usage.prompt_tokens or 0
    written = sum(answer.usage.completion_tokens or 0 for answer in answers)
    reasoning = sum(answer.usage.reasoning_tokens or 0 for answer in answers)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }


async def _stream(
    request: web.Request, asked: ChatRequest, answers: list[Completion], head: dict[str, Any]
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    head = head | {"object": "chat.completion.chunk"}
    try:
        for index, answer in enumerate(answers):
            for delta, finish in _deltas(answer):
                choice = {"index": index, "delta": delta, "finish_reason": finish}
                await _send(response, {**head, "choices": [choice]})
        if asked.stream_options and asked.stream_options.include_usage:
            await _send(response, {**head, "choices": [], "usage": _usage(answers)})
        await response.write(b"data: [DONE]\n\n")
        await response.write_eof()
    except ConnectionResetError:
        pass  # the client went away, which is its right
    return response


def _deltas(answer: Completion) -> Iterator[tuple[dict[str, str], str | None]]:
    yield {"role": "assistant"}, None
    for name, text in (("reasoning_content", answer.reasoning), ("content", answer.text)):
        for start in range(0, len(text), _PIECE):
            yield {name: text[start : start + _PIECE]}, None
    yield {}, _FINISH[answer.finish]


async def _send(response: web.StreamResponse, chunk: dict[str, Any]) -> None:
    await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
