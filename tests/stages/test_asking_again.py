"""A reply that cannot be used is asked for once more, with the error shown, and never again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import MakeTools, Scripted

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import ExtractReply, last_code_block, reader
from synthsmith.records import CompletionRequest
from synthsmith.tools import Tools

GOOD = json.dumps({"features": [["a", "b"]]})
PROMPT = {"language": "python", "code": "print(1)"}


def answers(*replies: str | tuple[str, Any]) -> tuple[Any, list[CompletionRequest]]:
    """A script that gives these replies in turn, and the requests it saw."""
    seen: list[CompletionRequest] = []

    def script(request: CompletionRequest) -> str | tuple[str, Any]:
        seen.append(request)
        return replies[len(seen) - 1]

    return script, seen


async def ask(tools: Tools) -> Any:
    return await tools.desk("seed-0").ask("extract", reader(ExtractReply), **PROMPT)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("I would rather not.", "no JSON object in the reply"),
        ('{"features": 3}', "Expected `array`, got `int`"),
        ('{"features": [["a", "b"', "Expecting ',' delimiter"),
        ('{"features": [["a", 7]]}', "Expected `str`, got `int`"),
    ],
)
async def test_malformed_once_is_asked_again_with_the_error(
    make_tools: MakeTools, bad: str, said: str
) -> None:
    script, seen = answers(bad, GOOD)
    reply, completion = await ask(make_tools(script))
    assert reply.features == (("a", "b"),)
    assert completion.text == GOOD
    first, second = seen
    assert second.messages[: len(first.messages)] == first.messages
    assert [m.role for m in second.messages] == ["user", "assistant", "user"]
    assert second.messages[1].content == bad
    assert said in second.messages[2].content
    assert (first.seed, first.index, first.model) == (second.seed, second.index, second.model)


async def test_malformed_twice_is_a_drop_with_the_last_error(make_tools: MakeTools) -> None:
    script, seen = answers("no", '{"features": "none"}')
    with pytest.raises(Drop, match="Expected `array`, got `str`") as caught:
        await ask(make_tools(script))
    assert caught.value.reason is DropReason.MALFORMED_REPLY
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("finish", "reason"),
    [
        ("length", DropReason.CUT_BY_LENGTH),
        ("repetition", DropReason.REPETITION),
        ("filtered", DropReason.FILTERED),
    ],
)
async def test_what_did_not_end_by_itself_is_a_drop_even_if_it_could_be_read(
    make_tools: MakeTools, finish: str, reason: DropReason
) -> None:
    script, seen = answers((GOOD, finish))
    with pytest.raises(Drop) as caught:
        await ask(make_tools(script))
    assert caught.value.reason is reason
    assert len(seen) == 1, "it is paid for; asking again would end the same way"


async def test_a_second_reply_that_is_cut_is_dropped_for_that(make_tools: MakeTools) -> None:
    script, seen = answers("no", (GOOD, "length"))
    with pytest.raises(Drop) as caught:
        await ask(make_tools(script))
    assert caught.value.reason is DropReason.CUT_BY_LENGTH
    assert len(seen) == 2


async def test_both_replies_are_kept_so_that_a_resumed_run_pays_neither(
    make_tools: MakeTools,
) -> None:
    script, seen = answers("no", GOOD)
    tools = make_tools(script)
    assert await ask(tools) == await ask(tools)
    assert len(seen) == 2
    (teacher,) = tools.teachers
    assert isinstance(teacher, Scripted)
    assert tools.ledger.totals()["completion"].bodies == 2


async def test_a_program_that_is_not_closed_is_asked_for_again(make_tools: MakeTools) -> None:
    script, seen = answers("```python\nprint(", "```python\nprint(1)\n```")
    desk = make_tools(script).desk("task-0")
    code, _ = await desk.ask("extract", lambda text: last_code_block(text, "python"), **PROMPT)
    assert code == "print(1)\n"
    assert "the last fenced block of python is not closed" in seen[1].messages[2].content
