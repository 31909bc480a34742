"""Our own problems: rows of a published RL set, and lines of the problem files people bring."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from synthsmith.errors import Drop, InputError
from synthsmith.evaluate.grade import Grading, Test
from synthsmith.evaluate.problem import EvalProblem
from synthsmith.formats import Problem, read_input_output
from synthsmith.formats.problem import parse_problem
from synthsmith.records import Checker, CheckerProgram, Io, Limits, Message

_NOBODY = {"id": "nobody", "language": "python", "code": ""}
"""In the place of a line's candidates, which play no part here."""
_Form = TypeVar("_Form")
_HARDER = ((1 / 3, "easy"), (2 / 3, "medium"))


class _Truth(msgspec.Struct, frozen=True):
    ground_truth: str


class _Extra(msgspec.Struct, frozen=True):
    task_id: str
    style: str
    io: Io
    difficulty: float
    time_limit_s: float
    memory_limit_mb: int
    checker: str


class _RlRow(msgspec.Struct, frozen=True):
    prompt: tuple[Message, ...]
    reward_model: _Truth
    extra_info: _Extra


def read_rl_row(value: dict[str, Any]) -> EvalProblem:
    """The problem in a row of an RL set. Raises InputError with the field that is wrong."""
    row = _rl_row(value)
    extra = row.extra_info
    grading, _ = _truth(row.reward_model, extra)
    return EvalProblem(
        id=extra.task_id,
        title="",
        statement=row.prompt[-1].content,
        platform=extra.style,
        difficulty=next((name for most, name in _HARDER if extra.difficulty < most), "hard"),
        prompt=row.prompt,
        grading=grading,
    )


def read_rl_tests(value: dict[str, Any]) -> list[Test]:
    """The tests of an RL row."""
    row = _rl_row(value)
    return _truth(row.reward_model, row.extra_info)[1]


def read_ground_truth(text: str, extra_info: dict[str, Any]) -> tuple[Grading, list[Test]]:
    """How programs for an RL row are judged, and its tests, from the row's
    ``reward_model.ground_truth`` and ``extra_info``.

    Raises InputError with the field that is wrong.
    """
    truth = _converted({"ground_truth": text}, _Truth)
    return _truth(truth, _converted(extra_info, _Extra))


def _truth(truth: _Truth, extra: _Extra) -> tuple[Grading, list[Test]]:
    try:
        found = read_input_output(truth.ground_truth)
        checker = _checker(extra.checker)
    except Drop as drop:
        raise InputError(" ".join(drop.detail.split())[:200]) from None
    except msgspec.MsgspecError as error:
        raise InputError(f"checker: {error}"[:200]) from None
    grading = Grading(
        io=extra.io,
        fn_name=found.fn_name,
        checker="json" if extra.io == "function" and checker == "tokens" else checker,
        limits=Limits(time_limit_s=extra.time_limit_s, memory_limit_mb=extra.memory_limit_mb),
        prelude=False,
    )
    pairs = zip(found.inputs, found.outputs, strict=True)
    return grading, [Test(input=test_input, output=output) for test_input, output in pairs]


def _rl_row(value: dict[str, Any]) -> _RlRow:
    row = _converted(value, _RlRow)
    if not row.prompt:
        raise InputError("prompt: is empty")
    return row


def _converted(value: dict[str, Any], kind: type[_Form]) -> _Form:
    try:
        return msgspec.convert(value, kind)
    except msgspec.MsgspecError as error:
        raise InputError(" ".join(str(error).split())[:200]) from None


def _checker(text: str) -> Checker:
    return msgspec.json.decode(text, type=CheckerProgram) if text.startswith("{") else text


def read_problem_line(value: dict[str, Any]) -> EvalProblem:
    """The problem in a line as ``synthsmith judge`` reads it; candidates play no part.

    Raises InputError with the field that is wrong, a test without an output among them.
    """
    problem = _problem(value)
    if not problem.statement.strip():
        raise InputError("statement: is missing, so there is nothing to ask")
    function = problem.io == "function" and problem.checker == "tokens"
    return EvalProblem(
        id=problem.id,
        title="",
        statement=problem.statement,
        platform="",
        difficulty="",
        grading=Grading(
            io=problem.io,
            fn_name=problem.fn_name,
            checker="json" if function else problem.checker,
            limits=problem.limits,
            prelude=False,
        ),
    )


def read_problem_tests(value: dict[str, Any]) -> list[Test]:
    """The tests of such a line."""
    tests = []
    for test in _problem(value).tests:
        if test.output is None:
            raise InputError(f"tests: {test.id} has no output")
        tests.append(Test(input=test.input, output=test.output))
    return tests


def _problem(value: dict[str, Any]) -> Problem:
    try:
        return parse_problem({**value, "candidates": [_NOBODY]})
    except Drop as drop:
        raise InputError(drop.detail) from None
