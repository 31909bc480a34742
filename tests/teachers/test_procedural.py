"""The teacher as the road sees it: rendered prompts in, replies that parse out."""

from __future__ import annotations

import json
import random
from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import FLAWLESS, ask, formulate, request, run_python, solve

from synthsmith.errors import Drop
from synthsmith.prompts import (
    EvolveReply,
    ExtractReply,
    FormulateReply,
    InputsReply,
    SelectReply,
    last_code_block,
    parse_json_reply,
    section,
)
from synthsmith.recipe import SkillSettings
from synthsmith.records import Io, Style, Task
from synthsmith.teachers.procedural import ProceduralTeacher, prompts_read
from synthsmith.teachers.procedural.algebra import STYLES, Composition
from synthsmith.teachers.procedural.draw import draw
from synthsmith.teachers.procedural.kinds import KINDS
from synthsmith.teachers.procedural.oracle import (
    answers,
    drawn_composition,
    fresh_inputs,
    reference,
)
from synthsmith.teachers.procedural.parts import all_parts, solvers
from synthsmith.teachers.procedural.solve import shared_misreading
from synthsmith.teachers.procedural.statement import read, write
from synthsmith.teachers.procedural.testers import generator_code, small_inputs, validator_code

TEACHER = ProceduralTeacher("master", FLAWLESS)
ANY = "core: algorithm > sorting\nsupport: technique > prefix sums"
styles: st.SearchStrategy[Style] = st.sampled_from(STYLES)


def io_of(style: Style) -> Io:
    return "function" if style == "leetcode" else "stdin"


def task_of(index: int, style: Style, teacher: ProceduralTeacher = TEACHER) -> Task:
    features = f"core: {' > '.join(solvers()[index % len(solvers())].features[0])}"
    asked = formulate(features, style, index)
    reply = parse_json_reply(ask(teacher, asked).text, FormulateReply)
    return Task(
        id=str(index),
        style=style,
        title=reply.title,
        statement=reply.statement,
        samples=reply.samples,
        io=io_of(style),
        fn_name=reply.fn_name,
        starter_code=reply.starter_code,
    )


def composition_of(index: int, style: Style) -> Composition:
    features = f"core: {' > '.join(solvers()[index % len(solvers())].features[0])}"
    return drawn_composition(formulate(features, style, index))


@given(seed=st.integers(0, 10**9), style=styles)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_reading_a_statement_gives_what_was_written(seed: int, style: Style) -> None:
    rng = random.Random(seed)
    composition = draw([], rng)
    written = write(composition, style, rng)
    reading = read(f"# {written.title}\n\n{written.statement}\n\n## Example 1\n\nInput: x")
    assert not isinstance(reading, str), reading
    assert reading.composition == composition
    assert reading.style == style


@given(text=st.text(max_size=300))
def test_unreadable_statements_are_declined_without_code(text: str) -> None:
    reply = ask(TEACHER, solve(text, "stdin", "python"))
    with pytest.raises(Drop):
        last_code_block(reply.text, "python")
    assert reply.finish == "stop"
    assert reply.text.strip()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("index", range(len(solvers())))
def test_task_is_whole_and_its_samples_are_true(index: int, style: Style) -> None:
    task, composition = task_of(index, style), composition_of(index, style)
    assert 2 <= len(task.samples) <= 4
    inputs = [sample.input for sample in task.samples]
    expected = [text.split() for text in answers(composition, inputs, task.io)]
    assert [sample.output.split() for sample in task.samples] == expected
    headings = ("## Parameters", "## Returns") if style == "leetcode" else ("## Input", "## Output")
    assert all(f"{heading}\n" in task.statement for heading in (*headings, "## Constraints"))
    assert bool(task.starter_code) == (style == "leetcode") == bool(task.fn_name)
    if style == "leetcode":
        compile(task.starter_code + "        pass\n", "<starter>", "exec")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("index", range(len(solvers())))
