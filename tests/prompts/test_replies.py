"""Reading what teachers reply: tolerant of form, strict about content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import (
    ExtractReply,
    FormulateReply,
    SelectReply,
    clean_paths,
    last_code_block,
    parse_json_reply,
)

GOOD = '{"features": [["a", "b"]]}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"Some thoughts.\n\n```json\n{GOOD}\n```\n",
        f"```\n{GOOD}\n```",
        f"```json\r\n{GOOD}\r\n```\r\nThat is all.",
        f'First a draft:\n```json\n{{"features": 3}}\n```\nbetter:\n```json\n{GOOD}\n```',
        f"Here it is: {GOOD} I hope it helps.",
        f"~~~json\n{GOOD}\n~~~",
        f'```json\n{GOOD[:-1]}, "comment": "more than was asked"}}\n```',
    ],
)
def test_json_is_found_however_it_is_wrapped(text: str) -> None:
    assert parse_json_reply(text, ExtractReply).features == (("a", "b"),)


@pytest.mark.parametrize(
    "text",
    ["", "no object", "{", '{"features": "a"}', '{"features": [["a", 1]]}', "```json\n{\n```"],
)
def test_what_does_not_fit_is_a_drop_with_the_reason(text: str) -> None:
    with pytest.raises(Drop) as caught:
        parse_json_reply(text, ExtractReply)
    assert caught.value.reason is DropReason.MALFORMED_REPLY
    assert caught.value.detail


def test_code_fences_inside_a_json_string_do_not_hide_the_object() -> None:
    text = '{"title": "t", "statement": "run\\n```\\nx\\n```\\n", "samples": []}'
    assert "```" in parse_json_reply(text, FormulateReply).statement


def test_a_role_that_does_not_exist_is_refused() -> None:
    text = '{"features": [{"path": ["a", "b"], "role": "main"}], "strategy": ""}'
    with pytest.raises(Drop, match="malformed"):
        parse_json_reply(text, SelectReply)


CODE = "print(1)\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"```python\n{CODE}```", "python"),
        (f"```py\n{CODE}```", "python"),
        ("```Python\r\nprint(1)\r\n```\r\n", "python"),
        (f"```python\nprint(0)\n```\nor better\n```python\n{CODE}```\nbecause", "python"),
        (f"```cpp\nint main(){{}}\n```\n```python\n{CODE}```\n```text\noutput\n```", "python"),
        (f"```\n{CODE}```", "python"),
        (f"```c++\n{CODE}```", "cpp"),
        (f"```python\n{CODE.strip()}", "python"),
    ],
)
def test_the_last_block_of_the_language_is_the_program(text: str, language: str) -> None:
    assert last_code_block(text, language) == CODE


@pytest.mark.parametrize("text", ["", "print(1)", "```python\nprint(1", "```python\n\n```"])
def test_no_complete_block_is_a_drop(text: str) -> None:
    with pytest.raises(Drop) as caught:
        last_code_block(text, "python")
    assert caught.value.reason is DropReason.NO_CODE


fenced = st.lists(
    st.sampled_from(["```python\n", "```\n", "```", "\n", "print(1)", "~~~\n", "\r\n", "{", "x"]),
    max_size=12,
).map("".join)


@given(st.one_of(st.text(), fenced))
def test_any_text_gives_code_that_stands_in_it_or_a_drop(text: str) -> None:
    try:
        code = last_code_block(text, "python")
    except Drop:
        return
    assert code.removesuffix("\n") in text.replace("\r\n", "\n")


@given(st.one_of(st.text(), fenced))
def test_any_text_gives_a_reply_or_a_drop(text: str) -> None:
    try:
        parse_json_reply(text, ExtractReply)
    except Drop as drop:
        assert drop.reason is DropReason.MALFORMED_REPLY


def test_paths_are_cleaned() -> None:
    messy = [("a", " b  c "), ("a", "b c"), ("only",), ("a", ""), ("a", "x" * 61), tuple("abcdef")]
    assert clean_paths(messy) == [("a", "b c")]
