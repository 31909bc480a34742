"""Server-sent events of a streamed answer, put together again."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

from synthsmith.records import Completion
from synthsmith.teachers.openai.answer import Answer, Said, completion, decode
from synthsmith.teachers.openai.faults import Fault, Origin


async def events(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """The data of each event up to ``[DONE]`` or the end; comments (keep-alives) are skipped.

    In this API the data of an event is one line.
    """
    rest = b""
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if not line.startswith(b"data:"):
                continue
            data = line[5:].strip()
            if data == b"[DONE]":
                return
            if data:
                yield data


class _Pieces:
    """What has come so far."""

    def __init__(self) -> None:
        self.content: list[str] = []
        self.reasoning: list[str] = []
        self.refusal: list[str] = []
        self.finish: str | None = None
        self.usage: Any = None

    def add(self, chunk: Answer) -> None:
        self.usage = chunk.usage or self.usage
        for choice in chunk.choices or ():
            self.finish = choice.finish_reason or self.finish
            if choice.delta is not None:
                self._say(choice.delta)

    def _say(self, delta: Said) -> None:
        if delta.content is not None:
            self.content.append(delta.content)
        reasoning = delta.reasoning or delta.reasoning_content
        if isinstance(reasoning, str):
            self.reasoning.append(reasoning)
        if isinstance(delta.refusal, str):
            self.refusal.append(delta.refusal)

    def said(self) -> Said:
        return Said(
            content="".join(self.content) if self.content else None,
            reasoning="".join(self.reasoning),
            refusal="".join(self.refusal),
        )


async def read_stream(chunks: AsyncIterable[bytes], origin: Origin) -> Completion:
    """The completion of a streamed answer (HTTP 200).

    Raises Fault for a stream that was cut before its finish reason, and as ``read_answer``.
    """
    pieces = _Pieces()
    async for data in events(chunks):
        pieces.add(decode(data, origin))
    if pieces.finish is None:
        raise Fault("connection", "the stream ended before the reply did")
    return completion(pieces.said(), pieces.finish, pieces.usage, origin.model)
