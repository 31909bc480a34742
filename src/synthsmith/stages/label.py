"""Label: vote on outputs (dual verification, step 1).

Each test's output is the one with the most weight behind it. A candidate's weight comes from the
selection half alone: it starts at 1 and becomes the square of its smoothed agreement with the
winners there, eight times over (after Dawid and Skene, 1979). The held-out half is labelled with
those weights and has no part in them. Confidence is the plain share of the answers behind the
output, each candidate counting once, for weights estimated from agreement would be sure of
whatever most agree on.

A test's own weight grows with its difficulty and with how well it ranks candidates as the other
selection tests do (leave-one-out AUC, after ACES, arXiv 2604.03922).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

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


class _Labelled(NamedTuple):
    """A test with its label; ``agreed`` says of each candidate whether it gave the winner."""

    test: TestInput
    split: Split
    winner: str
    confidence: float
    agreed: tuple[bool, ...]


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
    splits = _splits([test for test, _ in ballots], settings.holdout_share, rng)
    select = [outputs for (_, outputs), s in zip(ballots, splits, strict=True) if s == "select"]
    weights = _reliabilities(select, len(ids))
    kept: list[_Labelled] = []
    for (test, outputs), split in zip(ballots, splits, strict=True):
        winner = _winner(outputs, weights)
        confidence = 0.0 if winner is None else _share(outputs, winner)
        if winner is None or confidence < settings.min_confidence:
            drop(test, DropReason.NO_CONSENSUS, f"confidence {confidence:.2f}")
        else:
            agreed = tuple(output == winner for output in outputs)
            kept.append(_Labelled(test, split, winner, confidence, agreed))
    _require(len(kept), len(ballots), settings)
    return Vote(
        tests=tuple(_tests(kept)),
        passed={id_: tuple(one.agreed[c] for one in kept) for c, id_ in enumerate(ids)},
    )


def _require(kept: int, voted: int, settings: VerifySettings) -> None:
    lost = voted - kept
    if lost > _MOST_WITHOUT_CONSENSUS * voted:
        raise Drop(DropReason.NO_CONSENSUS, f"no consensus on {lost} of {voted} inputs")
    if kept < settings.min_tests:
        raise Drop(
            DropReason.TOO_FEW_TESTS, f"{kept} labelled tests, {settings.min_tests} are needed"
        )


def _reliabilities(ballots: Sequence[Outputs], candidates: int) -> list[float]:
    """The weight of each candidate's vote, 0 to 1, from these ballots alone."""
    weights = [1.0] * candidates
    for _ in range(_ROUNDS):
        agreed = [1.0] * candidates
        voted = [2.0] * candidates
        for outputs in ballots:
            winner = _winner(outputs, weights)
            for c, output in enumerate(outputs):
                if output is not None and winner is not None:
                    voted[c] += 1
                    agreed[c] += output == winner
        weights = [round((a / v) ** 2, 9) for a, v in zip(agreed, voted, strict=True)]
    return weights


def _winner(outputs: Outputs, weights: Sequence[float]) -> str | None:
    """The output with the most weight behind it, None on a tie."""
    tally: defaultdict[str, float] = defaultdict(float)
    for output, weight in zip(outputs, weights, strict=True):
        if output is not None:
            tally[output] += weight
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    tied = len(ranked) > 1 and abs(ranked[0][1] - ranked[1][1]) < 1e-9
    return None if tied else ranked[0][0]


def _share(outputs: Outputs, winner: str) -> float:
    return outputs.count(winner) / sum(output is not None for output in outputs)


def _tests(kept: Sequence[_Labelled]) -> Iterator[LabeledTest]:
    """The labelled tests with their weights."""
    candidates = range(len(kept[0].agreed)) if kept else range(0)
    scores = [sum(one.agreed[c] for one in kept if one.split == "select") for c in candidates]
    for one in kept:
        own = one.split == "select"
        others = [scores[c] - (own and one.agreed[c]) for c in candidates]
        yield LabeledTest(
            input=one.test.input,
            output=one.winner.rstrip() + "\n",
            confidence=round(one.confidence, 6),
            weight=_weight(one, others),
            split=one.split,
            origin=one.test.origin,
        )


def _weight(one: _Labelled, others: Sequence[int]) -> float:
    """confidence × (1 + share that fail) × leave-one-out AUC, the AUC being 1/2 when all pass.

    ``others`` holds each candidate's passes among the other selection tests.
    """
    passing = [score for score, agreed in zip(others, one.agreed, strict=True) if agreed]
    failing = [score for score, agreed in zip(others, one.agreed, strict=True) if not agreed]
    pairs = [(p > f) + 0.5 * (p == f) for p in passing for f in failing]
    auc = sum(pairs) / len(pairs) if pairs else 0.5
    return round(one.confidence * (1 + len(failing) / len(one.agreed)) * auc, 6)


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
