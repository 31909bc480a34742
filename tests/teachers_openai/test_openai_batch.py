"""The Batch API route: everything answered, nothing bought twice, whatever happens between."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from batch_server import BatchServer, answered, expired, refused, serving

from synthsmith.errors import Drop, DropReason, EndpointError, InputError
from synthsmith.recipe import EndpointSettings, OpenAITeacherSettings
from synthsmith.records import Completion, CompletionRequest, Message
from synthsmith.teachers import open_teachers
from synthsmith.teachers.openai.batch import BatchTeacher


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BatchServer]:
    monkeypatch.setattr(BatchTeacher, "QUIET_S", 0.05)
    monkeypatch.setattr(BatchTeacher, "POLL_S", (0.02, 0.05))
    async with serving(BatchServer()) as server:
        yield server


def asked(prompt: str) -> CompletionRequest:
    messages = (Message(role="user", content=prompt),)
    return CompletionRequest(kind="solve", model="m", messages=messages, max_tokens=100)


@asynccontextmanager
async def teacher_of(server: BatchServer, patience_s: float = 20) -> AsyncIterator[BatchTeacher]:
    endpoint = EndpointSettings(url=server.url)
    settings = OpenAITeacherSettings(
        name="t", model="m", endpoints=(endpoint,), batch=True, patience_s=patience_s
    )
    async with open_teachers([settings]) as (teacher,):
        assert isinstance(teacher, BatchTeacher)
        yield teacher


async def ask(server: BatchServer, *prompts: str) -> list[Completion | BaseException]:
    async with teacher_of(server) as teacher:
        calls = (teacher.complete(asked(prompt)) for prompt in prompts)
        return await asyncio.gather(*calls, return_exceptions=True)


def texts(found: list[Completion | BaseException]) -> list[str]:
    return [one.text if isinstance(one, Completion) else repr(one) for one in found]


async def test_one_batch_answers_all_that_wait(server: BatchServer) -> None:
    found = await ask(server, *map(str, range(50)))
    assert texts(found) == [f"re: {i}" for i in range(50)]
    assert len(server.batches) == 1
    (first, *_) = found
    assert isinstance(first, Completion)
    assert (first.usage.prompt_tokens, first.usage.cached_tokens) == (7, None)
    body = server.lines("file-0")[0]["body"]
    assert (body["model"], body["max_tokens"]) == ("m", 100)


async def test_the_same_request_twice_is_bought_once(server: BatchServer) -> None:
    assert texts(await ask(server, "a", "a")) == ["re: a", "re: a"]
    assert set(server.bought.values()) == {1}


async def test_batches_are_no_larger_than_they_may_be(
    server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BatchTeacher, "MOST_REQUESTS", 3)
    assert len(texts(await ask(server, *"abcdefg"))) == 7
    assert [len(server.lines(b["input_file_id"])) for b in server.batches] == [3, 3, 1]
    monkeypatch.setattr(BatchTeacher, "MOST_REQUESTS", 100)
    monkeypatch.setattr(BatchTeacher, "MOST_BYTES", 600)
    await ask(server, *"hijkl")
    for batch in server.batches[3:]:
        assert len(server.files[batch["input_file_id"]]) <= 600


async def test_only_what_failed_or_expired_is_submitted_again(server: BatchServer) -> None:
    def outcome(number: int, line: dict[str, object]) -> dict[str, object] | None:
        prompt = line["body"]["messages"][0]["content"]  # type: ignore[index]
        bad = {"a": refused(line, 500), "b": expired(line), "c": None, "d": refused(line, 429)}
        return bad.get(prompt, answered(line)) if number == 0 else answered(line)

    server.outcome = outcome
    server.statuses = ["expired", "completed"]
    assert texts(await ask(server, *"abcdefgh")) == [f"re: {c}" for c in "abcdefgh"]
    assert sorted(server.bought.values()) == [1] * 4 + [2] * 4
    assert len(server.batches) <= 3


async def test_a_request_that_is_refused_is_a_drop_and_the_others_go_on(
    server: BatchServer,
) -> None:
    def outcome(number: int, line: dict[str, object]) -> dict[str, object]:
        prompt = line["body"]["messages"][0]["content"]  # type: ignore[index]
        return {"bad": refused(line, 400), "sick": refused(line, 500)}.get(prompt, answered(line))

    server.outcome = outcome
    bad, sick, good = await ask(server, "bad", "sick", "good")
    assert isinstance(bad, Drop)
    assert bad.reason is DropReason.REFUSED_BY_ENDPOINT
    assert isinstance(sick, Drop)
    assert "4 batches" in str(sick)
    assert texts([good]) == ["re: good"]


async def test_a_cut_download_and_lost_answers_buy_nothing_twice(server: BatchServer) -> None:
    server.cuts, server.faults = 2, 2
    assert texts(await ask(server, *"abc")) == ["re: a", "re: b", "re: c"]
    assert set(server.bought.values()) == {1}


async def test_a_full_queue_is_waited_for(server: BatchServer) -> None:
    server.statuses = ["failed", "completed"]
    assert texts(await ask(server, "a")) == ["re: a"]


async def test_a_wrong_key_and_a_missing_api_are_one_error_for_all(server: BatchServer) -> None:
    server.outcome = lambda number, line: refused(line, 401)
    (wrong,) = await ask(server, "a")
    assert isinstance(wrong, InputError)
    server.url = server.url.removesuffix("/v1") + "/v2"
    both = await ask(server, "a", "b")
    assert [type(one) for one in both] == [InputError, InputError]


async def test_an_endpoint_that_is_gone_ends_the_run_resumably(server: BatchServer) -> None:
    server.faults = 10**6
    async with teacher_of(server, patience_s=0.1) as teacher:
        with pytest.raises(EndpointError, match="go on"):
            await teacher.complete(asked("a"))
        with pytest.raises(EndpointError):
            await teacher.complete(asked("b"))


CLIENT = """
import asyncio, sys
from synthsmith.recipe import EndpointSettings, OpenAITeacherSettings
from synthsmith.records import CompletionRequest, Message
from synthsmith.teachers.openai.batch import BatchTeacher
BatchTeacher.QUIET_S = 0.05
async def main():
    teacher = BatchTeacher(OpenAITeacherSettings(name="t", model="m", batch=True,
        endpoints=(EndpointSettings(url=sys.argv[1]),)))
    await asyncio.gather(*(teacher.complete(CompletionRequest(kind="solve", model="m",
        messages=(Message(role="user", content=c),), max_tokens=100)) for c in "abc"))
asyncio.run(main())
"""


@pytest.mark.parametrize("ended_before_the_resume", [True, False])
async def test_killed_while_a_batch_is_under_way_it_is_not_bought_again(
    server: BatchServer, ended_before_the_resume: bool
) -> None:
    server.hold.clear()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", CLIENT, server.url)
    async with asyncio.timeout(60):
        await server.submitted.wait()
    process.kill()
    await process.wait()
    if ended_before_the_resume:
        server.end(server.batches[0])
    asyncio.get_running_loop().call_later(0.2, server.hold.set)
    assert texts(await ask(server, *"cbad")) == ["re: c", "re: b", "re: a", "re: d"]
    assert set(server.bought.values()) == {1}
    assert len(server.batches) == 2


async def test_what_an_earlier_batch_answered_is_found_when_it_is_asked_later(
    server: BatchServer,
) -> None:
    await ask(server, *"abc")
    async with teacher_of(server) as teacher:
        for prompt in "dcab":
            assert (await teacher.complete(asked(prompt))).text == f"re: {prompt}"
    assert set(server.bought.values()) == {1}
