"""Label: vote on outputs (dual verification, step 1).

A one-coin reliability vote: every candidate starts with weight 1; in turn each test's output is
the one with the most weight behind it, and each candidate's weight becomes the square of its
smoothed agreement with those outputs (after Dawid and Skene, 1979). A test's own weight grows
with its difficulty and with how well it ranks candidates as the other tests do (leave-one-out
AUC, after ACES, arXiv 2604.03922).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from synthsmith.errors import Drop, DropReason
from synthsmith.recipe import VerifySettings
from synthsmith.records import LabeledTest, Split, TestInput, Vote
from synthsmith.tools import stage

Outputs = list[str | None]
"""One answer a candidate, None where it did not end cleanly."""
_ROUNDS = 8
_MOST_WITHOUT_CONSENSUS = 0.15
"""Share of inputs without consensus above which the whole task is given up: dropping just the
inputs on which candidates differ would leave those on which wrong ones pass as well."""


@stage
def label(
    inputs: Sequence[TestInput],
    answers: Mapping[str, Sequence[str | None]],
    settings: VerifySettings,
    rng: random.Random,
    drop: Callable[[TestInput, DropReason, str], None],
) -> Vote:
    """Vote on every input over all candidates.

    ``answers[candidate id][i]`` is the candidate's answer to input i, None where it did not end
    cleanly; equal strings are equal answers. An input on which fewer than half of the candidates
    end cleanly, or without consensus, goes to ``drop``. Raises Drop(NO_CONSENSUS) and
    Drop(TOO_FEW_TESTS).
    """
    ids = list(answers)
    ballots: list[tuple[TestInput, Outputs]] = []
    for i, test in enumerate(inputs):
        outputs = [answers[id_][i] for id_ in ids]
        clean = sum(output is not None for output in outputs)
        if 2 * clean < len(ids) or clean == 0:
            drop(test, DropReason.FEW_CLEAN_EXITS, f"{clean} of {len(ids)} ended cleanly")
            continue
        ballots.append((test, outputs))
    winners = _consensus([outputs for _, outputs in ballots])
    kept: list[tuple[TestInput, Outputs, str, float]] = []
    for (test, outputs), (winner, confidence) in zip(ballots, winners, strict=True):
        if winner is None or confidence < settings.min_confidence:
            drop(test, DropReason.NO_CONSENSUS, f"confidence {confidence:.2f}")
        else:
            kept.append((test, outputs, winner, confidence))
    _require(len(kept), len(ballots), settings)
    tests, passed = _tests(kept, ids, settings, rng)
    return Vote(tests=tests, passed=passed)


def _require(kept: int, voted: int, settings: VerifySettings) -> None:
    lost = voted - kept
    if lost > _MOST_WITHOUT_CONSENSUS * voted:
        raise Drop(DropReason.NO_CONSENSUS, f"no consensus on {lost} of {voted} inputs")
    if kept < settings.min_tests:
        raise Drop(
            DropReason.TOO_FEW_TESTS, f"{kept} labelled tests, {settings.min_tests} are needed"
        )


def _consensus(ballots: Sequence[Outputs]) -> list[tuple[str | None, float]]:
    """The winning output of each test (None on a tie) and its share of the weight that voted."""
    weights = [1.0] * (len(ballots[0]) if ballots else 0)
    winners: list[tuple[str | None, float]] = []
    for _ in range(_ROUNDS):
        winners = [_winner(outputs, weights) for outputs in ballots]
        agreed = [1.0] * len(weights)
        voted = [2.0] * len(weights)
        for outputs, (winner, _) in zip(ballots, winners, strict=True):
            for c, output in enumerate(outputs):
                if output is not None and winner is not None:
                    voted[c] += 1
                    agreed[c] += output == winner
        weights = [round((a / v) ** 2, 9) for a, v in zip(agreed, voted, strict=True)]
    return winners


def _winner(outputs: Outputs, weights: Sequence[float]) -> tuple[str | None, float]:
    tally: defaultdict[str, float] = defaultdict(float)
    for output, weight in zip(outputs, weights, strict=True):
        if output is not None:
            tally[output] += weight
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    share = ranked[0][1] / sum(tally.values())
    tied = len(ranked) > 1 and abs(ranked[0][1] - ranked[1][1]) < 1e-9
    return (None if tied else ranked[0][0]), share


def _tests(
    kept: Sequence[tuple[TestInput, Outputs, str, float]],
    ids: Sequence[str],
    settings: VerifySettings,
    rng: random.Random,
) -> tuple[tuple[LabeledTest, ...], dict[str, tuple[bool, ...]]]:
    """The labelled tests with weight and split, and who passes which."""
    matrix = [[output == winner for output in outputs] for _, outputs, winner, _ in kept]
    splits = _splits([test for test, _, _, _ in kept], settings.holdout_share, rng)
    tests = tuple(
        LabeledTest(
            input=test.input,
            output=winner.rstrip() + "\n",
            confidence=round(confidence, 6),
            weight=_weight(matrix, t, confidence),
            split=splits[t],
            origin=test.origin,
        )
        for t, (test, _, winner, confidence) in enumerate(kept)
    )
    passed = {id_: tuple(row[c] for row in matrix) for c, id_ in enumerate(ids)}
    return tests, passed


def _weight(matrix: Sequence[Sequence[bool]], t: int, confidence: float) -> float:
    """confidence × (1 + share that fail) × leave-one-out AUC, the AUC being 1/2 when all pass."""
    row = matrix[t]
    others = [sum(line[c] for line in matrix) - row[c] for c in range(len(row))]
    passing = [others[c] for c in range(len(row)) if row[c]]
    failing = [others[c] for c in range(len(row)) if not row[c]]
    pairs = [(p > f) + 0.5 * (p == f) for p in passing for f in failing]
    auc = sum(pairs) / len(pairs) if pairs else 0.5
    return round(confidence * (1 + len(failing) / len(row)) * auc, 6)


def _splits(tests: Sequence[TestInput], share: float, rng: random.Random) -> list[Split]:
    """``share`` of the tests of each origin held out at random; samples are never held out."""
    splits: list[Split] = ["select"] * len(tests)
    by_origin: defaultdict[str, list[int]] = defaultdict(list)
    for i, test in enumerate(tests):
        by_origin[test.origin].append(i)
    debt = 0.0
    for origin, members in sorted(by_origin.items()):
        if origin == "sample":
            continue
        debt += share * len(members)
        held = round(debt)
        debt -= held
        for i in rng.sample(members, min(held, len(members))):
            splits[i] = "holdout"
    return splits
