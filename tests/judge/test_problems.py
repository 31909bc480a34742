"""Small problems with right solutions in both languages and bad ones of every sort.

A problem has ``tests``, each ``[input, output]`` or ``[input, output, piece, times]`` where ``@``
stands for the piece repeated, a right program in each language, and ``bad`` ones:
``[verdict, language, old, new]``, the right program with one passage replaced. With ``function``
the Python program is called, and the one in C++ reads and writes the same JSON as text. ``checker``
is "tokens" unless given; a table is a program.
"""

from __future__ import annotations

import asyncio
import tomllib
from pathlib import Path

import msgspec
import pytest

from synthsmith.judge import Judge
from synthsmith.records import CheckerProgram, Limits, Program

FILES = sorted(Path(__file__).with_name("problems").glob("*.toml"))
LIMITS = Limits(time_limit_s=1.0, memory_limit_mb=64, output_limit_mb=1)


def load(path: Path) -> list[dict]:
    return tomllib.loads(path.read_text())["problem"]


def variants(problem: dict) -> list[tuple[str, Program]]:
    """Every program of a problem with its verdict."""
    found = []
    for language in ("python", "cpp"):
        found.append(("accepted", language, problem[language]))
    for verdict, language, old, new in problem["bad"]:
        code = problem[language]
        assert code.count(old) == 1, f"{problem['name']}: {old!r} is there {code.count(old)} times"
        found.append((verdict, language, code.replace(old, new)))
    function = problem.get("function", "")
    return [
        (
            verdict,
            Program(
                language=language,
                code=code,
                io="function" if function and language == "python" else "stdin",
                fn_name=function,
            ),
        )
        for verdict, language, code in found
    ]


def cases_of(problem: dict) -> list[tuple[str, str]]:
    return [
        tuple(part.replace("@", piece[0] * piece[1]) if piece else part for part in parts)
        for *parts, piece in ([*test[:2], test[2:]] for test in problem["tests"])
    ]


async def verdict_of(judge: Judge, problem: dict, program: Program) -> str:
    """The first verdict that is not accepted."""
    checker = problem.get("checker", "tokens")
    if isinstance(checker, dict):
        checker = msgspec.convert(checker, CheckerProgram)
    tests = cases_of(problem)
    done = await judge.execute(program, [text for text, _ in tests], LIMITS, stop_after=1)
    for (text, expected), execution in zip(tests, done, strict=True):
        status = execution.verdict.status
        if status == "ran":
            status = await judge.check(checker, text, execution.output, expected, LIMITS)
        if status != "accepted":
            return f"{status}: {execution.verdict.detail[-200:]}"
    return "accepted"


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_every_verdict_is_as_labelled(judge, file):
    async def wrong(problem: dict, label: str, program: Program) -> str:
        verdict = await verdict_of(judge, problem, program)
        right = verdict.split(":")[0] == label
        return "" if right else f"{problem['name']}: {verdict}, not {label}:\n{program.code}"

    programs = [(problem, *variant) for problem in load(file) for variant in variants(problem)]
    complaints = await asyncio.gather(*(wrong(*one) for one in programs))
    if any(complaints):
        pytest.fail("\n".join(filter(None, complaints)))


def test_each_problem_has_enough_of_every_sort():
    problems = [problem for file in FILES for problem in load(file)]
    assert len(problems) == len({problem["name"] for problem in problems}) >= 50
    for problem in problems:
        assert len(problem["bad"]) >= 4, problem["name"]
    sorts = [bad[:2] for problem in problems for bad in problem["bad"]]
    for verdict in ("wrong_answer", "time_limit_exceeded", "memory_limit_exceeded"):
        for language in ("python", "cpp"):
            assert sorts.count([verdict, language]) >= 5