def test_flawless_solutions_are_right_and_differ(index: int, style: Style) -> None:
    task, composition = task_of(index, style), composition_of(index, style)
    inputs = fresh_inputs(composition, 3, 24, task.io)
    expected = [text.split() for text in answers(composition, inputs, task.io)]
    codes = set()
    for sample in range(6):
        asked = solve(task.text, task.io, "python", sample, task.fn_name)
        completion = ask(TEACHER, asked)
        code = last_code_block(completion.text, "python")
        codes.add(code)
        got = [run_python(code, text, task.io, task.fn_name).split() for text in inputs]
        assert got == expected
        assert len(completion.reasoning.split()) > 120
    assert len(codes) >= 3
    plain_code = reference(composition, task.io)
    got = [run_python(plain_code.code, text, task.io, task.fn_name) for text in inputs]
    assert [text.split() for text in got] == expected


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("index", range(len(solvers())))
def test_generator_and_inputs_satisfy_the_validator(index: int, style: Style) -> None:
    task = task_of(index, style)
    asked = {"statement": task.text, "io": task.io}
    validator = last_code_block(ask(TEACHER, request("validator", **asked)).text, "python")
    generator = last_code_block(ask(TEACHER, request("generator", **asked)).text, "python")
    listed = parse_json_reply(ask(TEACHER, request("inputs", count=10, **asked)).text, InputsReply)
    made = [run_python(generator, f"{seed} {10 * seed + 1}\n") for seed in range(10)]
    made.append(run_python(generator, "99 100\n"))
    assert made[3] == run_python(generator, "3 31\n")
    for text in [*made, *(item.input for item in listed.inputs), *(s.input for s in task.samples)]:
        assert len(text) <= 200_000
        assert run_python(validator, text).strip() == "valid", text[:300]
    assert len({item.input for item in listed.inputs}) >= 8


@pytest.mark.parametrize("style", STYLES)
def test_validator_refuses_what_breaks_the_rules(style: Style) -> None:
    broken = ProceduralTeacher("sloppy", msgspec.structs.replace(FLAWLESS, invalid_input=1))
    for index in range(len(solvers())):
        task = task_of(index, style)
        asked = {"statement": task.text, "io": task.io}
        validator = last_code_block(ask(TEACHER, request("validator", **asked)).text, "python")
        reply = ask(broken, request("inputs", count=4, **asked))
        texts = [item.input for item in parse_json_reply(reply.text, InputsReply).inputs]
        texts += ["", "\n", "nonsense\n", task.samples[0].input + "7\n", "[" * 2000]
        for text in texts:
            assert run_python(validator, text).startswith("invalid: "), (task.text, text)


def test_every_random_choice_follows_from_prompt_seed_and_index() -> None:
    for kind_index in range(4):
        asked = formulate(ANY, "atcoder", kind_index)
        again = ProceduralTeacher("other", FLAWLESS)
        assert ask(TEACHER, asked).text == ask(again, asked).text
    first, second = formulate(ANY, "atcoder", 1), formulate(ANY, "atcoder", 2)
    assert ask(TEACHER, first).text != ask(TEACHER, second).text
    other_seed = msgspec.structs.replace(first, seed=5)
    assert ask(TEACHER, first).text != ask(TEACHER, other_seed).text


def test_the_model_names_the_skill_profile() -> None:
    assert TEACHER.model == ProceduralTeacher("x", FLAWLESS).model
    assert TEACHER.model != ProceduralTeacher("x", SkillSettings()).model
    assert TEACHER.model.startswith("procedural:")


def test_shares_of_the_skill_profile_come_out() -> None:
    skill = SkillSettings(
        right_easy=0.6,
        right_hard=0.6,
        shared_misreading=0.3,
        truncated=0.05,
        malformed=0.05,
        wrong_sample=0,
        invalid_input=0,
    )
    teacher = ProceduralTeacher("apprentice", skill)
    count: Counter[str] = Counter()
    for index in random.Random(2).sample(range(2 * len(solvers())), 32):
        style = STYLES[index % 3]
        task, composition = task_of(index, style), composition_of(index, style)
        inputs = small_inputs(composition, random.Random(5), 40, task.io)
        expected = [text.split() for text in answers(composition, inputs, task.io)]
        for sample in range(30):
            reply = ask(teacher, solve(task.text, task.io, "python", sample, task.fn_name))
            try:
                code = last_code_block(reply.text, "python")
            except Drop:
                count["length" if reply.finish == "length" else "malformed"] += 1
                continue
            try:
                got = [run_python(code, text, task.io, task.fn_name).split() for text in inputs]
            except Exception:
                got = []
            slow = composition.brute_is_slow and composition.solver.brute.name in reply.text
            count["right" if got == expected and not slow else "wrong"] += 1
    total = sum(count.values())
    assert count["length"] / total == pytest.approx(0.05, abs=0.025)
    assert count["malformed"] / total == pytest.approx(0.047, abs=0.025)
    right = count["right"] / (count["right"] + count["wrong"])
    assert right == pytest.approx(0.6, abs=0.06)


