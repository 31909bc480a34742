"""The vote: what it keeps, what it gives up, and what it never does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.errors import Drop, DropReason
from synthsmith.recipe import VerifySettings
from synthsmith.records import TestInput, Vote
from synthsmith.stages.label import label

Answers = dict[str, list[str | None]]
SETTINGS = VerifySettings(min_tests=4)


def inputs(count: int, origin: str = "generator") -> list[TestInput]:
    return [TestInput(id=f"t{i}", input=f"{i}\n", origin=origin) for i in range(count)]  # type: ignore[arg-type]


def vote(answers: Answers, settings: VerifySettings = SETTINGS) -> tuple[Vote, list[DropReason]]:
    dropped: list[DropReason] = []
    count = len(next(iter(answers.values())))
    result = label(
        inputs(count),
        answers,
        settings,
        random.Random(0),
        lambda test, reason, detail: dropped.append(reason),
    )
    return result, dropped


def test_unanimous_answers_are_labels_of_full_confidence() -> None:
    result, dropped = vote({c: [str(i) for i in range(8)] for c in "abc"})
    assert [test.output for test in result.tests] == [f"{i}\n" for i in range(8)]
    assert {test.confidence for test in result.tests} == {1.0}
    assert dropped == []
    assert {test.split for test in result.tests} == {"select", "holdout"}


def test_a_reliable_minority_beats_an_unreliable_majority() -> None:
    """Three that agree everywhere outweigh four that agree on one input only."""
    good: list[str | None] = [str(i) for i in range(12)]
    answers: Answers = {"a": [*good, "right"], "b": [*good, "right"], "c": [*good, "right"]}
    for name in "defg":
        answers[name] = [f"{name}{i}" for i in range(12)] + ["wrong"]
    result, _ = vote(answers, VerifySettings(min_tests=4, min_confidence=0.4))
    (last,) = [test for test in result.tests if test.input == "12\n"]
    assert last.output == "right\n"
    assert last.confidence == pytest.approx(3 / 7, abs=1e-6), "but it is not said to be sure"


def test_camps_are_not_consensus_however_often_they_repeat_themselves() -> None:
    answers: Answers = {}
    for camp, size in (("w", 3), ("x", 2), ("y", 2), ("z", 1)):
        for i in range(size):
            answers[f"{camp}{i}"] = [f"{camp}{t}" for t in range(20)]
    with pytest.raises(Drop) as caught:
        vote(answers)
    assert caught.value.reason is DropReason.NO_CONSENSUS


@given(st.integers(0, 11), st.integers(0, 5), st.sampled_from(["other", None]))
def test_a_held_out_answer_changes_nothing_in_the_selection_half(
    place: int, who: int, said: str | None
) -> None:
    answers: Answers = {f"c{i}": [str(t) for t in range(12)] for i in range(6)}
    answers["c4"][2] = answers["c5"][2] = answers["c5"][7] = "bad"
    before, _ = vote(answers)
    changed = [test for test in before.tests if test.input == f"{place}\n"]
    if not changed or changed[0].split == "select":
        return
    answers[f"c{who}"][place] = said
    after, _ = vote(answers)
    for one, two in zip(before.tests, after.tests, strict=True):
        assert one.split == two.split
        if one.split == "select":
            assert one == two


def test_an_input_on_which_fewer_than_half_end_cleanly_is_dropped() -> None:
    answers: Answers = {c: [str(i) for i in range(8)] for c in "abcde"}
    for name in "abc":
        answers[name][3] = None
    result, dropped = vote(answers)
    assert dropped == [DropReason.FEW_CLEAN_EXITS]
    assert "3\n" not in {test.input for test in result.tests}


def test_exactly_half_is_enough() -> None:
    answers: Answers = {c: [str(i) for i in range(8)] for c in "abcd"}
    answers["a"][3] = answers["b"][3] = None
    result, dropped = vote(answers)
    assert dropped == []
    assert len(result.tests) == 8


def test_a_tie_is_no_label() -> None:
    answers: Answers = {c: [str(i) for i in range(20)] for c in "abcd"}
    answers["a"][3] = answers["b"][3] = "other"
    result, dropped = vote(answers)
    assert dropped == [DropReason.NO_CONSENSUS]
    assert len(result.tests) == 19


def test_differing_on_many_inputs_gives_the_whole_task_up() -> None:
    """Labelling only what two camps agree on would let the wrong camp pass every test."""
    answers: Answers = {c: [str(i) for i in range(20)] for c in "abcd"}
    for name in "ab":
        for i in range(0, 20, 4):
            answers[name][i] = "other"
    with pytest.raises(Drop) as caught:
        vote(answers)
    assert caught.value.reason is DropReason.NO_CONSENSUS
    assert caught.value.stage == "label"


def test_too_few_tests_is_a_reason_of_its_own() -> None:
    with pytest.raises(Drop) as caught:
        vote({c: ["1", "2", "3"] for c in "abc"})
    assert caught.value.reason is DropReason.TOO_FEW_TESTS


def test_nobody_ending_cleanly_is_too_few_tests_not_a_crash() -> None:
    with pytest.raises(Drop) as caught:
        vote({c: [None] * 9 for c in "abc"})
    assert caught.value.reason is DropReason.TOO_FEW_TESTS


def test_harder_tests_that_rank_like_the_others_weigh_more() -> None:
    answers: Answers = {c: [str(i) for i in range(10)] for c in "abcdef"}
    for i in (7, 8, 9):
        answers["e"][i] = answers["f"][i] = f"bad{i}"
    answers["a"][0] = "slip"
    result, _ = vote(answers)
    weight = {test.input: test.weight for test in result.tests}
    assert weight["8\n"] > weight["5\n"], "a test that separates weighs more than one all pass"
    assert weight["8\n"] > weight["0\n"], "one that fails a good candidate weighs less"


def test_samples_are_never_held_out() -> None:
    tests = inputs(6, "sample") + inputs(6)
    answers = {c: [str(i) for i in range(12)] for c in "abc"}
    result = label(tests, answers, SETTINGS, random.Random(3), lambda *_: None)
    assert all(t.split == "select" for t in result.tests if t.origin == "sample")
    assert sum(t.split == "holdout" for t in result.tests) == 3


answer_tables = st.integers(2, 8).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([None, "0", "1", "2"]), min_size=12, max_size=12),
        min_size=n,
        max_size=n,
    )
)


@given(answer_tables, st.randoms(use_true_random=False))
def test_labels_are_answers_someone_gave_and_order_does_not_matter(
    table: list[list[str | None]], rng: random.Random
) -> None:
    answers: Answers = {f"c{i}": row for i, row in enumerate(table)}
    shuffled = list(answers.items())
    rng.shuffle(shuffled)
    try:
        result, _ = vote(answers)
    except Drop as drop:
        with pytest.raises(Drop) as caught:
            vote(dict(shuffled))
        assert caught.value.reason is drop.reason
        return
    again, _ = vote(dict(shuffled))
    assert result.tests == again.tests
    for i, test in enumerate(result.tests):
        given_answers = [row[int(test.input)] for row in table]
        assert test.output.strip() in given_answers
        assert 0.5 <= test.confidence <= 1
        assert test.weight >= 0
        clean = [a for a in given_answers if a is not None]
        assert 2 * len(clean) >= len(table)
        for name, row in answers.items():
            assert result.passed[name][i] == (row[int(test.input)] == test.output.strip())
