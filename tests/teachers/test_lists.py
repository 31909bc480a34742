"""The lists teacher: every composition reads back, solves right, and takes the road."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import FLAWLESS, ask, request, run_python, solve

from synthsmith.prompts import (
    FormulateReply,
    InputsReply,
    SelectReply,
    last_code_block,
    parse_json_reply,
)
from synthsmith.recipe import SkillSettings
from synthsmith.teachers.lists import ListsTeacher
from synthsmith.teachers.lists.programs import GENERATOR, VALIDATOR, mistaken, program
from synthsmith.teachers.lists.world import (
    N_MAX,
    VALUES,
    Composition,
    agreement,
    questions,
    random_values,
    read,
    steps,
    worthwhile,
    write,
)

TEACHER = ListsTeacher("lists", FLAWLESS)
operations = st.sampled_from(steps())


@st.composite
def compositions(draw: st.DrawFn) -> Composition:
    chosen = draw(st.lists(operations, min_size=1, max_size=2, unique=True))
    fixed = tuple((step, draw(st.sampled_from(step.constants))) for step in chosen)
    return Composition(fixed, draw(st.sampled_from(questions())))


@given(compositions(), st.integers(0, 2**32))
def test_a_statement_reads_back(composition: Composition, seed: int) -> None:
    assert read(write(composition, random.Random(seed))) == composition


@settings(deadline=None, max_examples=200)
@given(compositions(), st.integers(0, 2**32))
def test_every_program_computes_the_answer(composition: Composition, seed: int) -> None:
    rng = random.Random(seed)
    text = program(composition, rng)
    for _ in range(5):
        values = random_values(rng)
        said = run_python(text, f"{len(values)}\n{' '.join(map(str, values))}\n")
        assert said.strip() == str(composition.answer(values)), text


@given(compositions(), st.integers(0, 2**32))
def test_a_mistake_shows(composition: Composition, seed: int) -> None:
    wrong = mistaken(composition, random.Random(seed))
    assert wrong != composition
    if wrong.question is composition.question:
        assert agreement(composition, wrong) < 0.9


@pytest.mark.parametrize("operation", [*steps(), *questions()], ids=lambda one: one.name)
def test_implementations_agree(operation: object) -> None:
    kind = operation in questions()
    rng = random.Random(3)
    for constant in operation.constants:  # type: ignore[attr-defined]
        pairs = []
        for code in operation.code:  # type: ignore[attr-defined]
            one = type(operation)(  # the same with this implementation first
                name="x", path=("a", "b", "c"), plan="", say=("",), code=(code,), constants=(0,)
            )
            question = one if kind else questions()[9]
            pairs.append(Composition(() if kind else ((one, constant),), question))
        for _ in range(30):
            values = random_values(rng)
            assert len({made.answer(values) for made in pairs}) == 1


def test_the_tester_programs_agree_on_what_is_valid() -> None:
    for size in (1, 50, 100):
        made = run_python(GENERATOR, f"7 {size}\n")
        assert run_python(VALIDATOR, made) == "valid\n"
    for wrong in ("", "1\n99\n", "2\n1\n", "1\n1 \n", "0\n\n", f"{N_MAX + 1}\n{'1 ' * N_MAX}1\n"):
        assert run_python(VALIDATOR, wrong).startswith("invalid")


def test_select_and_formulate_keep_the_composition() -> None:
    paths = [one.path for one in (*steps()[::3], *questions()[::2])]
    asked = request("select", features="\n".join(" > ".join(p) for p in paths), style="atcoder",
                    strategy="", most=3, time_limit_s="1")  # fmt: skip
    chosen = parse_json_reply(ask(TEACHER, asked).text, SelectReply).features
    assert chosen[0].role == "core"
    lines = "\n".join(f"{one.role}: {' > '.join(one.path)}" for one in chosen)
    task = request("formulate", features=lines, strategy="", style="atcoder", time_limit_s="1",
                   memory_limit_mb=64)  # fmt: skip
    reply = parse_json_reply(ask(TEACHER, task).text, FormulateReply)
    composition = read(reply.statement)
    assert composition is not None and worthwhile(composition)
    assert [list(path) for path in composition.paths] == [list(one.path) for one in chosen]
    for sample in reply.samples:
        values = list(map(int, sample.input.split()))[1:]
        assert sample.output.strip() == str(composition.answer(values))


def test_foreign_features_make_no_task() -> None:
    asked = request("select", features="algorithm > graph > shortest path", style="atcoder",
                    strategy="", most=3, time_limit_s="1")  # fmt: skip
    assert not parse_json_reply(ask(TEACHER, asked).text, SelectReply).features


def test_answers_follow_the_skill() -> None:
    composition = Composition(((steps()[0], 3), (steps()[14], 0)), questions()[0])
    statement = "# Sum\n\n" + write(composition, random.Random(1))
    half = ListsTeacher("half", SkillSettings(right_easy=0.5, right_hard=0.5, truncated=0))
    right = 0
    for seed in range(60):
        reply = ask(half, solve(statement, "stdin", "python", seed))
        code = last_code_block(reply.text, "python") if "```" in reply.text else ""
        right += bool(code) and run_python(code, "3\n1 2 3\n").strip() == str(
            composition.answer([1, 2, 3])
        )
    assert 15 <= right <= 52
    assert "```" not in ask(TEACHER, solve(statement, "stdin", "cpp")).text


def test_inputs_stay_within_the_constraints() -> None:
    asked = request("inputs", statement="x", io="stdin", count=10)
    for one in parse_json_reply(ask(TEACHER, asked).text, InputsReply).inputs:
        n, *values = map(int, one.input.split())
        assert n == len(values) <= N_MAX
        assert all(VALUES[0] <= value <= VALUES[1] for value in values)
