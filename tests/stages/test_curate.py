"""Near-duplicates leave, everything else stays in order."""

from __future__ import annotations

from synthsmith.errors import DropReason
from synthsmith.records import Dropped, Task
from synthsmith.stages.curate import curate

WORDS = ["count", "the", "pairs", "of", "numbers", "whose", "sum", "is", "divisible", "by", "three"]


def task(name: str, statement: str) -> Task:
    return Task(id=name, style="atcoder", title=name, statement=statement, samples=())


def long(seed: int) -> str:
    return " ".join(WORDS[(i * seed + i // 7) % len(WORDS)] + str(i % 11) for i in range(200))


def test_a_repeat_is_dropped_and_names_what_it_repeats() -> None:
    tasks = [
        task("one", long(3)),
        task("two", long(5)),
        task("three", long(3) + " End."),
    ]
    kept, other, repeat = curate(tasks)
    assert (kept, other) == (tasks[0], tasks[1])
    assert isinstance(repeat, Dropped)
    assert repeat.reason is DropReason.NEAR_DUPLICATE
    assert repeat.id == "three"
    assert "one" in repeat.detail


def test_case_and_punctuation_make_no_difference_but_numbers_do() -> None:
    text = long(3)
    assert isinstance(list(curate([task("a", text), task("b", text.upper() + "!")]))[1], Dropped)
    changed = text.replace("1", "2").replace("5", "7").replace("9", "3")
    assert not isinstance(list(curate([task("a", text), task("b", changed)]))[1], Dropped)


def test_empty_statements_do_not_break_it() -> None:
    assert len(list(curate([task("a", ""), task("b", "")]))) == 2
