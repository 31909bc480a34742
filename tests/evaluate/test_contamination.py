"""The drop between old and new problems, raw and at equal difficulty."""

from __future__ import annotations

import pytest

from synthsmith.errors import InputError
from synthsmith.evaluate.contamination import check_cutoff, find_drop
from synthsmith.evaluate.grade import Grading
from synthsmith.evaluate.problem import EvalProblem


def problem(date: str, difficulty: str = "easy") -> EvalProblem:
    return EvalProblem(
        id=f"{date} {difficulty}", title="", statement="", platform="", difficulty=difficulty,
        grading=Grading(), date=f"{date}T00:00:00" if date else "",
    )  # fmt: skip


def test_a_model_that_knows_old_problems_drops() -> None:
    old = [problem(f"2024-0{m}-03") for m in range(1, 7) for _ in range(10)]
    new = [problem("2024-07-03") for _ in range(60)]
    found = find_drop(old + new, [1.0, 0.8] * 30 + [0.5, 0.3] * 30)
    assert found and found.cutoff == "2024-07-01"
    assert found.drop.mean == pytest.approx(0.5) and found.drop.low > 0.45
    assert (found.earlier_problems, found.later_problems) == (60, 60)


def test_harder_months_are_no_drop_at_equal_difficulty() -> None:
    old = [problem("2024-01-03")] * 30 + [problem("2024-01-03", "hard")] * 10
    new = [problem("2024-02-03")] * 10 + [problem("2024-02-03", "hard")] * 30
    rates = [0.9] * 30 + [0.1] * 10 + [0.9] * 10 + [0.1] * 30
    found = find_drop(old + new, rates)
    assert found and found.drop.mean == pytest.approx(0.4)
    assert found.same_difficulty == pytest.approx(0.0)
    unseen = find_drop(old[:30] + new, rates[:30] + rates[40:])
    assert unseen and unseen.same_difficulty is None


def test_where_there_is_nothing_to_compare() -> None:
    assert find_drop([problem(""), problem("2024-01-03")], [1.0, 0.0]) is None
    with pytest.raises(InputError, match="--cutoff 2030-01-01"):
        find_drop([problem("2024-01-03")], [1.0], "2030-01-01")
    with pytest.raises(InputError, match="'2024-1' is no day"):
        check_cutoff([problem("2023-01-03"), problem("2024-01-03")], "2024-1")
