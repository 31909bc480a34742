"""Figures over graded samples: avg@k, pass@k, and how far each could be off."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from synthsmith.errors import InputError
from synthsmith.records import Record

RESAMPLES = 10_000
"""Draws of a bootstrap; its seed is fixed, so the same grades give the same interval."""
_SEED = 1
_TAILS = (2.5, 97.5)


class AvgAtK(Record, frozen=True):
    """The mean of problems' pass rates, 0 to 1, and two kinds of doubt about it.

    ``se_samples`` is the standard error from sampling the answers, the problems being as they are
    (None with one sample a problem, which cannot tell); ``low`` and ``high`` bound 95% of a
    bootstrap over problems, the answers being as they are; ``run_sd`` is the standard deviation
    of the k runs' own scores, which is what papers give as ±.
    """

    mean: float
    se_samples: float | None
    low: float
    high: float
    run_sd: float | None
    problems: int
    samples: int


class Difference(Record, frozen=True):
    """A difference of two means, its standard error over problems and a 95% interval."""

    mean: float
    se: float
    low: float
    high: float
    problems: int


def pass_at_k(n: int, c: int, k: int) -> float:
    """The chance that one of k of the n samples passes, c of which do (Chen et al. 2021, unbiased).

    Raises ValueError unless 1 <= k <= n and 0 <= c <= n.
    """
    if not (1 <= k <= n and 0 <= c <= n):
        raise ValueError(f"pass@{k} of {c} out of {n} is not defined")
    return 1.0 - math.comb(n - c, k) / math.comb(n, k)


def avg_at_k(passed: Sequence[Sequence[bool]]) -> AvgAtK:
    """avg@k over ``passed[problem][sample]``, k samples of every problem.

    Raises InputError where there is no problem, no sample, or not the same number of each.
    """
    k = _samples(passed)
    table = np.array(passed, dtype=np.float64)
    rates = table.mean(axis=1)
    low, high = _interval(rates)
    se = run_sd = None
    if k > 1:
        se = float(np.sqrt((rates * (1 - rates) / (k - 1)).sum()) / len(rates))
        run_sd = float(table.mean(axis=0).std(ddof=1))
    return AvgAtK(
        mean=float(rates.mean()), se_samples=se, low=low, high=high, run_sd=run_sd,
        problems=len(rates), samples=k,
    )  # fmt: skip


def mean_pass_at_k(passed: Sequence[Sequence[bool]], k: int) -> float:
    """pass@k averaged over problems; raises as ``avg_at_k`` and ``pass_at_k`` do."""
    n = _samples(passed)
    return sum(pass_at_k(n, sum(row), k) for row in passed) / len(passed)


def paired_difference(
    ours: Sequence[Sequence[bool]], theirs: Sequence[Sequence[bool]]
) -> Difference:
    """How far ``ours`` is above ``theirs`` on the same problems, in the same order.

    The numbers of samples may differ. Raises InputError where the problems are not as many.
    """
    if len(ours) != len(theirs):
        raise InputError(f"cannot pair {len(ours)} problems with {len(theirs)}")
    _samples(ours)
    _samples(theirs)
    gaps = np.array([np.mean(a) - np.mean(b) for a, b in zip(ours, theirs, strict=True)])
    se = float(gaps.std(ddof=1) / math.sqrt(len(gaps))) if len(gaps) > 1 else 0.0
    low, high = _interval(gaps)
    return Difference(mean=float(gaps.mean()), se=se, low=low, high=high, problems=len(gaps))


def gap_between(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """The difference of the means of two groups of problems' pass rates, which share none.

    Raises InputError where a group is empty.
    """
    if not ours or not theirs:
        raise InputError("cannot compare with a group of no problems")
    one, other = np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    spread = [g.var(ddof=1) / len(g) if len(g) > 1 else 0.0 for g in (one, other)]
    generator = np.random.Generator(np.random.PCG64(_SEED))
    drawn = _means(one, generator) - _means(other, generator)
    low, high = np.percentile(drawn, _TAILS)
    return Difference(
        mean=float(one.mean() - other.mean()), se=math.sqrt(sum(spread)),
        low=float(low), high=float(high), problems=len(one) + len(other),
    )  # fmt: skip


def _samples(passed: Sequence[Sequence[bool]]) -> int:
    counts = {len(row) for row in passed}
    if not counts or 0 in counts:
        raise InputError("there is nothing to average: no problem, or one without a sample")
    if len(counts) > 1:
        raise InputError(f"avg@k needs as many samples of every problem, not {sorted(counts)}")
    return counts.pop()


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    generator = np.random.Generator(np.random.PCG64(_SEED))
    low, high = np.percentile(_means(values, generator), _TAILS)
    return float(low), float(high)


def _means(values: NDArray[np.float64], generator: np.random.Generator) -> NDArray[np.float64]:
    """Means of resamples, of which as few as needed are held at once."""
    rows = max(1, 4_000_000 // len(values))
    parts = []
    for start in range(0, RESAMPLES, rows):
        size = (min(rows, RESAMPLES - start), len(values))
        parts.append(values[generator.integers(0, len(values), size)].mean(axis=1))
    return np.concatenate(parts)