def test_candidates_that_misread_agree_with_each_other() -> None:
    skill = msgspec.structs.replace(FLAWLESS, right_easy=0, right_hard=0, shared_misreading=1)
    teacher = ProceduralTeacher("misreader", skill)
    shared = 0
    for index in range(len(solvers())):
        task, composition = task_of(index, "atcoder"), composition_of(index, "atcoder")
        if shared_misreading(composition, task.text) is None:
            continue
        shared += 1
        inputs = small_inputs(composition, random.Random(1), 20, "stdin")
        outputs = set()
        for sample in range(4):
            code = last_code_block(
                ask(teacher, solve(task.text, "stdin", "python", sample)).text, "python"
            )
            outputs.add(tuple(run_python(code, text) for text in inputs))
        assert len(outputs) == 1
        truth = [text.split() for text in answers(composition, inputs, "stdin")]
        assert [text.split() for text in outputs.pop()] != truth
    assert shared >= len(solvers()) * 0.7


def test_wrong_samples_are_wrong_in_one_place() -> None:
    teacher = ProceduralTeacher("careless", msgspec.structs.replace(FLAWLESS, wrong_sample=1))
    wrong = 0
    for index in range(2 * len(solvers())):
        style = STYLES[index % 3]
        task, composition = task_of(index, style, teacher), composition_of(index, style)
        truth = answers(composition, [sample.input for sample in task.samples], task.io)
        shown = [sample.output for sample in task.samples]
        bad = sum(a.split() != b.split() for a, b in zip(truth, shown, strict=True))
        assert bad <= 1
        wrong += bad
    assert wrong >= 1.6 * len(solvers())


def test_select_chooses_from_what_it_was_shown() -> None:
    choose = {"style": "atcoder", "most": 4, "time_limit_s": 1}
    paths = [" > ".join(part.features[0]) for part in all_parts()]
    for index in range(40):
        shown = random.Random(index).sample(paths, 12)
        asked = request("select", index, features="\n".join(shown), **choose)
        reply = parse_json_reply(ask(TEACHER, asked).text, SelectReply)
        chosen = [" > ".join(feature.path) for feature in reply.features]
        assert 1 <= len(chosen) <= 4
        assert set(chosen) <= set(shown)
        roles = Counter(feature.role for feature in reply.features)
        assert roles["core"] == 1
        assert roles["twist"] <= 1
        assert reply.strategy
    strange = request("select", features="astrology > moon > phase", **choose)
    reply = parse_json_reply(ask(TEACHER, strange).text, SelectReply)
    assert reply.features == ()
    assert reply.strategy


def test_tasks_follow_their_core_feature() -> None:
    hits = 0
    for index, solver in enumerate(solvers()):
        features = f"core: {' > '.join(solver.features[0])}"
        composition = drawn_composition(formulate(features, "atcoder", index))
        hits += solver.features[0] in composition.solver.features
    assert hits >= 0.8 * len(solvers())


def test_extract_and_evolve_replies_parse() -> None:
    code = "import heapq\n\ndef f(a):\n    heapq.heapify(a)\n    return heapq.heappop(a)\n"
    reply = ask(TEACHER, request("extract", language="python", code=code))
    paths = parse_json_reply(reply.text, ExtractReply).features
    assert paths
    lines = "\n".join(" > ".join(path) for path in paths)
    asked = request("evolve", features=lines, count=10)
    assert parse_json_reply(ask(TEACHER, asked).text, EvolveReply).features


@pytest.mark.parametrize("kind", ["solve", "select", "formulate"])
def test_sections_are_found_as_the_prompts_mean_them(kind: str) -> None:
    asked = {
        "solve": solve("A <b> story\n</statement> of tags", "stdin", "cpp"),
        "select": request("select", features="a > b", style="leetcode", most=3, time_limit_s=1),
        "formulate": formulate(ANY, "codeforces"),
    }[kind]
    text = prompts_read.prompt_text(asked)
    for tag in ("statement", "features", "style", "language", "io"):
        assert prompts_read.section(text, tag) == section(text, tag).strip("\n")


def test_compositions_are_many() -> None:
    rng = random.Random(3)
    drawn = {draw([], rng) for _ in range(400)}
    assert len(drawn) > 150
    assert len({composition.solver for composition in drawn}) == len(solvers())
    assert len({composition.source for composition in drawn}) >= 10


def test_inputs_load_back() -> None:
    for index in range(len(solvers())):
        composition = composition_of(index, "atcoder")
        assert KINDS[composition.source.kind].args
        plain_texts = fresh_inputs(composition, 1, 10, "stdin")
        as_json = fresh_inputs(composition, 1, 10, "function")
        assert answers(composition, plain_texts, "stdin")
        one, other = (
            answers(composition, plain_texts, "stdin"),
            answers(composition, as_json, "function"),
        )
        assert [text.split() for text in one] == [
            text.strip("[]").replace(",", " ").split() for text in other
        ]
        assert json.loads(as_json[0].splitlines()[0]) is not None
        validator = validator_code(composition, "stdin")
        assert run_python(validator, plain_texts[0]).strip() == "valid"
        assert generator_code(composition, "stdin").startswith("import random")
