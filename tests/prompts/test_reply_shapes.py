"""Reply shapes of our own making: what is read from each, and what never is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import (
    ExtractReply,
    FormulateReply,
    InputsReply,
    last_code_block,
    parse_json_reply,
)

FOLDER = Path(__file__).parent / "shapes"
PROGRAMS = [
    {**p, "code": p["code"].lstrip("\n")}
    for p in tomllib.loads((FOLDER / "programs.toml").read_text("utf-8"))["program"]
]
CODE_SHAPES = tomllib.loads((FOLDER / "code.toml").read_text("utf-8"))["shape"]
JSON = tomllib.loads((FOLDER / "json.toml").read_text("utf-8"))
KINDS = {"formulate": FormulateReply, "inputs": InputsReply, "extract": ExtractReply}
DRAFTS = {
    "python": "x = int(input())\nprint(x, 'draft')\n",
    "cpp": '#include <cstdio>\nint main() { puts("draft"); }\n',
}
ALIASES = {"python": ("py", "Python3"), "cpp": ("c++", "C++20")}


def code_reply(shape: dict[str, Any], program: dict[str, Any]) -> str:
    code, language = program["code"], program["language"]
    lines = code.splitlines(keepends=True)
    values = {
        "INDENTED": "".join(f"   {line}" if line.strip() else line for line in lines),
        "CHOMPED": code.rstrip("\n"),
        "HALF": code[: code.index("(", max(0, code.find("main("))) + 1],
        "CRLF": code.replace("\n", "\r\n"),
        "CODE": code,
        "DRAFT": DRAFTS[language],
        "ALIAS2": ALIASES[language][1],
        "ALIAS": ALIASES[language][0],
        "UPPER": language.upper(),
        "LANG": language,
    }
    return re.sub("|".join(values), lambda found: values[found.group()], shape["reply"])


def code_cases() -> Iterator[Any]:
    for shape in CODE_SHAPES:
        for program in PROGRAMS:
            if shape.get("fences", True) or not program.get("fences"):
                yield pytest.param(shape, program, id=f"{shape['name']}-{program['name']}")


CODE_CASES = list(code_cases())


@pytest.mark.parametrize(("shape", "program"), CODE_CASES)
def test_the_program_of_a_reply(shape: dict[str, Any], program: dict[str, Any]) -> None:
    reply, language = code_reply(shape, program), program["language"]
    finds = shape.get("finds", "code")
    if finds == "no_code":
        with pytest.raises(Drop) as caught:
            last_code_block(reply, language)
        assert caught.value.reason is DropReason.NO_CODE
        assert caught.value.detail
    else:
        wanted = program["code"] if finds == "code" else DRAFTS[language]
        assert last_code_block(reply, language).rstrip("\n") == wanted.rstrip("\n")


def json_reply(shape: dict[str, Any], body: dict[str, Any]) -> tuple[str, Any, Any]:
    """The reply, and what body and draft hold."""
    text, value = body["json"], json.loads(body["json"])
    (field, *_) = (name for name, inner in value.items() if isinstance(inner, list))
    draft = {**value, field: value[field][:1]}
    pretty = json.dumps(value, indent=2, ensure_ascii=False)
    values = {
        "BODY": text,
        "PRETTY": pretty,
        "PYTHON": repr(value),
        "COMMAS": re.sub(r'(?m)([}\]"])$', r"\1,", pretty).rstrip(","),
        "COMMENTS": pretty.replace("{\n", "{  // note\n", 1).replace("\n", "\n  /* so */\n", 2),
        "RAW": text.replace("\\n", "\n"),
        "BACKSLASH": text.replace("\\\\", "\\"),
        "UNQUOTED": re.sub(r'(?m)^( *)"(\w+)":', r"\1\2:", pretty),
        "OPEN": text[:-1],
        "CUT": text[: len(text) * 3 // 5],
        "DRAFT": json.dumps(draft),
    }
    reply = re.sub("|".join(values), lambda found: values[found.group()], shape["reply"])
    return reply, value, draft


JSON_CASES = [
    pytest.param(shape, body, id=f"{shape['name']}-{body['kind']}")
    for shape in JSON["shapes"]
    for body in JSON["body"]
]


@pytest.mark.parametrize(("shape", "body"), JSON_CASES)
def test_the_object_of_a_reply(shape: dict[str, Any], body: dict[str, Any]) -> None:
    kind = KINDS[body["kind"]]
    reply, value, draft = json_reply(shape, body)
    finds = shape.get("finds", "body")
    if finds == "malformed_reply":
        with pytest.raises(Drop) as caught:
            parse_json_reply(reply, kind)
        assert caught.value.reason is DropReason.MALFORMED_REPLY
        assert caught.value.detail
    else:
        wanted = msgspec.convert(value if finds == "body" else draft, kind)
        assert parse_json_reply(reply, kind) == wanted


def test_there_are_many_and_no_two_are_the_same() -> None:
    replies = {code_reply(*case.values) for case in CODE_CASES}
    replies |= {json_reply(*case.values)[0] for case in JSON_CASES}
    assert len(replies) >= 400


prose = st.lists(
    st.sampled_from(["So", "it's", '"fine"', "O(n)", "{x}", "`y`", "\n", "\n\n", "-", "$a$", "<b>"])
).map(" ".join)


@settings(max_examples=60)
@given(prose, prose, st.sampled_from(PROGRAMS))
def test_prose_around_a_program_changes_nothing(
    before: str, after: str, program: dict[str, Any]
) -> None:
    reply = f"{before}\n```{program['language']}\n{program['code']}```\n{after}"
    assert last_code_block(reply, program["language"]) == program["code"]


@settings(max_examples=60)
@given(prose, prose, st.sampled_from(JSON["body"]))
def test_prose_around_an_object_changes_nothing(
    before: str, after: str, body: dict[str, Any]
) -> None:
    kind = KINDS[body["kind"]]
    value = msgspec.json.decode(body["json"], type=kind)
    assert parse_json_reply(f"{before}\n```json\n{body['json']}\n```\n{after}", kind) == value


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p["name"])
def test_a_program_cut_anywhere_is_whole_or_nothing(program: dict[str, Any]) -> None:
    """The finish reason tells of a cut; where it lies, all that can be seen is that a cut
    program does not parse. Python may, at the end of a statement."""
    code, language = program["code"], program["language"]
    reply = f"Here:\n```{language}\n{DRAFTS[language]}```\nor\n```{language}\n{code}```\n"
    begins = reply.rindex(f"```{language}\n{code}") + len(f"```{language}\n")
    for end in range(begins, len(reply)):
        try:
            found = last_code_block(reply[:end], language)
        except Drop:
            continue
        if language == "cpp":
            assert found.rstrip() == code.rstrip()
        else:
            assert code.startswith(found.rstrip("\n"))
            compile(found, "reply", "exec")


@pytest.mark.parametrize("body", JSON["body"], ids=lambda b: b["kind"])
def test_an_object_cut_anywhere_is_whole_or_nothing(body: dict[str, Any]) -> None:
    text, kind = body["json"], KINDS[body["kind"]]
    value = msgspec.json.decode(text, type=kind)
    for end in range(len(text)):
        try:
            assert parse_json_reply(text[:end], kind) == value, text[:end]
        except Drop as drop:
            assert drop.reason is DropReason.MALFORMED_REPLY


pieces = st.lists(
    st.sampled_from(
        [
            *(
                "```python\n",
                "```\n",
                "~~~\n",
                "```",
                "````cpp\n",
                "\n",
                "\r\n",
                "print(1)\n",
                "   ",
            ),
            *(
                '"""',
                "'",
                '"',
                "\\",
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                '"features"',
                '["a", "b"]',
                "//",
            ),
            *(
                "<think>",
                "</think>",
                "<code>",
                "</code>",
                "int main() {",
                'R"(',
                "/*",
                "# ",
                "\ud800",
            ),
        ]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=400)
@given(st.one_of(pieces, st.text()))
def test_nothing_but_a_drop_is_raised_and_nothing_is_invented(text: str) -> None:
    lines = text.replace("\r\n", "\n").split("\n")
    for language in ("python", "cpp"):
        try:
            code = last_code_block(text, language)
        except Drop:
            continue
        rest = iter(lines)
        for line in code.rstrip("\n").split("\n"):
            assert any(line in one for one in rest), (line, text)
    try:
        reply = parse_json_reply(text, ExtractReply)
    except Drop:
        return
    for path in reply.features:
        for step in path:
            assert step.encode() is not None
            assert re.sub(r"\W", "", step) in re.sub(r"\W", "", text)


@pytest.mark.parametrize(
    "unit",
    ["```python\n", "```python\n'''\n```\n", "{'", '{"features":', '"', "\\", "{", "<code>", "/*"],
)
def test_long_odd_replies_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    for language in ("python", "cpp"):
        with pytest.raises(Drop):
            last_code_block(text, language)
    with pytest.raises(Drop):
        parse_json_reply(text, ExtractReply)
