"""Reading the answer of a call, unary or put together from a stream."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from synthsmith.records import Completion, Finish, Usage
from synthsmith.teachers.openai.faults import Fault, Origin, error_words, refuse
from synthsmith.teachers.openai.reasoning import split_reasoning

_FINISH: dict[str, Finish] = {
    "stop": "stop",
    "eos": "stop",
    "eos_token": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "tool_calls": "stop",
    "function_call": "stop",
    "length": "length",
    "max_tokens": "length",
    "model_length": "length",
    "content_filter": "filtered",
    "safety": "filtered",
    "refusal": "filtered",
    "sensitive": "filtered",
    "repetition": "repetition",
    "repetition_truncation": "repetition",
}
"""What endpoints call the ways a reply ends. Any other is paid as well: ``error``."""
_UNFINISHED = ("abort", "aborted", "cancelled", "error", "insufficient_system_resource")
"""The endpoint gave up, so nothing (or nothing whole) was sold."""


class Said(msgspec.Struct):
    """The message of an answer, or one piece of a streamed one."""

    content: str | None = None
    reasoning: Any = None
    reasoning_content: Any = None
    refusal: Any = None


class Choice(msgspec.Struct):
    """One sample."""

    message: Said | None = None
    delta: Said | None = None
    finish_reason: str | None = None
    error: Any = None


class Answer(msgspec.Struct):
    """A chat completion, or a chunk of one. What is not needed is not looked at."""

    choices: list[Choice] | None = None
    usage: Any = None
    error: Any = None


_DECODER = msgspec.json.Decoder(Answer)


def decode(data: bytes, origin: Origin) -> Answer:
    """A body or chunk; raises Fault when it cannot be read, and as ``refuse`` for an error."""
    try:
        answer = _DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        answer = _decode_sloppy(data)
    failed = answer.error
    if not failed and answer.choices:
        failed = answer.choices[0].error
    if failed:
        raise _reported(failed, origin)
    return answer


def _decode_sloppy(data: bytes) -> Answer:
    """Half a character at the end of a reply cut by length is no reason to buy it again."""
    try:
        return msgspec.convert(json.loads(data.decode("utf-8", "replace")), Answer)
    except (ValueError, RecursionError) as error:
        raise Fault("answer", f"not a chat completion: {error}") from None


def _reported(error: Any, origin: Origin) -> Fault:
    """An error that came with HTTP status 200; many name the status they mean."""
    body = msgspec.json.encode({"error": error})
    code = error.get("code") if isinstance(error, dict) else None
    if isinstance(code, int) and 400 <= code < 600:
        return refuse(code, body, origin, {})
    return Fault("answer", f"an error with HTTP 200: {error_words(body)[0]}")


def read_answer(data: bytes, origin: Origin) -> Completion:
    """The completion in the body of a unary answer (HTTP 200).

    Raises Fault for an answer that holds none, and as ``refuse`` for an error in its place.
    """
    answer = decode(data, origin)
    if not answer.choices or answer.choices[0].message is None:
        raise Fault("answer", "an answer without choices")
    choice = answer.choices[0]
    return completion(choice.message or Said(), choice.finish_reason, answer.usage, origin.model)


def completion(said: Said, reason: str | None, usage: Any, model: str) -> Completion:
    """The completion of a whole message that ended for ``reason``; raises Fault if it is none.

    Whatever may have been paid for is a completion: a reply cut by length, or one that is all
    reasoning, though there is no text in it.
    """
    if reason is None or reason.lower() in _UNFINISHED:
        raise Fault("answer", f"finish reason {reason or 'null'}")
    finish = _FINISH.get(reason.lower(), "error")
    reasoning = _text(said.reasoning) or _text(said.reasoning_content)
    refusal = _text(said.refusal)
    text = said.content
    if text is None:
        if not reasoning and not refusal and finish == "stop":
            raise Fault("answer", "content is null")
        text = refusal
        finish = "filtered" if refusal and finish == "stop" else finish
    if not reasoning:
        reasoning, text = split_reasoning(text)
    return Completion(
        text=_encodable(text),
        reasoning=_encodable(reasoning),
        finish=finish,
        usage=read_usage(usage),
        model=model,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _encodable(text: str) -> str:
    """JSON can hold halves of surrogate pairs, UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def read_usage(usage: Any) -> Usage:
    """Token counts as far as they are told, in any of the places they are told in."""
    if not isinstance(usage, dict):
        return Usage()
    prompt = usage.get("prompt_tokens_details")
    written = usage.get("completion_tokens_details")
    return Usage(
        prompt_tokens=_count(usage, "prompt_tokens"),
        completion_tokens=_count(usage, "completion_tokens"),
        reasoning_tokens=_count(written, "reasoning_tokens", usage, "reasoning_tokens"),
        cached_tokens=_count(prompt, "cached_tokens", usage, "prompt_cache_hit_tokens"),
    )


def _count(*places: Any) -> int | None:
    """The first count found in pairs of (table, name)."""
    for table, name in zip(places[::2], places[1::2], strict=True):
        value = table.get(name) if isinstance(table, dict) else None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None
