"""Keys: what is in them, what is not, and that they never move."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.records import CompletionRequest, Limits, Message, Program
from synthsmith.store import completion_key, digest, execution_key

REQUEST = CompletionRequest(
    kind="solve", model="procedural:ab@1", messages=(Message(role="user", content="Add."),)
)
PROGRAM = Program(language="python", code="print(1)")


def test_keys_are_what_earlier_runs_wrote() -> None:
    # A changed key pays everything again: raise SCHEMA_VERSION with it, knowingly.
    assert completion_key(REQUEST)[:16] == "c22524360f9e7f76"
    assert execution_key(PROGRAM, "j1", "i1", Limits())[:16] == "29277ecdf513e961"


def test_the_kind_of_a_prompt_is_not_part_of_the_key() -> None:
    assert completion_key(msgspec.structs.replace(REQUEST, kind="inputs")) == completion_key(
        REQUEST
    )


@pytest.mark.parametrize(
    "change",
    [
        {"model": "other"},
        {"messages": (Message(role="user", content="Add"),)},
        {"messages": (Message(role="system", content="Add."),)},
        {"temperature": 0.9},
        {"top_p": 0.9},
        {"max_tokens": 1},
        {"seed": 1},
        {"index": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_else_is(change: dict[str, object]) -> None:
    assert completion_key(msgspec.structs.replace(REQUEST, **change)) != completion_key(REQUEST)


def test_an_execution_depends_on_program_judge_input_and_limits() -> None:
    keys = {
        execution_key(PROGRAM, "j", "i", Limits()),
        execution_key(PROGRAM, "k", "i", Limits()),
        execution_key(PROGRAM, "j", "k", Limits()),
        execution_key(PROGRAM, "j", "i", Limits(time_limit_s=1.0)),
        execution_key(msgspec.structs.replace(PROGRAM, code="print(2)"), "j", "i", Limits()),
        execution_key(msgspec.structs.replace(PROGRAM, language="cpp"), "j", "i", Limits()),
        execution_key(msgspec.structs.replace(PROGRAM, io="function"), "j", "i", Limits()),
        execution_key(msgspec.structs.replace(PROGRAM, fn_name="f"), "j", "i", Limits()),
    }
    assert len(keys) == 8


def test_the_order_of_keys_does_not_matter_and_of_items_does() -> None:
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest([1, 2]) != digest([2, 1])


@given(st.binary(), st.binary())
def test_bytes_that_are_not_utf8_have_digests_of_their_own(one: bytes, other: bytes) -> None:
    texts = [data.decode("utf-8", "surrogateescape") for data in (one, other)]
    assert (digest(texts[0]) == digest(texts[1])) == (one == other)
