"""What a run paid: right across processes, and unknown where nobody told."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from pytest import approx

from synthsmith.errors import BudgetError
from synthsmith.recipe import BudgetSettings, Price
from synthsmith.records import Completion, CompletionRequest, Message, PromptKind, Usage
from synthsmith.store import Ledger, Spent, by_kind, by_teacher, spendings, together

PRICE = Price(input=2.0, cached_input=0.5, output=10.0)
TOLD = Usage(prompt_tokens=1000, completion_tokens=400, reasoning_tokens=300, cached_tokens=200)
COST = (800 * 2.0 + 200 * 0.5 + 400 * 10.0) / 1e6


def pay(
    ledger: Ledger,
    spent: Spent,
    key: str,
    usage: Usage,
    *,
    kind: PromptKind = "solve",
    teacher: str = "a/b c",
    price: Price = PRICE,
) -> None:
    message = Message(role="user", content="x" * 40)
    request = CompletionRequest(kind=kind, model="m", messages=(message,))
    reply = Completion(text="y" * 20, reasoning="z" * 60, finish="stop", usage=usage, model="m")
    ledger.put("completion", key, b"body", cost=spent.add(teacher, price, request, reply))


def test_totals_by_kind_and_teacher_over_three_processes(tmp_path: Path) -> None:
    for number in range(3):
        with closing(Ledger(tmp_path)) as ledger:
            spent = Spent(ledger)
            assert spent.tokens == number * 2810
            assert spent.money == (approx(2 * number * COST) if number else None)
            pay(ledger, spent, f"1 {number}", TOLD)
            pay(ledger, spent, f"2 {number}", TOLD, kind="formulate")
            few = Usage(prompt_tokens=7, completion_tokens=3)
            pay(ledger, spent, f"3 {number}", few, teacher="free", price=Price())
            assert spent.written == 803
            if number == 1:
                (tmp_path / "ledger.sqlite").rename(tmp_path / "lost.sqlite")
        if number == 1:
            for left in tmp_path.glob("ledger.sqlite*"):
                left.unlink()  # the packs know it all
    with closing(Ledger(tmp_path)) as ledger:
        parts = spendings(ledger)
    assert [(one.kind, one.teacher, one.calls) for one in parts] == [
        ("formulate", "a/b c", 3),
        ("solve", "a/b c", 3),
        ("solve", "free", 3),
    ]
    assert parts[0].cached_tokens == 600
    assert parts[0].money == approx(3 * COST)
    assert (parts[2].money, parts[2].reasoning_tokens, parts[2].cached_tokens) == (None,) * 3
    assert [(one.kind, one.prompt_tokens) for one in by_kind(parts)] == [
        ("formulate", 3000),
        ("solve", 3021),
    ]
    assert [(one.teacher, one.calls) for one in by_teacher(parts)] == [("a/b c", 6), ("free", 3)]
    total = together(parts)
    assert (total.calls, total.prompt_tokens, total.completion_tokens) == (9, 6021, 2409)
    assert (total.reasoning_tokens, total.untold) == (1800, 0)
    assert total.money == approx(6 * COST)


def test_what_an_endpoint_does_not_tell_is_unknown_yet_no_budget_forgets_it(
    tmp_path: Path,
) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        spent = Spent(ledger)
        pay(ledger, spent, "1", Usage())
        pay(ledger, spent, "2", Usage(prompt_tokens=11))
        (one,) = spendings(ledger)
    assert (one.prompt_tokens, one.completion_tokens, one.reasoning_tokens) == (11, None, None)
    assert (one.untold, one.assumed_tokens) == (2, 10 + 20 + 20)
    assert one.money == approx((21 * 2.0 + 40 * 10.0) / 1e6)
    with closing(Ledger(tmp_path)) as ledger:
        again = Spent(ledger)
    assert again.tokens == spent.tokens == 61
    with pytest.raises(BudgetError, match=r"max_tokens_total of 61 is spent"):
        again.require_within(BudgetSettings(max_tokens_total=61))
    again.require_within(BudgetSettings(max_tokens_total=62, max_cost=1.0))
    with pytest.raises(BudgetError, match="max_cost"):
        again.require_within(BudgetSettings(max_cost=one.money))


def test_a_run_that_paid_nothing(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        assert spendings(ledger) == ()
        assert together(()).prompt_tokens is None
        Spent(ledger).require_within(BudgetSettings(max_cost=0.01, max_tokens_total=1))
