"""How the pass rate falls with the month of release, beside models whose fall is published."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from synthsmith.errors import InputError
from synthsmith.evaluate.metrics import Difference, gap_between
from synthsmith.evaluate.problem import EvalProblem
from synthsmith.evaluate.windows import parse_day
from synthsmith.records import Record

PUBLISHED = {"Qwen3-8B": (88.1, 57.5), "X-Coder": (78.2, 62.9)}
"""Points on an old and a new LiveCodeBench release (arXiv 2601.06953)."""

CAVEAT = (
    "A drop shows that newer problems were solved less often. It does not show why: newer contests"
    " may be harder, their sites and kinds of problem differ, and a model may have met an old"
    " problem, its editorial or a twin of it in training, or none of them. A model without a drop"
    " may have seen both, or neither. The difference at equal difficulty takes out the part that"
    " the labels easy, medium and hard can tell, and no more; compare with how far other models"
    " fall between the same dates."
)


class Drop(Record, frozen=True):
    """Pass rates of problems before ``cutoff`` and from it on, and the fall between them.

    ``same_difficulty`` weighs the earlier problems as if each difficulty were as frequent as it is
    later, None where a difficulty of the later ones does not occur earlier.
    """

    cutoff: str
    earlier: float
    later: float
    earlier_problems: int
    later_problems: int
    drop: Difference
    same_difficulty: float | None


def check_cutoff(problems: Sequence[EvalProblem], cutoff: str) -> None:
    """Raises InputError for what is no day, or has no dated problem on one side of it."""
    parse_day(cutoff)
    sides = {problem.date >= cutoff for problem in problems if problem.date}
    if len(sides) < 2:
        raise InputError(f"--cutoff {cutoff} leaves no problem with a date on one side of it")


def find_drop(
    problems: Sequence[EvalProblem], rates: Sequence[float], cutoff: str = ""
) -> Drop | None:
    """The drop at a day ("": the first day of the month that halves the problems best).

    None where problems have no dates or all are of one month. Raises as ``check_cutoff`` does.
    """
    dated = [(p, rate) for p, rate in zip(problems, rates, strict=True) if p.date]
    months = sorted({p.month for p, _ in dated})
    if cutoff:
        check_cutoff(problems, cutoff)
    else:
        if len(months) < 2:
            return None
        half = len(dated) / 2
        cutoff = min(
            (f"{month}-01" for month in months[1:]),
            key=lambda day: (abs(sum(p.date < day for p, _ in dated) - half), day),
        )
    before = [(p.difficulty, rate) for p, rate in dated if p.date < cutoff]
    after = [(p.difficulty, rate) for p, rate in dated if p.date >= cutoff]
    old, new = [rate for _, rate in before], [rate for _, rate in after]
    return Drop(
        cutoff=cutoff,
        earlier=mean(old),
        later=mean(new),
        earlier_problems=len(old),
        later_problems=len(new),
        drop=gap_between(old, new),
        same_difficulty=_adjusted(before, after),
    )


def _adjusted(
    before: Sequence[tuple[str, float]], after: Sequence[tuple[str, float]]
) -> float | None:
    by_difficulty: dict[str, list[float]] = {}
    for difficulty, rate in before:
        by_difficulty.setdefault(difficulty, []).append(rate)
    if any(difficulty not in by_difficulty for difficulty, _ in after):
        return None
    weighted = mean(mean(by_difficulty[difficulty]) for difficulty, _ in after)
    return weighted - mean(rate for _, rate in after)
