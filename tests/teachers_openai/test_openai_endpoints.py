"""How many calls an endpoint gets, when it rests, when it is down, and which one is next."""

from __future__ import annotations

import asyncio
import random

import pytest

from synthsmith.recipe import EndpointSettings
from synthsmith.teachers.openai.balance import Balance
from synthsmith.teachers.openai.endpoint import Endpoint, backoff
from synthsmith.teachers.openai.faults import Fault

LIMITED = Fault("limited", "HTTP 429")
OVERLOADED = Fault("overloaded", "HTTP 503")
BROKEN = Fault("answer", "HTTP 500")
LOST = Fault("connection", "refused")


def endpoint(concurrency: int = 64, patience_s: float = 100.0) -> Endpoint:
    where = EndpointSettings(url="http://one/v1", concurrency=concurrency)
    return Endpoint(where, patience_s, random.Random(1))


def filled(one: Endpoint, now: float) -> list[int]:
    calls = []
    while one.has_room(now):
        calls.append(one.begin(now))
    return calls


def test_the_window_doubles_until_congestion_and_then_grows_by_one_a_round() -> None:
    one = endpoint()
    sizes = []
    for second in range(4):
        calls = filled(one, second)
        sizes.append(len(calls))
        for call in calls:
            one.finish(call, second + 0.5)
            one.leave(one.begin(second + 0.5))
    assert sizes[0] < sizes[1] <= 2 * sizes[0]
    while one.window < 64:
        for call in filled(one, 10):
            one.finish(call, 10)
    first, *others = filled(one, 20)
    assert len(others) == 63
    one.fail(first, 21, OVERLOADED)
    assert one.window == 32
    for call in others:
        one.finish(call, 22)
    before = one.window
    for call in filled(one, 23):
        one.finish(call, 24)
    assert before <= one.window <= before + 1


def test_the_window_is_halved_once_a_round_and_never_below_one() -> None:
    one = endpoint()
    for call in filled(one, 0):
        one.fail(call, 1, LIMITED)
    assert one.window == 8
    for second in range(2, 20):
        one.fail(one.begin(second), second + 0.5, LIMITED)
    assert one.window == 1
    assert one.has_room(20)


def test_an_unused_window_does_not_grow() -> None:
    one = endpoint()
    for second in range(100):
        one.finish(one.begin(second), second + 0.5)
    assert one.window == 16


def test_an_endpoint_rests_as_long_as_it_asks() -> None:
    one = endpoint()
    one.fail(one.begin(0), 1, Fault("limited", "HTTP 429", 10))
    assert not one.has_room(10.9)
    assert one.has_room(12.1)


def test_down_is_when_everything_failed_for_the_patience() -> None:
    one = endpoint()
    one.fail(one.begin(0), 0, BROKEN)
    one.fail(one.begin(50), 99, BROKEN)
    assert not one.is_down(99)
    assert one.is_down(100)
    one.finish(one.begin(100), 101)
    assert not one.is_down(200)


def test_an_old_call_still_under_way_is_hope() -> None:
    one = endpoint()
    old = one.begin(0)
    one.fail(one.begin(1), 2, LOST)
    one.fail(one.begin(3), 200, LOST)
    assert not one.is_down(200)
    one.fail(old, 201, LOST)
    assert one.is_down(201)


def test_rate_limits_are_no_faults() -> None:
    one = endpoint()
    for second in range(1000):
        one.fail(one.begin(second), second, LIMITED)
        assert not one.is_down(second)


def test_an_endpoint_never_heard_of_is_given_up_soon() -> None:
    one, heard = endpoint(), endpoint()
    heard.fail(heard.begin(0), 0, LIMITED)
    for which in (one, heard):
        which.fail(which.begin(0), 0, LOST)
        which.fail(which.begin(0), 20, LOST)
    assert one.is_down(20)
    assert not heard.is_down(20)


def test_where_all_fails_one_call_at_a_time_tries_again() -> None:
    one = endpoint()
    for second in range(5):
        one.fail(one.begin(second), second, LOST)
    assert not one.has_room(4)
    assert one.has_room(60)
    probe = one.begin(60)
    assert not one.has_room(60)
    one.finish(probe, 61)
    assert len(filled(one, 61)) == 16


def test_rests_double_with_jitter_up_to_a_limit() -> None:
    dice = random.Random(1)
    for tries, longest in [(1, 0.5), (2, 1.0), (5, 8.0), (7, 30.0), (10_000, 30.0)]:
        rests = {backoff(tries, dice) for _ in range(50)}
        assert longest / 2 <= min(rests) < max(rests) <= longest


async def test_the_endpoint_that_finishes_first_gets_the_call() -> None:
    fast, slow = endpoint(), endpoint()
    fast.finish(fast.begin(0), 1)
    slow.finish(slow.begin(0), 3)
    balance = Balance("strong", [slow, fast], random.Random(1))
    for _ in range(12):
        await balance.place()
    assert (fast.in_flight, slow.in_flight) == (9, 3)


async def test_a_failed_call_goes_elsewhere_and_first() -> None:
    one, two = endpoint(1), endpoint(1)
    balance = Balance("strong", [one, two], random.Random(1))
    places = {place.endpoint: place for place in [await balance.place(), await balance.place()]}
    waiting = asyncio.create_task(balance.place())
    await asyncio.sleep(0)
    failed = asyncio.create_task(balance.place(failed_at=one))
    await asyncio.sleep(0)
    places[two].finish()
    assert (await failed).endpoint is two
    assert not waiting.done()
    places[one].leave()
    assert (await waiting).endpoint is one


async def test_a_single_endpoint_is_tried_again() -> None:
    one = endpoint(1)
    balance = Balance("strong", [one], random.Random(1))
    (await balance.place()).fail(BROKEN)
    assert (await balance.place(failed_at=one)).endpoint is one


async def test_a_place_given_to_a_cancelled_call_is_free_again() -> None:
    one = endpoint(1)
    balance = Balance("strong", [one], random.Random(1))
    first = await balance.place()
    cancelled, other = asyncio.create_task(balance.place()), asyncio.create_task(balance.place())
    await asyncio.sleep(0)
    first.finish()
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    assert (await asyncio.wait_for(other, 5)).endpoint is one
    assert one.in_flight == 1


async def test_a_limited_endpoint_is_hope_where_another_is_gone() -> None:
    gone, limited = endpoint(patience_s=0), endpoint(patience_s=0)
    balance = Balance("strong", [gone, limited], random.Random(1))
    (await balance.place(failed_at=gone)).fail(LOST)
    (await balance.place(failed_at=gone)).fail(LIMITED)
    (await balance.place(failed_at=limited)).fail(LOST)
    (await balance.place()).finish()


async def test_a_long_rest_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    one = endpoint()
    balance = Balance("strong", [one], random.Random(1))
    places = [await balance.place() for _ in range(3)]
    for place in places:
        place.fail(Fault("limited", "HTTP 429: too many", 600))
    balance.close()
    assert [record.getMessage() for record in caplog.records] == [
        "teacher strong: http://one/v1 asks to wait 600 s (HTTP 429: too many)"
    ]
