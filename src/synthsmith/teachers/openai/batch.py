"""The teacher behind the Batch API: slower, at about half the price.

Requests that wait are gathered into a batch; its ``custom_id`` are their ledger keys. Batches
carry a tag of the teacher, by which a later process finds them again, so that nothing that was
submitted is bought twice.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import msgspec

from synthsmith.errors import Drop, DropReason, EndpointError, InputError, SynthSmithError
from synthsmith.recipe import OpenAITeacherSettings
from synthsmith.records import Completion, CompletionRequest, PromptKind, completion_key, digest
from synthsmith.teachers.base import Teacher
from synthsmith.teachers.openai.answer import read_answer
from synthsmith.teachers.openai.batch_api import Batch, BatchAPI, OutputLine, lines_of
from synthsmith.teachers.openai.body import check_extra_body, extra_fields, request_body
from synthsmith.teachers.openai.client import Client
from synthsmith.teachers.openai.faults import Fault, refuse

_MOST_TRIES = 4
"""Batches one request goes into before it is dropped."""
_FULL_FIRST = ("token_limit_exceeded", "request_limit_exceeded")
"""Refusals of a batch that end when others have."""


@dataclass
class _Call:
    """A request that waits for its completion."""

    id: str
    line: bytes
    future: asyncio.Future[Completion]
    tries: int = 0


@dataclass
class _Spool:
    """Downloaded lines nobody has asked for yet, on disk: file and offset by ``custom_id``."""

    places: dict[str, tuple[BinaryIO, int]] = field(default_factory=dict)
    files: list[BinaryIO] = field(default_factory=list)

    def take(self, id_: str) -> OutputLine | None:
        """The line of a request, once."""
        place = self.places.pop(id_, None)
        if place is None:
            return None
        file, offset = place
        file.seek(offset)
        return msgspec.json.decode(file.readline(), type=OutputLine)


class BatchTeacher(Teacher):
    """One model behind the Batch API of one endpoint; prices are those of batches.

    To be made inside a running event loop. Raises InputError for settings that cannot work.
    """

    MOST_REQUESTS = 50_000
    MOST_BYTES = 100_000_000
    QUIET_S = 3.0
    """With nothing new for so long, what waits is submitted."""
    LATEST_S = 60.0
    """What waits for so long is submitted all the same."""
    POLL_S = 2.0, 60.0
    """First and longest pause between two looks at a batch."""

    def __init__(
        self,
        settings: OpenAITeacherSettings,
        schemas: Mapping[PromptKind, dict[str, Any]] | None = None,
    ) -> None:
        check_extra_body(settings)
        if len(settings.endpoints) != 1:
            raise InputError(f"teacher {settings.name}: batches need exactly one endpoint")
        self.name, self.model, self.price = settings.name, settings.model, settings.price
        self._settings = settings
        self._schemas = schemas or {}
        self._client = Client(settings.endpoints[0], settings.model)
        self._api = BatchAPI(self._client, settings.patience_s)
        self._tag = digest({"model": self.model, "url": self._client.url})[:32]
        self._calls: dict[str, _Call] = {}
        self._fresh: dict[str, _Call] = {}
        """Calls in no batch yet; ``_calls`` has these and the others."""
        self._elsewhere: set[str] = set()
        """Requests in batches of an earlier process that still go on."""
        self._spool = _Spool()
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._error: SynthSmithError | None = None

    def extra(self, kind: PromptKind) -> dict[str, Any]:
        """As of the same teacher without batches, whose ledger keys it shares."""
        return extra_fields(self._settings, kind, self._schemas)

    async def complete(self, request: CompletionRequest) -> Completion:
        """One sample, when its batch is done; see ``Teacher.complete``."""
        if self._error:
            raise self._error
        id_ = completion_key(request)[:48]
        known = self._calls.get(id_)
        if known is None:
            line = {
                "custom_id": id_,
                "method": "POST",
                "url": "/v1/chat/completions",
                "body": request_body(self._settings, request),
            }
            future = asyncio.get_running_loop().create_future()
            call = _Call(id_, msgspec.json.encode(line) + b"\n", future)
            self._calls[id_] = self._fresh[id_] = call
            future.add_done_callback(lambda _: self._done(call))
            if not self._tasks:
                self._start(self._gather())
            self._news.set()
        else:
            call = known
        return await asyncio.shield(call.future)

    def _done(self, call: _Call) -> None:
        self._calls.pop(call.id, None)
        self._fresh.pop(call.id, None)
        call.future.exception()  # the caller may have been cancelled

    def _start(self, job: Any) -> None:
        task = asyncio.get_running_loop().create_task(self._guarded(job))
        self._tasks.add(task)

    async def _guarded(self, job: Any) -> None:
        try:
            await job
        except SynthSmithError as error:
            self._error = error
            for call in self._calls.values():
                if not call.future.done():
                    call.future.set_exception(error)

    async def _gather(self) -> None:
        """Take up earlier batches, then submit what waits, a batch at a time."""
        for batch in await self._api.ours(self._tag):
            with suppress(InputError):  # its files are gone
                await self._adopt(batch)
        while True:
            await self._news.wait()
            await self._quiet()
            for call in list(self._fresh.values()):
                known = self._spool.take(call.id)
                if known:
                    del self._fresh[call.id]
                    self._settle(call, known)
                elif call.id in self._elsewhere:
                    del self._fresh[call.id]
            while self._fresh:
                await self._submit()

    async def _quiet(self) -> None:
        """Return once nothing new has come for a while, a batch is full, or it took too long."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.LATEST_S
        while self._news.is_set() and len(self._fresh) < self.MOST_REQUESTS:
            if loop.time() > until:
                break
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self.QUIET_S):
                    await self._news.wait()
        self._news.clear()

    async def _submit(self) -> None:
        size = 0
        calls: list[_Call] = []
        for call in self._fresh.values():
            size += len(call.line)
            if calls and (size > self.MOST_BYTES or len(calls) >= self.MOST_REQUESTS):
                break
            calls.append(call)
        batch = await self._api.submit([call.line for call in calls], self._tag)
        for call in calls:
            call.tries += 1
            self._fresh.pop(call.id, None)
        self._start(self._follow(batch, {call.id for call in calls}))

    async def _adopt(self, batch: Batch) -> None:
        """Take up a batch that an earlier process submitted."""
        if batch.ended:
            await self._fetch(batch.output_file_id, set())
        elif batch.input_file_id:
            with tempfile.TemporaryFile() as file:
                await self._api.download(batch.input_file_id, file)
                ids = {line.custom_id for _, line in lines_of(file)}
            self._elsewhere |= ids
            self._start(self._follow(batch, ids))

    async def _follow(self, batch: Batch, ids: set[str]) -> None:
        """Wait for a batch to end and settle its requests; what it did not answer waits again."""
        pause, longest = self.POLL_S
        while not batch.ended:
            await asyncio.sleep(pause)
            pause = min(longest, 1.5 * pause)
            batch = await self._api.look(batch.id)
        if batch.status == "failed":
            await self._failed(batch, pause)
        else:
            ids = await self._fetch(batch.output_file_id, ids)
            ids = await self._fetch(batch.error_file_id, ids)
        for id_ in ids:
            self._elsewhere.discard(id_)
            call = self._calls.get(id_)
            if call and not call.future.done():
                self._again(call, Fault("answer", f"batch {batch.status}"))

    async def _failed(self, batch: Batch, pause: float) -> None:
        """A batch that was not even begun: full queues pass, anything else does not."""
        data = (batch.errors and batch.errors.data) or []
        if not any(error.code in _FULL_FIRST for error in data):
            said = "; ".join(error.message or error.code or "" for error in data[:3])
            raise EndpointError(
                f"{self._client.url} refuses a batch ({said or 'no reason given'}); what is paid "
                "for is kept, run the same command again to go on"
            )
        await asyncio.sleep(pause)

    async def _fetch(self, file_id: str | None, ids: set[str]) -> set[str]:
        """Settle what a file answers, keep what is not asked for yet; returns the ids left."""
        if not file_id:
            return ids
        left = set(ids)
        kept = False
        file = tempfile.TemporaryFile()  # noqa: SIM115  the spool may keep it open
        try:
            await self._api.download(file_id, file)
            for offset, line in lines_of(file):
                left.discard(line.custom_id)
                self._elsewhere.discard(line.custom_id)
                call = self._calls.get(line.custom_id)
                if call and not call.future.done():
                    self._fresh.pop(call.id, None)
                    self._settle(call, line)
                elif line.response and line.response.status_code == 200 and not call:
                    self._spool.places[line.custom_id] = file, offset
                    kept = True
        finally:
            if kept:
                self._spool.files.append(file)
            else:
                file.close()
        return left

    def _settle(self, call: _Call, line: OutputLine) -> None:
        """Give a call what its line holds, or put it into the next batch."""
        origin = self._client.origin
        reply = line.response
        try:
            if reply is None or reply.status_code == 0:
                said = (line.error and (line.error.message or line.error.code)) or "no answer"
                raise Fault("answer", said)
            if reply.status_code != 200:
                raise refuse(reply.status_code, bytes(reply.body), origin, {})
            call.future.set_result(read_answer(bytes(reply.body), origin))
        except Fault as fault:
            self._again(call, fault)
        except SynthSmithError as error:
            call.future.set_exception(error)

    def _again(self, call: _Call, fault: Fault) -> None:
        if call.tries >= _MOST_TRIES:
            said = f"failed in {call.tries} batches, last: {fault}"
            call.future.set_exception(Drop(DropReason.REFUSED_BY_ENDPOINT, said))
            return
        self._fresh[call.id] = call
        self._news.set()

    async def close(self) -> None:
        """Stop waiting; batches under way go on and are found again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for file in self._spool.files:
            file.close()
        await self._client.close()
