"""Files of answers: what is read, and one clear line for what does not fit."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from lcb_data import SUM, program_row, write_lines

from synthsmith.errors import InputError
from synthsmith.evaluate.problem_set import ProblemSet
from synthsmith.evaluate.responses import read_responses
from synthsmith.evaluate.windows import parse_window

BLOCK = f"Thus:\n```python\n{SUM}```"


@pytest.fixture
def problems(tmp_path: Path) -> ProblemSet:
    rows = [program_row("a"), program_row("b"), program_row("old", "2024-01-01T00:00:00")]
    path = write_lines(tmp_path / "p.jsonl", rows)
    return ProblemSet(path, parse_window("v5"), lambda *_: nullcontext(lambda: None))


def entry(name: str, count: int = 2, **values: Any) -> dict[str, Any]:
    return {"question_id": name, "code_list": [SUM] * count} | values


def test_programs_and_whole_answers(tmp_path: Path, problems: ProblemSet) -> None:
    whole = {"id": "b", "output_list": [BLOCK, "none"], "graded_list": [True, False]}
    (tmp_path / "r.json").write_text(json.dumps([entry("a"), whole, entry("old", 7)]), "utf-8")
    found = read_responses(tmp_path / "r.json", problems, 2)
    assert found.by_problem.keys() == {"a", "b"}
    assert [one.code for one in found.by_problem["b"]] == [SUM.removesuffix("\n"), ""]
    assert [one.graded for one in found.by_problem["b"]] == [True, False]
    lines = read_responses(write_lines(tmp_path / "r.jsonl", [entry("a"), whole]), problems, 2)
    assert lines.by_problem == found.by_problem


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([entry("a"), entry("b"), entry("zzz")], "answers for 'zzz', which"),
        ([entry("a"), entry("b"), entry("a")], "entry 3: 'a' has answers already"),
        ([entry("a"), entry("old")], "has no answer for 'b'"),
        ([entry("a"), entry("b", 3)], "'b' has 3 samples, --n asks for 2"),
        ([entry("a", 1), entry("b")], "'a' has 1 samples, --n asks for 2"),
        ([entry("a"), {"question_id": "b"}], "neither code_list nor output_list"),
        ([{"code_list": []}], "entry 1: question_id is missing"),
        ([entry("a", graded_list=[True]), entry("b")], "lists of 'a' are not of one length"),
        ([entry("a", code_list="x")], "is no file of answers"),
    ],
)
def test_one_clear_line(
    tmp_path: Path, problems: ProblemSet, entries: list[Any], told: str
) -> None:
    (tmp_path / "r.json").write_text(json.dumps(entries), "utf-8")
    with pytest.raises(InputError, match=r"r\.json") as error:
        read_responses(tmp_path / "r.json", problems, 2)
    assert told in str(error.value) and "\n" not in str(error.value)
