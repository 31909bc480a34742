"""Which outputs count as the same answer."""

from __future__ import annotations

from synthsmith.judge import Judge
from synthsmith.records import CheckerProgram, Execution, Limits, TestInput, Verdict
from synthsmith.stages.agree import agree

ONE = [TestInput(id="a", input="1\n", origin="edge")]


def ran(output: str) -> list[Execution]:
    return [Execution(verdict=Verdict(status="ran"), output=output)]


FAILED = [Execution(verdict=Verdict(status="runtime_error"), output="1\n")]


async def test_white_space_does_not_divide_tokens_but_does_divide_exact() -> None:
    runs = {"a": ran("1 2\n"), "b": ran("1\n2"), "c": ran("2 1"), "d": FAILED}
    async with Judge(workers=1) as judge:
        tokens = await agree("tokens", ONE, runs, Limits(), judge)
        exact = await agree("exact", ONE, runs, Limits(), judge)
        lines = await agree("lines-unordered", ONE, runs, Limits(), judge)
    assert tokens == {"a": ["1 2\n"], "b": ["1 2\n"], "c": ["2 1"], "d": [None]}
    assert len({exact[c][0] for c in "abc"}) == 3
    assert lines["a"] != lines["b"]


async def test_floats_within_tolerance_are_one_answer() -> None:
    runs = {"a": ran("0.3333333"), "b": ran("0.33333331"), "c": ran("0.34")}
    async with Judge(workers=1) as judge:
        answers = await agree("floats:1e-6", ONE, runs, Limits(), judge)
    assert answers["a"] == answers["b"] != answers["c"]


async def test_a_checker_program_decides_what_is_the_same() -> None:
    """Any order of the tokens is right; the checker says so, in the judge."""
    code = (
        "import sys\n"
        "given, answer, truth = (open(p).read().split() for p in sys.argv[1:4])\n"
        "sys.exit(0 if sorted(answer) == sorted(truth) else 1)\n"
    )
    checker = CheckerProgram(language="python", code=code, protocol="testlib")
    runs = {"a": ran("1 2"), "b": ran("2 1"), "c": ran("3")}
    async with Judge(workers=1) as judge:
        answers = await agree(checker, ONE, runs, Limits(), judge)
    assert answers["a"] == answers["b"] != answers["c"]
