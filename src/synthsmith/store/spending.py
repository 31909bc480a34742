"""What a run paid its teachers, by kind of prompt and by teacher.

Each completion is put into the ledger together with its cost, so a total counts every committed
call once, whichever process made it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, get_args

import msgspec

from synthsmith.errors import BudgetError
from synthsmith.recipe import BudgetSettings, Price
from synthsmith.records import Completion, CompletionRequest, PromptKind, Record, Usage
from synthsmith.store.ledger import Ledger

_CHARS_A_TOKEN = 4
"""Assumed where an endpoint does not tell its token counts."""


class Spending(Record, frozen=True):
    """Sums over the completions of one kind of prompt and one teacher ("" for all of them).

    A count is None where no call told it, which is not 0. ``untold`` calls told no prompt or
    completion tokens; ``assumed_tokens`` stand in for them in budgets, and in ``money``, which is
    None where the teacher has no price.
    """

    kind: str = ""
    teacher: str = ""
    calls: int = 0
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None
    reasoning_tokens: int | None = None
    money: float | None = None
    untold: int = 0
    assumed_tokens: int = 0


_UNITS = Spending.__struct_fields__[2:]
_ROAD = get_args(PromptKind)


def spendings(ledger: Ledger) -> tuple[Spending, ...]:
    """One for each kind of prompt and teacher that has completions; commits first."""
    totals = ledger.totals().get("completion")
    found: defaultdict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for place, amount in (totals.cost if totals else {}).items():
        unit, kind, teacher = place.split("/", 2)
        found[kind, teacher][unit] = amount if unit == "money" else int(amount)
    return tuple(Spending(kind=k, teacher=t, **units) for (k, t), units in sorted(found.items()))


def by_kind(parts: Iterable[Spending]) -> tuple[Spending, ...]:
    """Sums over all teachers, in the order of the road."""
    sums = _grouped(parts, lambda one: Spending(kind=one.kind))
    return tuple(sorted(sums, key=lambda one: _ROAD.index(one.kind)))


def by_teacher(parts: Iterable[Spending]) -> tuple[Spending, ...]:
    """Sums over all kinds of prompt."""
    return _grouped(parts, lambda one: Spending(teacher=one.teacher))


def together(parts: Iterable[Spending]) -> Spending:
    """The sum over everything."""
    total = Spending()
    for one in parts:
        total = _plus(total, one)
    return total


def _grouped(
    parts: Iterable[Spending], group: Callable[[Spending], Spending]
) -> tuple[Spending, ...]:
    sums: dict[Spending, Spending] = {}
    for one in parts:
        head = group(one)
        sums[head] = _plus(sums.get(head, head), one)
    return tuple(sums.values())


def _plus(total: Spending, one: Spending) -> Spending:
    sums: dict[str, Any] = {}
    for unit in _UNITS:
        known = [n for n in (getattr(total, unit), getattr(one, unit)) if n is not None]
        sums[unit] = sum(known) if known else None
    return msgspec.structs.replace(total, **sums)


class Spent:
    """What a run has paid so far, in this process and those it resumes.

    ``tokens`` are those read and written, ``written`` those of replies since this process began,
    ``money`` is None where nothing has a price.
    """

    def __init__(self, ledger: Ledger) -> None:
        before = together(spendings(ledger))
        self.tokens = (before.prompt_tokens or 0) + (before.completion_tokens or 0)
        self.tokens += before.assumed_tokens
        self.money = before.money
        self.written = 0

    def add(
        self, teacher: str, price: Price, request: CompletionRequest, completion: Completion
    ) -> dict[str, float]:
        """Count one completion; returns its cost for the ledger, as ``spendings`` reads it."""
        usage = completion.usage
        told = usage.prompt_tokens is not None and usage.completion_tokens is not None
        whole = _filled(usage, request, completion)
        read, written = whole.prompt_tokens or 0, whole.completion_tokens or 0
        cost: dict[str, float] = {"calls": 1}
        cost |= {u: n for u, n in msgspec.structs.asdict(usage).items() if n is not None}
        if not told:
            known = (usage.prompt_tokens or 0) + (usage.completion_tokens or 0)
            cost |= {"untold": 1, "assumed_tokens": read + written - known}
        if price.input or price.output:
            cost["money"] = _money(price, whole)
            self.money = (self.money or 0.0) + cost["money"]
        self.tokens += read + written
        self.written += written
        return {f"{unit}/{request.kind}/{teacher}": amount for unit, amount in cost.items()}

    def require_within(self, budget: BudgetSettings) -> None:
        """Raise BudgetError once a budget is spent."""
        money = self.money or 0.0
        if budget.max_cost is not None and money >= budget.max_cost:
            raise BudgetError(
                f"budget.max_cost of {budget.max_cost:g} is spent ({money:.2f}); "
                "raise it and run the same command again to go on"
            )
        if budget.max_tokens_total is not None and self.tokens >= budget.max_tokens_total:
            raise BudgetError(
                f"budget.max_tokens_total of {budget.max_tokens_total:,} is spent "
                f"({self.tokens:,}); raise it and run the same command again to go on"
            )


def _filled(usage: Usage, request: CompletionRequest, completion: Completion) -> Usage:
    """The usage with token counts assumed where they are not told."""
    asked = sum(len(message.content) for message in request.messages) // _CHARS_A_TOKEN
    said = (len(completion.reasoning) + len(completion.text)) // _CHARS_A_TOKEN
    return msgspec.structs.replace(
        usage,
        prompt_tokens=asked if usage.prompt_tokens is None else usage.prompt_tokens,
        completion_tokens=said if usage.completion_tokens is None else usage.completion_tokens,
    )


def _money(price: Price, usage: Usage) -> float:
    cached = usage.cached_tokens or 0
    of_cache = price.input if price.cached_input is None else price.cached_input
    fresh = (usage.prompt_tokens or 0) - cached
    written = usage.completion_tokens or 0
    return (fresh * price.input + cached * of_cache + written * price.output) / 1_000_000
