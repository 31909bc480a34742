"""Reading answers: reasoning in every place, streams cut anywhere, usage, faults, schemas."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.errors import SynthSmithError
from synthsmith.records import Completion, Usage
from synthsmith.teachers.openai.answer import read_answer
from synthsmith.teachers.openai.body import strict_schema
from synthsmith.teachers.openai.faults import Fault, Origin, error_words, retry_after
from synthsmith.teachers.openai.stream import read_stream

ORIGIN = Origin(url="http://localhost/v1", model="tiny", key_env="")
WORDS = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "think>" not in text)
FINISHES = st.sampled_from(["stop", "length"])


def unary(message: dict[str, Any], finish: object = "stop", **more: Any) -> bytes:
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}], **more}).encode()


def read(message: dict[str, Any], finish: object = "stop", **more: Any) -> Completion:
    return read_answer(unary(message, finish, **more), ORIGIN)


def stream(deltas: list[dict[str, Any]], finish: str | None, line_end: str = "\n") -> bytes:
    chunks: list[dict[str, Any]] = [{"choices": [{"delta": delta}]} for delta in deltas]
    if finish:
        chunks.append({"choices": [{"delta": {}, "finish_reason": finish}]})
    chunks.append({"choices": [], "usage": {"prompt_tokens": 3}})
    end = line_end * 2
    return "".join(f"data: {json.dumps(c)}{end}" for c in chunks).encode()


def read_cut(data: bytes, cuts: list[int]) -> Completion:
    """The stream as it arrives in pieces that end anywhere."""

    async def pieces() -> AsyncIterator[bytes]:
        places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
        for start, end in pairwise(places):
            yield data[start:end]

    return asyncio.run(read_stream(pieces(), ORIGIN))


@given(WORDS, WORDS, st.sampled_from(["reasoning", "reasoning_content"]), FINISHES)
def test_reasoning_in_a_field_of_its_own(
    reasoning: str, text: str, place: str, finish: str
) -> None:
    completion = read({"content": text, place: reasoning}, finish)
    assert (completion.reasoning, completion.text) == (reasoning, text)
    assert completion.finish == finish


@given(WORDS, WORDS, st.sampled_from(["<think>", "<think>\n", "\n<think>", ""]), FINISHES)
def test_reasoning_in_the_content(reasoning: str, text: str, opened: str, finish: str) -> None:
    completion = read({"content": f"{opened}{reasoning}</think>\n\n{text}"}, finish)
    assert completion.reasoning == reasoning.strip()
    assert completion.text == text.strip()


@given(WORDS)
def test_reasoning_cut_by_length_is_no_answer(reasoning: str) -> None:
    completion = read({"content": f"<think>\n{reasoning}"}, "length")
    assert (completion.reasoning, completion.text) == (reasoning.strip(), "")


@given(WORDS)
def test_a_content_without_reasoning_is_left_alone(text: str) -> None:
    assert read({"content": text}).text == text


def test_a_tag_in_an_answer_is_left_alone_where_reasoning_came_apart() -> None:
    completion = read({"content": 'print("</think>")', "reasoning": "I print it."})
    assert completion.text == 'print("</think>")'


def test_all_reasoning_and_no_text_was_paid_all_the_same() -> None:
    for finish in ("stop", "length"):
        completion = read({"content": None, "reasoning": "hm"}, finish)
        assert (completion.reasoning, completion.text, completion.finish) == ("hm", "", finish)
    assert read({"content": None}, "length").finish == "length"
    assert read({"content": ""}).text == ""


def test_a_refusal_is_filtered() -> None:
    completion = read({"content": None, "refusal": "I would rather not."})
    assert (completion.text, completion.finish) == ("I would rather not.", "filtered")


@given(
    WORDS,
    st.lists(WORDS, min_size=1),
    st.lists(st.integers(0, 10**6), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_stream_cut_anywhere_reads_as_the_whole(
    reasoning: str, pieces: list[str], cuts: list[int], line_end: str
) -> None:
    deltas: list[dict[str, Any]] = [
        {"role": "assistant", "content": ""},
        {"reasoning": reasoning, "content": None},
    ]
    data = stream([*deltas, *({"content": piece} for piece in pieces)], "stop", line_end)
    text = "".join(pieces)
    whole = read({"content": text, "reasoning": reasoning}, usage={"prompt_tokens": 3})
    assert read_cut(b": comment\n\n" + data + b"data: [DONE]\n\n", cuts) == whole
    assert read_cut(data, cuts) == whole


@given(st.integers(0, 10**6))
def test_a_stream_that_ends_early_is_a_fault(length: int) -> None:
    data = stream([{"content": "abc"}, {"content": "def"}], None)
    with pytest.raises(Fault):
        read_cut(data[: length % len(data)], [])


def test_an_error_in_the_middle_of_a_stream() -> None:
    data = stream([{"content": "abc"}], None) + b'data: {"error": {"message": "lost"}}\n\n'
    with pytest.raises(Fault, match="lost"):
        read_cut(data, [])


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (None, Usage()),
        ("many", Usage()),
        ({}, Usage()),
        ({"prompt_tokens": None, "completion_tokens": 0}, Usage(completion_tokens=0)),
        ({"prompt_tokens": -1, "completion_tokens": True}, Usage()),
        (
            {
                "prompt_tokens": 9,
                "completion_tokens": 8,
                "prompt_tokens_details": {"cached_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": 7},
            },
            Usage(prompt_tokens=9, completion_tokens=8, reasoning_tokens=7, cached_tokens=0),
        ),
        (
            {"prompt_tokens": 9, "prompt_cache_hit_tokens": 4, "reasoning_tokens": 2},
            Usage(prompt_tokens=9, reasoning_tokens=2, cached_tokens=4),
        ),
        ({"prompt_tokens_details": None, "completion_tokens_details": []}, Usage()),
    ],
)
def test_usage_is_unknown_unless_it_is_told(usage: object, expected: Usage) -> None:
    assert read({"content": "x"}, usage=usage).usage == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{}]}',
        b'{"choices": [{"message": null, "finish_reason": "stop"}]}',
        b"<html>502</html>",
        unary({"content": None}),
        unary({"content": ["parts"]}),
        unary({"content": "x"}, None),
        unary({"content": "x"}, "abort"),
        unary({"content": "x"}, "error"),
        unary({"content": "x"})[:-3],
        unary({"content": "x"}, error={"message": "m", "code": 503}),
        unary({"content": "x"}, error="broken"),
        b'{"choices": [{"message": {"content": ""}, "error": {"code": 502}}]}',
        b'{"choices":' + b"[" * 100_000,
    ],
)
def test_what_is_no_completion_is_a_fault(data: bytes) -> None:
    with pytest.raises(Fault):
        read_answer(data, ORIGIN)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'{"choices":[{"message":{"content":"a \\ud83d"},"finish_reason":"length"}]}', "a \ufffd"),
        (
            b'{"choices":[{"message":{"content":"a \xf0\x9f"},"finish_reason":"length"}]}',
            "a \ufffd",
        ),
        (b'{"x":NaN,"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}', "a"),
    ],
)
def test_half_a_character_does_not_lose_a_paid_reply(data: bytes, text: str) -> None:
    completion = read_answer(data, ORIGIN)
    assert completion.text == text
    assert completion.text.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("choices", "message", "content", "reasoning", "finish_reason"),
                    *("error", "code", "usage", "delta", "refusal"),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON | st.builds(lambda choice: {"choices": [choice]}, JSON))
def test_no_answer_of_any_shape_escapes(value: object) -> None:
    data = json.dumps(value).encode()
    try:
        assert isinstance(read_answer(data, ORIGIN), Completion)
    except (Fault, SynthSmithError) as error:
        assert "\n" not in str(error)


@given(st.binary())
def test_no_bytes_escape(data: bytes) -> None:
    with pytest.raises(Fault):
        read_answer(data, ORIGIN)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error": {"message": "too\\n  long", "code": "c"}}', ("too long", "c")),
        (b'{"error": "plain"}', ("plain", "")),
        (b'{"object": "error", "message": "old", "code": 40303}', ("old", "40303")),
        (b'{"detail": "Not Found"}', ("Not Found", "")),
        (b"Bad Gateway\n", ("Bad Gateway", "")),
        (b"", ("", "")),
        (b"x" * 1000, ("x" * 300 + "…", "")),
    ],
)
def test_words_of_an_error(body: bytes, words: tuple[str, str]) -> None:
    assert error_words(body) == words


def test_retry_after_is_seconds_or_a_date() -> None:
    def asked(value: str) -> float | None:
        return retry_after({"Retry-After": value})

    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=100), usegmt=True)
    assert asked("7") == 7.0
    assert asked("0.5") == 0.5
    assert asked("-3") == 0.0
    assert 90 < (asked(soon) or 0) <= 100
    assert asked(past) == 0.0
    assert [asked("later"), asked("inf"), asked("nan"), asked(""), retry_after({})] == [None] * 5


def test_a_strict_schema_requires_all_and_nothing_else() -> None:
    inner = {"type": "object", "description": "d", "properties": {"title": {"default": ""}}}
    loose = {"$ref": "#/$defs/A", "$defs": {"A": inner}, "anyOf": [{"title": "t"}]}
    assert strict_schema(loose) == {
        "$ref": "#/$defs/A",
        "$defs": {
            "A": {
                "type": "object",
                "properties": {"title": {}},
                "required": ["title"],
                "additionalProperties": False,
            }
        },
        "anyOf": [{}],
    }
