"""Near-duplicates leave, everything else stays in order."""

from __future__ import annotations

from synthsmith.errors import DropReason
from synthsmith.records import Candidate, Dropped, Task, Usage, VerifiedTask
from synthsmith.stages.curate import curate

WORDS = ["count", "the", "pairs", "of", "numbers", "whose", "sum", "is", "divisible", "by", "three"]


def verified(name: str, statement: str) -> VerifiedTask:
    task = Task(id=name, style="atcoder", title=name, statement=statement, samples=())
    golden = Candidate(
        id="c",
        task_id=name,
        teacher="x",
        reasoning="",
        answer="",
        code="",
        language="python",
        usage=Usage(),
        finish="stop",
    )
    return VerifiedTask(
        task=task,
        tests=(),
        golden=golden,
        solutions=(),
        pass_rates={},
        holdout_pass_rate=1.0,
        difficulty=0.0,
    )


def long(seed: int) -> str:
    return " ".join(WORDS[(i * seed + i // 7) % len(WORDS)] + str(i % 11) for i in range(200))


def test_a_repeat_is_dropped_and_names_what_it_repeats() -> None:
    tasks = [
        verified("one", long(3)),
        verified("two", long(5)),
        verified("three", long(3) + " End."),
    ]
    kept, other, repeat = curate(tasks)
    assert (kept, other) == (tasks[0], tasks[1])
    assert isinstance(repeat, Dropped)
    assert repeat.reason is DropReason.NEAR_DUPLICATE
    assert repeat.id == "three"
    assert "one" in repeat.detail


def test_case_and_punctuation_make_no_difference_but_numbers_do() -> None:
    text = long(3)
    assert isinstance(
        list(curate([verified("a", text), verified("b", text.upper() + "!")]))[1], Dropped
    )
    changed = text.replace("1", "2").replace("5", "7").replace("9", "3")
    assert not isinstance(list(curate([verified("a", text), verified("b", changed)]))[1], Dropped)


def test_empty_statements_do_not_break_it() -> None:
    assert len(list(curate([verified("a", ""), verified("b", "")]))) == 2
