"""TACO's and APPS's input_output field."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.errors import Drop
from synthsmith.formats import InputOutput, read_input_output, write_input_output

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=6,
)


@given(st.lists(st.tuples(st.text(), st.text())))
def test_program_tests_round_trip(tests: list[tuple[str, str]]) -> None:
    read = read_input_output(write_input_output(tests))
    assert list(zip(read.inputs, read.outputs, strict=True)) == tests
    assert read.fn_name == ""


@given(st.lists(st.tuples(st.lists(VALUES, max_size=3), VALUES), min_size=1))
def test_function_tests_round_trip(tests: list[tuple[list[object], object]]) -> None:
    ours = [("\n".join(map(json.dumps, a)) + "\n", json.dumps(r)) for a, r in tests]
    read = read_input_output(write_input_output(ours, "f"))
    arguments = [[json.loads(x) for x in i.split("\n") if x] for i in read.inputs]
    results = [json.loads(o) for o in read.outputs]
    assert list(zip(arguments, results, strict=True)) == tests
    assert read.fn_name == "f"


def test_the_written_field_is_theirs() -> None:
    text = write_input_output([('[1, 2]\n"x"\n', "[3]")], "f")
    assert json.loads(text) == {"fn_name": "f", "inputs": [[[1, 2], "x"]], "outputs": [[[3]]]}
    assert json.loads(write_input_output([("1\n", "2\n")])) == {
        "inputs": ["1\n"],
        "outputs": ["2\n"],
    }


def test_the_variants_found_in_the_wild_are_read() -> None:
    lines = read_input_output('{"inputs": [["1", "2"]], "outputs": [["3"]]}')
    assert lines == InputOutput(inputs=("1\n2",), outputs=("3",))
    bare = read_input_output('{"fn_name": "f", "inputs": [[1], [2]], "outputs": [[5], [6, 7]]}')
    assert bare.outputs == ("[5]", "[6, 7]")
    one_a_line = read_input_output('{"fn_name": "f", "inputs": ["1\\n2"], "outputs": ["[3]"]}')
    assert one_a_line == InputOutput(inputs=("1\n2",), outputs=("[3]",), fn_name="f")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"inputs": []}',
        '{"inputs": ["1"], "outputs": []}',
        '{"inputs": [1], "outputs": ["1"]}',
        '{"inputs": ["1"], "outputs": [{"a": 1}]}',
        '{"fn_name": "f", "inputs": [3], "outputs": [3]}',
        '{"inputs":' + "[" * 90_000,
    ],
)
def test_what_is_no_such_field_is_dropped(text: str) -> None:
    with pytest.raises(Drop, match="input_output"):
        read_input_output(text)
