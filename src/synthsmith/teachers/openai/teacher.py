"""The teacher behind OpenAI-compatible endpoints."""

from __future__ import annotations

import random
from typing import Any

import msgspec

from synthsmith.errors import Drop, DropReason
from synthsmith.recipe import OpenAITeacherSettings
from synthsmith.records import Completion, CompletionRequest, Message, PromptKind
from synthsmith.teachers.base import Teacher
from synthsmith.teachers.openai.balance import Balance, Place
from synthsmith.teachers.openai.body import Schemas, check_extra_body, extra_fields, request_body
from synthsmith.teachers.openai.client import Client
from synthsmith.teachers.openai.endpoint import Endpoint
from synthsmith.teachers.openai.faults import Fault

_MOST_FAULTS = 12
_MOST_TIMEOUTS = 4
"""Each may have been paid for, and lasts as long as the longest reply."""

_TRIVIAL_TOKENS = 16


class OpenAITeacher(Teacher):
    """One model behind one or more OpenAI-compatible endpoints.

    ``settings.model`` must be named; see ``with_model``. Raises InputError for settings that
    cannot work.
    """

    def __init__(self, settings: OpenAITeacherSettings, schemas: Schemas | None = None) -> None:
        check_extra_body(settings)
        self.name = settings.name
        self.model = settings.model
        self.price = settings.price
        self._settings = settings
        self._schemas = schemas or {}
        dice = random.Random()
        patience = settings.patience_s
        endpoints = [Endpoint(one, patience, dice) for one in settings.endpoints]
        clients = [Client(one, settings.model) for one in settings.endpoints]
        self._clients = dict(zip(endpoints, clients, strict=True))
        self._balance = Balance(settings.name, endpoints, dice)

    def extra(self, kind: PromptKind) -> dict[str, Any]:
        """Extra body, thinking switch and structured output; part of the keys."""
        return extra_fields(self._settings, kind, self._schemas)

    async def complete(self, request: CompletionRequest) -> Completion:
        """One sample, tried until it is answered; see ``Teacher.complete``.

        Raises Drop(REFUSED_BY_ENDPOINT) for a request that is refused, or that fails again and
        again while others do not; InputError for a wrong key, model or parameter.
        """
        body = self._body(request)
        deadline = self._deadline_s(request)
        failed_at: Endpoint | None = None
        faults = timeouts = tries = 0
        while True:
            place = await self._balance.place(failed_at)
            try:
                completion = await self._try(place, body, deadline)
            except Fault as fault:
                place.fail(fault)
                tries += 1
                faults += fault.kind != "limited"
                timeouts += fault.kind == "timeout"
                hopeless = faults >= _MOST_FAULTS or timeouts >= _MOST_TIMEOUTS
                if hopeless and await self._anything_works():
                    raise _given_up(faults, fault) from None
                failed_at = place.endpoint
            else:
                place.finish()
                return completion
            await self._balance.rest(tries)

    async def _try(self, place: Place, body: bytes, deadline_s: float) -> Completion:
        client = self._clients[place.endpoint]
        try:
            return await client.chat(body, deadline_s, stream=self._settings.stream)
        except Fault:
            raise
        except BaseException:  # refused, or cancelled: the place must be free again
            place.leave()
            raise

    async def _anything_works(self) -> bool:
        """Whether a trivial call works, so that it is the request that fails, not the endpoint."""
        message = Message(role="user", content="Say yes.")
        trivial = CompletionRequest(
            kind="solve", model=self.model, messages=(message,), max_tokens=_TRIVIAL_TOKENS
        )
        place = await self._balance.place()
        try:
            await self._try(place, self._body(trivial), self._deadline_s(trivial))
        except Fault as fault:
            place.fail(fault)
            return False
        except Drop:
            return True
        place.finish()
        return True

    def _deadline_s(self, request: CompletionRequest) -> float:
        return self._settings.queue_s + request.max_tokens / self._settings.slowest_tokens_s

    def _body(self, request: CompletionRequest) -> bytes:
        body = request_body(self._settings, request)
        if self._settings.stream:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return msgspec.json.encode(body)

    async def close(self) -> None:
        """Close all connections."""
        self._balance.close()
        for client in self._clients.values():
            await client.close()


def _given_up(faults: int, last: Fault) -> Drop:
    hint = "; a proxy that cuts silent connections needs stream = true" * (last.kind == "timeout")
    return Drop(DropReason.REFUSED_BY_ENDPOINT, f"failed {faults} times, last: {last}{hint}")
