"""Which endpoint gets the next call, and whose turn it is."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from synthsmith.errors import EndpointError
from synthsmith.teachers.openai.endpoint import Endpoint, backoff
from synthsmith.teachers.openai.faults import Fault

_log = logging.getLogger(__name__)
_LONG_REST_S = 60.0


class Place:
    """A call's place at an endpoint; exactly one of its methods ends it."""

    def __init__(self, balance: Balance, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._balance = balance
        self._call = endpoint.begin(balance.now())

    def leave(self) -> None:
        """The call told nothing of the endpoint."""
        self.endpoint.leave(self._call)
        self._balance.serve()

    def finish(self) -> None:
        """The call has its completion."""
        self.endpoint.finish(self._call, self._balance.now())
        self._balance.worked(self.endpoint)

    def fail(self, fault: Fault) -> None:
        """The call failed; raises EndpointError when that was the last hope."""
        self._balance.tell_of_long_rest(self.endpoint, fault)
        self.endpoint.fail(self._call, self._balance.now(), fault)
        self._balance.failed(self.endpoint)


class Balance:
    """Hands out places at the endpoints of one model, first come first served.

    Of those with room the one that is expected to finish a further call first gets it. A call
    that failed goes before the others, to another endpoint if there is one with room.
    """

    def __init__(self, name: str, endpoints: Sequence[Endpoint], dice: random.Random) -> None:
        self.endpoints = tuple(endpoints)
        self._name = name
        self._dice = dice
        self._waiting: deque[tuple[asyncio.Future[Place], Endpoint | None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._down: set[Endpoint] = set()
        self._gone = asyncio.Event()

    def now(self) -> float:
        """The clock of everything here, seconds."""
        return asyncio.get_running_loop().time()

    async def place(self, failed_at: Endpoint | None = None) -> Place:
        """A place for one call. Raises EndpointError once all endpoints are gone."""
        self._require_any()
        future: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        if failed_at is None:
            self._waiting.append((future, None))
        else:
            self._waiting.appendleft((future, failed_at))
        self.serve()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                future.result().leave()
            raise

    async def rest(self, tries: int) -> None:
        """Back off after the ``tries``-th failure of a call; ends early when all is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(backoff(tries, self._dice)):
                await self._gone.wait()

    def serve(self) -> None:
        """Give places to who waits, as far as there is room."""
        while self._waiting:
            future, failed_at = self._waiting[0]
            if future.done():
                self._waiting.popleft()
                continue
            endpoint = self._choose(failed_at)
            if endpoint is None:
                self._wake_later()
                return
            self._waiting.popleft()
            future.set_result(Place(self, endpoint))

    def _choose(self, failed_at: Endpoint | None) -> Endpoint | None:
        now = self.now()
        free = [endpoint for endpoint in self.endpoints if endpoint.has_room(now)]
        free = [endpoint for endpoint in free if endpoint is not failed_at] or free
        known = [e.seconds_a_call for e in free if e.seconds_a_call is not None]
        unknown = min(known, default=1.0)

        def expected_s(endpoint: Endpoint) -> float:
            seconds = endpoint.seconds_a_call
            return (endpoint.in_flight + 1) * (unknown if seconds is None else seconds)

        return min(free, key=expected_s, default=None)

    def _wake_later(self) -> None:
        """Nobody ends a rest, so the clock must."""
        now = self.now()
        ends = [e.rests_until for e in self.endpoints if e.rests_until > now]
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if ends:
            self._timer = asyncio.get_running_loop().call_at(min(ends), self.serve)

    def worked(self, endpoint: Endpoint) -> None:
        """A call at this endpoint has its completion."""
        if endpoint in self._down:
            self._down.discard(endpoint)
            _log.warning("teacher %s: %s works again", self._name, endpoint.url)
        self.serve()

    def tell_of_long_rest(self, endpoint: Endpoint, fault: Fault) -> None:
        """Say once why nothing will happen for a while."""
        seconds = fault.retry_after or 0.0
        if seconds >= _LONG_REST_S and endpoint.rests_until <= self.now():
            _log.warning(
                "teacher %s: %s asks to wait %.0f s (%s)", self._name, endpoint.url, seconds, fault
            )

    def failed(self, endpoint: Endpoint) -> None:
        """A call at this endpoint failed. Raises EndpointError when all endpoints are down."""
        if endpoint.is_down(self.now()) and endpoint not in self._down:
            self._down.add(endpoint)
            now = self.now()
            if all(one.is_down(now) for one in self.endpoints):
                self._give_up()
            else:
                _log.warning(
                    "teacher %s: %s fails all calls (%s); going on with the others",
                    self._name,
                    endpoint.url,
                    endpoint.last_fault,
                )
        self._require_any()
        self.serve()

    def _give_up(self) -> None:
        self._gone.set()
        for future, _ in self._waiting:
            if not future.done():
                future.set_exception(self._error())
        self._waiting.clear()

    def _require_any(self) -> None:
        if self._gone.is_set():
            raise self._error()

    def _error(self) -> EndpointError:
        each = "; ".join(f"{e.url} ({e.last_fault})" for e in self.endpoints)
        return EndpointError(
            f"teacher {self._name} is gone, every call fails at {each}: see whether the server "
            "runs and the url is right, then run the same command again to go on"
        )

    def close(self) -> None:
        """Forget the timer."""
        if self._timer is not None:
            self._timer.cancel()
