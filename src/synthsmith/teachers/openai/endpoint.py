"""One endpoint: how many calls it bears, when it wants to rest, whether it still works.

Nothing here waits or reads a clock; times are seconds of one monotonic clock.
"""

from __future__ import annotations

import random

from synthsmith.recipe import EndpointSettings
from synthsmith.teachers.openai.faults import Fault

_FIRST_WINDOW = 16.0
_CONGESTED = ("limited", "overloaded", "timeout")
_FIRST_REST_S, _LONGEST_REST_S = 0.5, 30.0
_ROUNDS_BEFORE_REST = 2
"""Rounds of nothing but faults before an endpoint is left alone for a while."""
_UNHEARD_PATIENCE_S = 10.0
"""For an endpoint that never answered at all: most likely its URL is wrong."""
_SMOOTHING = 0.1


def backoff(tries: int, dice: random.Random) -> float:
    """Seconds to rest after the ``tries``-th failure in a row (from 1): doubling, with jitter."""
    longest = min(_LONGEST_REST_S, _FIRST_REST_S * 2.0 ** min(tries - 1, 10))
    return longest * dice.uniform(0.5, 1.0)


class Endpoint:
    """State of one endpoint.

    ``window`` is the number of calls it gets at once: it doubles until the first sign of
    congestion, after which it grows by one a round and is halved at most once a round.
    """

    def __init__(self, settings: EndpointSettings, patience_s: float, dice: random.Random) -> None:
        self.url = settings.url.rstrip("/")
        self.ceiling = float(settings.concurrency)
        self.window = min(_FIRST_WINDOW, self.ceiling)
        self.rests_until = 0.0
        self.seconds_a_call: float | None = None
        self.last_fault = ""
        self._patience_s = patience_s
        self._dice = dice
        self._calls: dict[int, float] = {}
        self._number = 0
        self._congested_at: float | None = None
        self._failing_since: float | None = None
        self._round_at = 0.0
        self._rounds = 0
        self._heard = False

    @property
    def in_flight(self) -> int:
        """Calls under way."""
        return len(self._calls)

    def has_room(self, now: float) -> bool:
        """Whether a call may begin; where all failed of late, one at a time tries again."""
        most = 1 if self._rounds > _ROUNDS_BEFORE_REST else int(self.window)
        return self.in_flight < most and now >= self.rests_until

    def begin(self, now: float) -> int:
        """A call begins; returns its number."""
        self._number += 1
        self._calls[self._number] = now
        return self._number

    def leave(self, call: int) -> None:
        """A call ended without telling anything of the endpoint (cancelled, refused)."""
        self._calls.pop(call, None)

    def finish(self, call: int, now: float) -> None:
        """A call ended with a completion."""
        was_full = self.in_flight >= int(self.window)
        seconds = now - self._calls.pop(call)
        before = self.seconds_a_call
        self.seconds_a_call = (
            seconds if before is None else before + _SMOOTHING * (seconds - before)
        )
        self._heard, self._failing_since, self._rounds = True, None, 0
        if was_full:
            more = 1.0 if self._congested_at is None else 1.0 / self.window
            self.window = min(self.ceiling, self.window + more)

    def fail(self, call: int, now: float, fault: Fault) -> None:
        """A call ended with a fault."""
        began = self._calls.pop(call)
        self.last_fault = str(fault)
        self._heard = self._heard or fault.kind in ("limited", "overloaded", "answer")
        if fault.kind in _CONGESTED and (self._congested_at is None or began > self._congested_at):
            self._congested_at = now
            self.window = max(1.0, self.window / 2)
        if fault.retry_after is not None:
            wait = fault.retry_after * self._dice.uniform(1.0, 1.1)
            self.rests_until = max(self.rests_until, now + wait)
        if fault.kind == "limited":
            self._failing_since, self._rounds = None, 0
        else:
            self._count_fault(began, now)

    def _count_fault(self, began: float, now: float) -> None:
        if self._failing_since is None:
            self._failing_since = now
        if began >= self._round_at:
            self._round_at = now
            self._rounds += 1
            if self._rounds > _ROUNDS_BEFORE_REST:
                wait = backoff(self._rounds - _ROUNDS_BEFORE_REST, self._dice)
                self.rests_until = max(self.rests_until, now + wait)

    def is_down(self, now: float) -> bool:
        """Whether everything has failed for longer than the patience.

        As long as a call goes on that began before the first fault, not everything has failed.
        """
        if self._failing_since is None:
            return False
        oldest = next(iter(self._calls.values()), now)
        patience = self._patience_s if self._heard else min(self._patience_s, _UNHEARD_PATIENCE_S)
        return now - self._failing_since >= patience and oldest >= self._failing_since
