"""Merge: one tree out of all features, one spelling for what differs only in case."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from synthsmith.errors import InputError
from synthsmith.records import Feature, FeatureTree
from synthsmith.tools import stage


@stage
def merge(features: Iterable[Feature]) -> FeatureTree:
    """The tree of all features; counts of paths that differ only in case or a final "s" are added.

    Of several spellings of a step the most frequent one stays (ties: the first in order).
    Raises InputError when there is no feature at all, for then no task can be written.
    """
    spellings: defaultdict[tuple[str, ...], defaultdict[str, int]] = defaultdict(
        lambda: defaultdict(int)
    )
    features = sorted(features, key=lambda f: f.path)
    for feature in features:
        for depth, step in enumerate(feature.path):
            spellings[_folded(feature.path[: depth + 1])][step] += feature.count
    merged: dict[tuple[str, ...], Feature] = {}
    for feature in features:
        folded = _folded(feature.path)
        path = tuple(_best(spellings[folded[: d + 1]]) for d in range(len(folded)))
        old = merged.get(path)
        merged[path] = Feature(
            path=path,
            count=feature.count + (old.count if old else 0),
            origin="extracted" if old and old.origin == "extracted" else feature.origin,
        )
    if not merged:
        raise InputError(
            "no features: the teacher found no algorithmic idea in any seed; use other seeds"
        )
    tree = tuple(merged[path] for path in sorted(merged))
    together = "\n".join(f"{' > '.join(f.path)} {f.count}" for f in tree)
    return FeatureTree(features=tree, digest=hashlib.sha256(together.encode()).hexdigest()[:16])


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(step.casefold().removesuffix("s") for step in path)


def _best(counts: dict[str, int]) -> str:
    return max(sorted(counts), key=lambda spelling: counts[spelling])
