"""avg@k and pass@k against what can be counted, and that their doubts behave."""

from __future__ import annotations

from itertools import combinations
from statistics import mean

import pytest

from synthsmith.errors import InputError
from synthsmith.evaluate.metrics import (
    avg_at_k,
    gap_between,
    mean_pass_at_k,
    paired_difference,
    pass_at_k,
)

TABLE = [[True, True, False, False], [False] * 4, [True] * 4, [True, False, False, False]]


@pytest.mark.parametrize(("n", "c", "k"), [(5, 2, 1), (5, 2, 3), (6, 0, 2), (6, 6, 6), (8, 1, 8)])
def test_pass_at_k_is_the_share_of_choices_that_hold_a_right_one(n: int, c: int, k: int) -> None:
    choices = list(combinations(range(n), k))
    assert pass_at_k(n, c, k) == pytest.approx(mean(min(one) < c for one in choices))


@pytest.mark.parametrize(("n", "c", "k"), [(4, 5, 1), (4, 1, 5), (4, 1, 0), (4, -1, 1)])
def test_undefined_pass_at_k_is_refused(n: int, c: int, k: int) -> None:
    with pytest.raises(ValueError, match="not defined"):
        pass_at_k(n, c, k)


def test_avg_at_k_of_a_table() -> None:
    found = avg_at_k(TABLE)
    assert found.mean == pytest.approx(7 / 16)
    assert (found.problems, found.samples) == (4, 4)
    # Two problems have a spread: 1/4 and 3/16, each over k-1 = 3, then over 4 problems.
    assert found.se_samples == pytest.approx(((1 / 4 + 3 / 16) / 3) ** 0.5 / 4)
    assert 0 <= found.low < found.mean < found.high <= 1
    assert avg_at_k(TABLE) == found
    assert mean_pass_at_k(TABLE, 1) == pytest.approx(found.mean)
    assert mean_pass_at_k(TABLE, 4) == pytest.approx(3 / 4)


def test_one_sample_cannot_tell_its_own_error() -> None:
    found = avg_at_k([[True], [False]])
    assert found.se_samples is None and found.run_sd is None


def test_certain_answers_have_no_error_over_samples_but_one_over_problems() -> None:
    found = avg_at_k([[True] * 8, [False] * 8] * 50)
    assert found.se_samples == 0 and found.run_sd == 0
    assert found.high - found.low == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize("table", [[], [[]], [[True], [True, False]]])
def test_uneven_or_empty_tables_are_refused(table: list[list[bool]]) -> None:
    with pytest.raises(InputError):
        avg_at_k(table)


def test_pairing_removes_what_problems_share() -> None:
    hard = [[i % 2 == 0] * 4 for i in range(60)]
    better = [[True, True, False, False] if not row[0] else row for row in hard]
    paired = paired_difference(better, hard)
    apart = gap_between([mean(r) for r in better], [mean(r) for r in hard])
    assert paired.mean == pytest.approx(apart.mean) == pytest.approx(0.25)
    assert paired.se < apart.se
    assert paired.low <= paired.mean <= paired.high
    with pytest.raises(InputError):
        paired_difference(hard, hard[1:])
