"""The ``input_output`` field of TACO and APPS: a JSON string ``{inputs, outputs, fn_name?}``.

For programs, an input and an output are texts. For functions an input is the list of arguments and
an output a list of one result, where ours have one JSON argument a line and one JSON result.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from synthsmith.errors import Drop, DropReason
from synthsmith.records import Record


class InputOutput(Record, frozen=True):
    """Tests in our form: ``inputs[i]`` belongs to ``outputs[i]``; ``fn_name`` "" is stdin."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    fn_name: str = ""


class _Field(msgspec.Struct, frozen=True):
    inputs: list[Any]
    outputs: list[Any]
    fn_name: str | None = None


def argument_lines(text: str) -> list[str]:
    """The JSON arguments of a function-style input, one an item."""
    return [line for line in text.split("\n") if line.strip()]


def write_input_output(tests: Iterable[tuple[str, str]], fn_name: str = "") -> str:
    """The field's text from (input, output) pairs in our form.

    Raises ValueError when ``fn_name`` is given and a test is not JSON.
    """
    pairs = list(tests)
    if not fn_name:
        return json.dumps({"inputs": [i for i, _ in pairs], "outputs": [o for _, o in pairs]})
    return json.dumps(
        {
            "fn_name": fn_name,
            "inputs": [[json.loads(line) for line in argument_lines(i)] for i, _ in pairs],
            "outputs": [[json.loads(o)] for _, o in pairs],
        }
    )


def read_input_output(text: str) -> InputOutput:
    """The tests of a field. Raises Drop(BAD_RECORD) with what is wrong.

    Texts given as lists of lines are joined. A function's results are taken out of their lists
    where every one is a list of one; arguments that already stand one a line are kept.
    """
    try:
        field = msgspec.convert(json.loads(text), _Field)
    except (ValueError, RecursionError) as error:
        raise Drop(DropReason.BAD_RECORD, f"input_output: {error}") from None
    if len(field.inputs) != len(field.outputs):
        raise Drop(
            DropReason.BAD_RECORD,
            f"input_output: {len(field.inputs)} inputs but {len(field.outputs)} outputs",
        )
    if not field.fn_name:
        inputs, outputs = map(_text, field.inputs), map(_text, field.outputs)
        return InputOutput(inputs=tuple(inputs), outputs=tuple(outputs))
    return InputOutput(
        inputs=tuple(_arguments(value) for value in field.inputs),
        outputs=tuple(_results(field)),
        fn_name=field.fn_name,
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    raise Drop(DropReason.BAD_RECORD, "input_output: a test of a program is not text")


def _arguments(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(json.dumps(argument) for argument in value)
    raise Drop(DropReason.BAD_RECORD, "input_output: arguments are not a list")


def _results(field: _Field) -> list[str]:
    if all(isinstance(value, str) for value in field.inputs):
        return [value if isinstance(value, str) else json.dumps(value) for value in field.outputs]
    wrapped = all(isinstance(value, list) and len(value) == 1 for value in field.outputs)
    return [json.dumps(value[0] if wrapped else value) for value in field.outputs]
