"""The Batch API over HTTP: files in, files out."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from secrets import token_hex
from typing import BinaryIO, TypeVar

import msgspec

from synthsmith.errors import Drop, EndpointError, InputError
from synthsmith.teachers.openai.client import Client
from synthsmith.teachers.openai.endpoint import backoff
from synthsmith.teachers.openai.faults import Fault

T = TypeVar("T")

_SHORT_S, _LONG_S = 60.0, 3600.0
_TAG = "synthsmith"
_PAGE = 100


class BatchError(msgspec.Struct, frozen=True):
    """Why a batch as a whole was refused."""

    code: str | None = None
    message: str | None = None


class BatchErrors(msgspec.Struct, frozen=True):
    """As the API wraps them."""

    data: list[BatchError] | None = None


class Batch(msgspec.Struct, frozen=True):
    """A batch as the API tells of it."""

    id: str
    status: str
    input_file_id: str | None = None
    output_file_id: str | None = None
    error_file_id: str | None = None
    metadata: dict[str, str] | None = None
    errors: BatchErrors | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status.lower() in ("completed", "failed", "expired", "cancelled")


class _Page(msgspec.Struct, frozen=True):
    data: list[Batch]
    has_more: bool = False


class _File(msgspec.Struct, frozen=True):
    id: str


class Reply(msgspec.Struct, frozen=True):
    """What came of one request: an HTTP status with its body, if the request was made at all."""

    status_code: int = 0
    body: msgspec.Raw = msgspec.Raw(b"null")


class OutputLine(msgspec.Struct, frozen=True):
    """A line of an output or error file (of an input file too, which has no response)."""

    custom_id: str
    response: Reply | None = None
    error: BatchError | None = None


class BatchAPI:
    """Calls of the Batch API, each tried again until ``patience_s`` have passed.

    All raise EndpointError once they have, and InputError where the endpoint has no such API.
    """

    def __init__(self, client: Client, patience_s: float) -> None:
        self._client = client
        self._patience_s = patience_s
        self._dice = random.Random()

    async def submit(self, lines: list[bytes], tag: str) -> Batch:
        """Upload the requests and start a batch of them, marked with ``tag``."""
        body, kind = _upload(lines)
        uploaded = await self._again(lambda: self._client.post("files", body, _LONG_S, kind))
        wanted = {
            "input_file_id": _decoded(uploaded, _File).id,
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "metadata": {_TAG: tag},
        }
        # A lost answer may have been a batch all the same, so this one is looked for, not re-sent.
        try:
            started = await self._client.post("batches", msgspec.json.encode(wanted), _SHORT_S)
        except Fault as fault:
            for batch in await self.ours(tag):
                if batch.input_file_id == wanted["input_file_id"]:
                    return batch
            started = await self._again(
                lambda: self._client.post("batches", msgspec.json.encode(wanted), _SHORT_S), fault
            )
        except Drop as drop:
            raise self._no_batches(drop) from None
        return _decoded(started, Batch)

    async def look(self, batch: str) -> Batch:
        """How a batch stands."""
        return _decoded(
            await self._again(lambda: self._client.get(f"batches/{batch}", _SHORT_S)), Batch
        )

    async def ours(self, tag: str) -> list[Batch]:
        """All batches with this tag that the endpoint remembers, the newest first."""
        found: list[Batch] = []
        after = ""
        while True:
            path = f"batches?limit={_PAGE}{after}"
            page = _decoded(
                await self._again(lambda path=path: self._client.get(path, _SHORT_S)),  # type: ignore[misc]
                _Page,
            )
            found += [one for one in page.data if (one.metadata or {}).get(_TAG) == tag]
            if not page.has_more or not page.data:
                return found
            after = f"&after={page.data[-1].id}"

    async def download(self, file: str, sink: BinaryIO) -> None:
        """The whole of a file into ``sink``, from its start; a cut one is fetched again."""

        async def fetch() -> None:
            sink.seek(0)
            sink.truncate()
            await self._client.download(f"files/{file}/content", sink, _LONG_S)
            for _ in lines_of(sink):
                pass

        await self._again(fetch)

    async def _again(self, call: Callable[[], Awaitable[T]], fault: Fault | None = None) -> T:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience_s
        tries = 0
        while fault is None or loop.time() < until:
            if fault is not None:
                tries += 1
                await asyncio.sleep(fault.retry_after or backoff(tries, self._dice))
            try:
                return await call()
            except Fault as again:
                fault = again
            except Drop as drop:
                raise self._no_batches(drop) from None
        raise EndpointError(
            f"{self._client.url} does not answer ({fault}); batches that are under way are found "
            "again: run the same command again to go on"
        )

    def _no_batches(self, drop: Drop) -> InputError:
        return InputError(
            f"{self._client.url} does not take batches ({drop.detail}): leave batch out"
        )


def lines_of(file: BinaryIO) -> Iterator[tuple[int, OutputLine]]:
    """Offset and content of every line, from the start. Raises Fault for one not whole."""
    file.seek(0)
    offset = 0
    for line in file:
        try:
            if line.strip():
                yield offset, msgspec.json.decode(line, type=OutputLine)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Fault("answer", f"a line of a batch's file cannot be read: {error}") from None
        offset += len(line)


def _upload(lines: list[bytes]) -> tuple[bytes, str]:
    """Body and content type of a form with the purpose and one file of these lines."""
    boundary = token_hex(16)
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
        'filename="requests.jsonl"\r\nContent-Type: application/jsonl\r\n\r\n'
    )
    body = b"".join([head.encode(), *lines, f"\r\n--{boundary}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={boundary}"


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise EndpointError(
            f"the answer of the Batch API cannot be read ({error}); "
            "run the same command again to go on"
        ) from None
