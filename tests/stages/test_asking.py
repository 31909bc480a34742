"""The stages that ask a teacher, before one that answers well, badly, or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import MakeTools, Scripted

from synthsmith.errors import Drop, DropReason, EndpointError
from synthsmith.prompts import section
from synthsmith.recipe import FeatureSettings, InputSettings, SolveSettings, VerifySettings
from synthsmith.records import (
    CompletionRequest,
    Feature,
    FeatureTree,
    Sample,
    Seed,
    SelectedFeature,
    Selection,
    Task,
)
from synthsmith.stages.evolve import evolve
from synthsmith.stages.extract import extract
from synthsmith.stages.formulate import formulate
from synthsmith.stages.inputs import make_inputs
from synthsmith.stages.select import select
from synthsmith.stages.solve import solve

SEEDS = [
    Seed(id=f"s{i}", language="python", code=f"print({i})", origin=f"{i}.py") for i in range(4)
]
TREE = FeatureTree(
    features=tuple(
        Feature(path=("algorithm", area, f"{area} {i}"), count=i + 1, origin="extracted")
        for area in ("graph", "sorting", "string")
        for i in range(9)
    ),
    digest="d",
)
TASK = Task(
    id="task-0",
    style="atcoder",
    title="Sum",
    statement="Print the sum.",
    samples=(Sample(input="2\n1 2\n", output="3\n"), Sample(input="1\n5\n", output="5\n")),
)


def fenced(value: Any) -> str:
    return f"Thinking.\n```json\n{json.dumps(value)}\n```\n"


def nothing() -> None:
    """Progress that nobody watches."""


def reason(caught: pytest.ExceptionInfo[Drop]) -> tuple[DropReason, str]:
    return caught.value.reason, caught.value.stage


async def test_extract_counts_seeds_and_drops_what_cannot_be_read(make_tools: MakeTools) -> None:
    def script(request: CompletionRequest) -> str | tuple[str, Any]:
        code = section(request.messages[0].content, "code")
        return {
            "print(0)": fenced({"features": [["a", "b"], ["a", "b"], ["c", "d"]]}),
            "print(1)": fenced({"features": [["a", " b "]]}),
            "print(2)": "I would rather not.",
            "print(3)": (fenced({"features": []})[:5], "length"),
        }[code]

    seen: list[int] = []
    features, drops = await extract(SEEDS, make_tools(script), lambda: seen.append(1))
    assert [(f.path, f.count) for f in features] == [(("a", "b"), 2), (("c", "d"), 1)]
    assert [(d.id, d.reason) for d in drops] == [
        ("2.py", DropReason.MALFORMED_REPLY),
        ("3.py", DropReason.CUT_BY_LENGTH),
    ]
    assert len(seen) == 4


async def test_evolve_returns_only_what_is_new(make_tools: MakeTools) -> None:
    rounds = FeatureSettings(evolve_rounds=2, evolve_prompts=3)

    def script(request: CompletionRequest) -> str:
        shown = section(request.messages[0].content, "features").splitlines()
        known = [line.split(" > ") for line in shown[:2]]
        return fenced({"features": [*known, [*known[0], f"deeper {len(shown)}"]]})

    tools = make_tools(script, features=rounds)
    grown, drops = await evolve(TREE.features, tools, nothing)
    paths = [f.path for new in grown for f in new]
    assert paths
    assert not drops
    assert len(set(paths)) == len(paths)
    assert not {f.path for f in TREE.features} & set(paths)
    assert {f.origin for new in grown for f in new} == {"evolved"}


async def test_select_keeps_to_what_was_offered(make_tools: MakeTools) -> None:
    def script(request: CompletionRequest) -> str:
        first, second, *_ = section(request.messages[0].content, "features").splitlines()
        chosen = [
            {"path": first.split(" > "), "role": "core"},
            {"path": second.split(" > "), "role": "twist"},
            {"path": ["made", "up"], "role": "support"},
        ]
        return fenced({"features": chosen, "strategy": "together"})

    tools = make_tools(script)
    selection = await select(TREE, "atcoder", tools.desk("task-0"))
    assert [f.role for f in selection.features] == ["core", "twist"]
    assert {f.path for f in selection.features} <= {f.path for f in TREE.features}
    assert (selection.strategy, selection.tree_digest) == ("together", "d")


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ({"features": [], "strategy": "they do not fit"}, DropReason.INCOMPATIBLE_FEATURES),
        ({"features": [{"path": ["x", "y"], "role": "core"}]}, DropReason.MALFORMED_REPLY),
        ({"strategy": "no features"}, DropReason.MALFORMED_REPLY),
    ],
)
async def test_select_drops(make_tools: MakeTools, reply: Any, expected: DropReason) -> None:
    tools = make_tools(lambda request: fenced(reply))
    with pytest.raises(Drop) as caught:
        await select(TREE, "atcoder", tools.desk("task-0"))
    assert reason(caught) == (expected, "select")


SELECTION = Selection(
    features=(SelectedFeature(path=("a", "b"), role="core"),), strategy="s", tree_digest="d"
)
BODY = "You are given numbers and must print their sum, whatever they are, as one integer.\n\n"
STDIN = {
    "title": "Sum  of\nNumbers",
    "statement": BODY
    + "## Input\n\nn, then n numbers.\n\n## Output\n\nOne.\n\n## Constraints\n\n- n > 0",
    "samples": [{"input": "1\n1", "output": "1"}, {"input": "2\n1 2", "output": "3"}],
}
FUNCTION = {
    "title": "Sum",
    "statement": BODY + "## Parameters\n\n- a\n\n## Returns\n\nOne.\n\n## Constraints\n\n- none",
    "samples": [{"input": "[1]", "output": "1"}, {"input": "[1, 2]", "output": "3"}],
    "fn_name": "sumUp",
    "starter_code": "class Solution:\n    def sumUp(self, a: list[int]) -> int:",
}


async def test_formulate_both_ways_of_calling(make_tools: MakeTools) -> None:
    tools = make_tools(
        lambda r: fenced(FUNCTION if "<style>leetcode" in r.messages[0].content else STDIN)
    )
    task = await formulate(SELECTION, "codeforces", tools.desk("task-0"))
    assert (task.id, task.title, task.io, task.fn_name) == ("task-0", "Sum of Numbers", "stdin", "")
    assert "## Example 2" in task.text
    task = await formulate(SELECTION, "leetcode", tools.desk("task-1"))
    assert (task.io, task.fn_name) == ("function", "sumUp")
    assert "class Solution" in task.text


@pytest.mark.parametrize(
    ("style", "change", "said"),
    [
        ("atcoder", {"title": " "}, "title"),
        ("atcoder", {"statement": "short"}, "statement"),
        ("atcoder", {"statement": BODY + "## Input\n\n## Output\n\n"}, "## Constraints"),
        ("atcoder", {"samples": STDIN["samples"][:1]}, "two are needed"),
        ("atcoder", {"samples": [{"input": "1", "output": " "}] * 2}, "without an output"),
        ("leetcode", {"fn_name": "not a name"}, "not a function name"),
        ("leetcode", {"fn_name": "other"}, "does not define other"),
        ("leetcode", {"starter_code": "class ("}, "not Python"),
        ("leetcode", {"samples": [{"input": "1 2", "output": "3"}] * 2}, "not JSON"),
    ],
)
async def test_formulate_drops_what_is_incomplete(
    make_tools: MakeTools, style: Any, change: dict[str, Any], said: str
) -> None:
    base = FUNCTION if style == "leetcode" else STDIN
    tools = make_tools(lambda request: fenced(base | change))
    with pytest.raises(Drop, match=said) as caught:
        await formulate(SELECTION, style, tools.desk("task-0"))
    assert reason(caught) == (DropReason.INCOMPLETE_TASK, "formulate")


async def test_solve_asks_in_both_languages_and_keeps_what_holds_code(
    make_tools: MakeTools,
) -> None:
    def script(request: CompletionRequest) -> str | tuple[str, Any]:
        language = section(request.messages[0].content, "language")
        if request.index == 0:
            return "I cannot."
        if request.index == 1:
            return f"```{language}\nx", "length"
        return f"```{language}\ncode {request.index}\n```"

    tools = make_tools(script, solve=SolveSettings(candidates=8, cpp_share=0.25))
    desk = tools.desk("task-0")
    candidates = await solve(TASK, desk)
    assert [c.id for c in candidates] == [f"task-0.{i}" for i in range(2, 8)]
    (teacher,) = tools.teachers
    assert isinstance(teacher, Scripted)
    first = [r for r in teacher.asked if len(r.messages) == 1]
    asked = [section(r.messages[0].content, "language") for r in first]
    assert (len(asked), asked.count("cpp")) == (8, 2)
    assert len({r.seed for r in first}) == 8
    (again,) = [r for r in teacher.asked if len(r.messages) == 3]
    assert again.index == 0, "what was cut by length is paid for and not asked again"
    assert again.messages[1].content == "I cannot."
    assert "no complete fenced block" in again.messages[2].content
    assert {(d.id, d.reason) for d in desk.drops} == {
        ("task-0.0", DropReason.NO_CODE),
        ("task-0.1", DropReason.CUT_BY_LENGTH),
    }


async def test_solve_gives_up_below_half(make_tools: MakeTools) -> None:
    tools = make_tools(lambda r: "```python\nx\n```" if r.index < 3 else "no")
    with pytest.raises(Drop) as caught:
        await solve(TASK, tools.desk("task-0"))
    assert reason(caught) == (DropReason.TOO_FEW_CANDIDATES, "solve")


GENERATOR = """import random
seed, size = map(int, input().split())
random.seed(seed)
n = max(1, size // 10)
print(n)
print(*[random.randint(1, 99) for _ in range(n)])
"""
VALIDATOR = """import sys
data = sys.stdin.read().split()
n, a = int(data[0]), list(map(int, data[1:]))
print("valid" if 1 <= n == len(a) and all(1 <= x <= 99 for x in a) else "invalid: no")
"""
PROPOSED = {
    "inputs": [
        {"kind": "edge", "input": "1\n1"},
        {"kind": "typical", "input": "3\n1 2 3\n"},
        {"kind": "typical", "input": "2\n1 2 3\n"},
        {"kind": "typical", "input": "2\n1 2"},
    ]
}


def answering(generator: str, validator: str) -> Any:
    replies = {
        "inputs": fenced(PROPOSED),
        "generator": f"```python\n{generator}\n```",
        "validator": f"```python\n{validator}\n```",
    }
    return lambda request: replies[request.kind]


SMALL = {"verify": VerifySettings(min_tests=4), "inputs": InputSettings(generated=6, stress=1)}


async def test_inputs_are_distinct_valid_and_smallest_first(make_tools: MakeTools) -> None:
    desk = make_tools(answering(GENERATOR, VALIDATOR), **SMALL).desk("task-0")
    inputs = await make_inputs(TASK, desk)
    texts = [test.input for test in inputs]
    assert len(set(texts)) == len(texts)
    assert [len(t) for t in texts] == sorted(len(t) for t in texts)
    assert all(t.endswith("\n") for t in texts)
    assert "2\n1 2 3\n" not in texts, "the validator refuses it"
    assert DropReason.INVALID_INPUT in {d.reason for d in desk.drops}
    origins = {test.origin for test in inputs}
    assert origins == {"sample", "edge", "prompt", "generator", "stress", "mutation"}
    assert texts.count("2\n1 2\n") == 1, "a proposal that repeats a sample stays a sample"


async def test_a_validator_that_refuses_a_sample_is_not_used(make_tools: MakeTools) -> None:
    desk = make_tools(answering(GENERATOR, "print('invalid: I dislike it')"), **SMALL).desk(
        "task-0"
    )
    inputs = await make_inputs(TASK, desk)
    assert "2\n1 2 3\n" in [test.input for test in inputs]
    assert "mutation" not in {test.origin for test in inputs}


@pytest.mark.parametrize(
    "generator", ["while True: pass", "raise ValueError", "", "print(open('/etc/passwd').read())"]
)
async def test_a_hostile_generator_costs_its_inputs_only(
    make_tools: MakeTools, generator: str
) -> None:
    desk = make_tools(answering(generator or "pass", VALIDATOR), **SMALL).desk("task-0")
    inputs = await make_inputs(TASK, desk)
    assert "generator" not in {test.origin for test in inputs}
    assert DropReason.GENERATOR_FAILED in {d.reason for d in desk.drops}


async def test_too_few_inputs_is_a_drop(make_tools: MakeTools) -> None:
    tools = make_tools(lambda request: "no", verify=VerifySettings(min_tests=4))
    with pytest.raises(Drop) as caught:
        await make_inputs(TASK, tools.desk("task-0"))
    assert reason(caught) == (DropReason.TOO_FEW_INPUTS, "inputs")


async def test_a_teacher_that_is_gone_stops_everything_and_keeps_what_was_paid(
    make_tools: MakeTools,
) -> None:
    def script(request: CompletionRequest) -> str:
        if request.index == 5:
            raise EndpointError("the endpoint is gone")
        return "```python\nx\n```"

    tools = make_tools(script, solve=SolveSettings(candidates=8, cpp_share=0))
    with pytest.raises(EndpointError, match="gone"):
        await solve(TASK, tools.desk("task-0"))
    assert tools.stopping
    assert tools.ledger.totals()["completion"].bodies >= 5
