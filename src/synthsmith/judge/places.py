"""A fair queue for a fixed set of places, which can also be had all at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Places(Generic[T]):
    """Hands out places in order of arrival; who wants them all goes first.

    While somebody waits for all, no place is handed out singly, so that they come free soon. The
    place given back last is handed out first: it is the warmest.
    """

    def __init__(self, places: Sequence[T]) -> None:
        self._count = len(places)
        self._free = list(places)
        self._single: deque[asyncio.Future[list[T]]] = deque()
        self._whole: deque[asyncio.Future[list[T]]] = deque()

    @asynccontextmanager
    async def take(self, *, alone: bool = False) -> AsyncIterator[T]:
        """A place; with ``alone`` nobody else has one meanwhile."""
        future: asyncio.Future[list[T]] = asyncio.get_running_loop().create_future()
        (self._whole if alone else self._single).append(future)
        self._hand_out()
        try:
            taken = await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._free += future.result()
            self._hand_out()
            raise
        try:
            yield taken[-1]
        finally:
            self._free += taken
            self._hand_out()

    def _hand_out(self) -> None:
        for queue in (self._whole, self._single):
            while queue and queue[0].done():
                queue.popleft()
        if self._whole:
            if len(self._free) == self._count:
                everything, self._free = self._free, []
                self._whole.popleft().set_result(everything)
            return
        while self._single and self._free:
            future = self._single.popleft()
            if not future.done():
                future.set_result([self._free.pop()])
