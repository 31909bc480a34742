"""Golden: the best candidate on weighted tests, confirmed on held-out ones (step 2).

Nothing runs here: step 1's outputs are reused.
"""

from __future__ import annotations

from collections.abc import Sequence

from synthsmith.errors import Drop, DropReason
from synthsmith.recipe import VerifySettings
from synthsmith.records import Candidate, Task, VerifiedTask, Vote
from synthsmith.tools import stage


@stage
def golden(
    task: Task, candidates: Sequence[Candidate], vote: Vote, settings: VerifySettings
) -> VerifiedTask:
    """The task with its golden solution.

    The golden solution has the best weighted score on the selection half; ties go to the shorter
    code, then to the lower index. It must pass that whole half and then the whole held-out half,
    and ``min_support`` candidates in all must pass every test. Raises Drop(GOLDEN_NOT_FOUND),
    Drop(HOLDOUT_FAILED) or Drop(GOLDEN_UNSUPPORTED).
    """
    select = [i for i, test in enumerate(vote.tests) if test.split == "select"]
    holdout = [i for i, test in enumerate(vote.tests) if test.split == "holdout"]
    if not select or not holdout:
        raise Drop(DropReason.TOO_FEW_TESTS, "one of the two halves has no test")
    order = sorted(
        range(len(candidates)),
        key=lambda c: (-_score(candidates[c], vote, select), len(candidates[c].code), c),
    )
    best = candidates[order[0]]
    score = _score(best, vote, select)
    if score < 1:
        raise Drop(DropReason.GOLDEN_NOT_FOUND, f"the best weighted score is {score:.3f}")
    confirmed = _rate(vote.passed[best.id], holdout)
    if confirmed < 1:
        raise Drop(
            DropReason.HOLDOUT_FAILED, f"the best one passes {confirmed:.3f} of the held-out tests"
        )
    passing = [c for c in order if all(vote.passed[candidates[c].id])]
    if len(passing) < settings.min_support:
        raise Drop(
            DropReason.GOLDEN_UNSUPPORTED,
            f"{len(passing)} candidates pass all tests, {settings.min_support} are needed",
        )
    distinct: dict[str, Candidate] = {}
    for c in passing:
        distinct.setdefault(" ".join(candidates[c].code.split()), candidates[c])
    every = range(len(vote.tests))
    return VerifiedTask(
        task=task,
        tests=vote.tests,
        golden=best,
        solutions=tuple(distinct.values()),
        pass_rates={c.id: round(_rate(vote.passed[c.id], every), 6) for c in candidates},
        holdout_pass_rate=confirmed,
        difficulty=round(1 - len(passing) / len(candidates), 6),
    )


def _score(candidate: Candidate, vote: Vote, tests: Sequence[int]) -> float:
    """Weighted share of the tests that the candidate passes, 0 to 1."""
    total = sum(vote.tests[i].weight for i in tests)
    lost = sum(vote.tests[i].weight for i in tests if not vote.passed[candidate.id][i])
    return 1 - lost / total if lost else 1.0


def _rate(passed: Sequence[bool], tests: Sequence[int] | range) -> float:
    return sum(passed[i] for i in tests) / len(tests)
