"""The queue of places: order of arrival, all at once, cancelled waiters."""

from __future__ import annotations

import asyncio
import random

import pytest

from synthsmith.judge.places import Places


async def test_never_more_than_there_are_and_alone_is_alone():
    places = Places([1, 2, 3])
    running = 0
    rng = random.Random(0)

    async def one(alone: bool) -> None:
        nonlocal running
        async with places.take(alone=alone):
            running += 1
            assert running == 1 if alone else running <= 3
            await asyncio.sleep(0)
            assert running == 1 if alone else running <= 3
            running -= 1

    await asyncio.gather(*(one(rng.random() < 0.2) for _ in range(300)))
    assert running == 0


async def test_order_of_arrival_and_all_first():
    places = Places(["only"])
    order = []

    async def one(name: str, alone: bool = False) -> None:
        async with places.take(alone=alone):
            order.append(name)

    async with places.take():
        waiting = [asyncio.create_task(one(name)) for name in "abc"]
        waiting.append(asyncio.create_task(one("alone", alone=True)))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert order == ["alone", "a", "b", "c"]


@pytest.mark.parametrize("alone", [False, True])
async def test_cancelled_waiters_lose_no_place(alone):
    places = Places([1, 2])

    async def one(hold: float) -> None:
        async with places.take(alone=alone):
            await asyncio.sleep(hold)

    tasks = [asyncio.create_task(one(0.01)) for _ in range(20)]
    await asyncio.sleep(0.005)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(1), places.take(alone=True):
        pass
