"""The golden solution: chosen on one half, confirmed on the other."""

from __future__ import annotations

import pytest

from synthsmith.errors import Drop, DropReason
from synthsmith.recipe import VerifySettings
from synthsmith.records import Candidate, LabeledTest, Task, Usage, VerifiedTask, Vote
from synthsmith.stages.golden import golden

TASK = Task(id="t", style="atcoder", title="T", statement="S", samples=())


def candidate(name: str, code: str) -> Candidate:
    return Candidate(
        id=name,
        task_id="t",
        teacher="x",
        reasoning="",
        answer="",
        code=code,
        language="python",
        usage=Usage(),
        finish="stop",
    )


def vote(passed: dict[str, str], weights: list[float] | None = None) -> Vote:
    """``passed`` has a + or - a test; the first half is for selection, the rest held out."""
    count = len(next(iter(passed.values())))
    tests = tuple(
        LabeledTest(
            input=f"{i}\n",
            output="1\n",
            confidence=1.0,
            weight=weights[i] if weights else 1.0,
            split="select" if i < count // 2 else "holdout",
            origin="generator",
        )
        for i in range(count)
    )
    return Vote(tests=tests, passed={n: tuple(c == "+" for c in row) for n, row in passed.items()})


def pick(
    passed: dict[str, str], codes: dict[str, str] | None = None, support: int = 1
) -> VerifiedTask:
    names = list(passed)
    candidates = [candidate(n, (codes or {}).get(n, f"code of {n}")) for n in names]
    return golden(TASK, candidates, vote(passed), VerifySettings(min_support=support))


def reason(passed: dict[str, str], **kwargs: int) -> DropReason:
    with pytest.raises(Drop) as caught:
        pick(passed, **kwargs)  # type: ignore[arg-type]
    assert caught.value.stage == "golden"
    return caught.value.reason


def test_the_one_that_passes_all_is_golden() -> None:
    result = pick({"a": "+-++", "b": "++++", "c": "--++"})
    assert result.golden.id == "b"
    assert result.holdout_pass_rate == 1
    assert result.pass_rates == {"a": 0.75, "b": 1.0, "c": 0.5}
    assert result.difficulty == pytest.approx(2 / 3)


def test_ties_go_to_the_shorter_code_then_the_lower_index() -> None:
    assert pick({"a": "++++", "b": "++++"}, {"a": "long code", "b": "short"}).golden.id == "b"
    assert pick({"a": "++++", "b": "++++"}, {"a": "same1", "b": "same2"}).golden.id == "a"


def test_the_choice_never_looks_at_the_held_out_half() -> None:
    """The shorter one wins on selection and fails held out: dropped, not replaced."""
    passed = {"a": "++++", "b": "+++-"}
    with pytest.raises(Drop) as caught:
        pick(passed, {"a": "a long program", "b": "short"})
    assert caught.value.reason is DropReason.HOLDOUT_FAILED


def test_no_candidate_right_on_the_selection_half() -> None:
    assert reason({"a": "+-++", "b": "-+++"}) is DropReason.GOLDEN_NOT_FOUND


def test_support_is_needed() -> None:
    assert reason({"a": "++++", "b": "-+++"}, support=2) is DropReason.GOLDEN_UNSUPPORTED


def test_solutions_are_distinct_and_begin_with_the_golden_one() -> None:
    codes = {"a": "x = 1\nprint(x)\n", "b": "x = 1\nprint( 2 )", "c": "x  =  1\nprint(x)"}
    result = pick({"a": "++++", "b": "++++", "c": "++++"}, codes)
    assert next(s.id for s in result.solutions) == result.golden.id
    assert {s.id for s in result.solutions} == {"a", "b"}


def test_a_half_without_tests_is_a_reason() -> None:
    only = vote({"a": "+"})
    with pytest.raises(Drop) as caught:
        golden(TASK, [candidate("a", "x")], only, VerifySettings(min_support=1))
    assert caught.value.reason is DropReason.TOO_FEW_TESTS
