"""Select: sample a subtree, and let a teacher choose what fits together."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import SelectReply, reader
from synthsmith.records import Feature, FeatureTree, SelectedFeature, Selection, Style
from synthsmith.tools import Desk, stage


@stage
async def select(tree: FeatureTree, style: Style, desk: Desk) -> Selection:
    """The features of one task, each with its role.

    Raises Drop(INCOMPATIBLE_FEATURES) when nothing fits, Drop(MALFORMED_REPLY) when the reply
    cannot be read or names features that were not offered.
    """
    settings = desk.recipe.select
    sampled = _subtree(tree, settings.sampled, desk.rng("subtree"))
    offered = {feature.path for feature in sampled}
    reply, _ = await desk.ask(
        "select",
        reader(SelectReply),
        features="\n".join(" > ".join(path) for path in sorted(offered)),
        style=style,
        most=settings.most,
        time_limit_s=f"{desk.recipe.limits.time_limit_s:g}",
    )
    if not reply.features:
        raise Drop(DropReason.INCOMPATIBLE_FEATURES, reply.strategy[:200])
    chosen = tuple(
        SelectedFeature(path=feature.path, role=feature.role)
        for feature in reply.features[: settings.most]
        if feature.path in offered
    )
    cores = sum(feature.role == "core" for feature in chosen)
    if cores != 1:
        raise Drop(DropReason.MALFORMED_REPLY, f"{cores} core features of those offered, not one")
    return Selection(features=chosen, strategy=reply.strategy, tree_digest=tree.digest)


class _Sampler:
    """What sampling needs of a tree, prepared once: at 177,000 features a scan is 50 ms a task."""

    def __init__(self, tree: FeatureTree) -> None:
        self.features = tree.features
        self.cumulative = list(accumulate(math.sqrt(f.count) for f in tree.features))
        self.areas: defaultdict[tuple[str, ...], list[Feature]] = defaultdict(list)
        for feature in tree.features:
            self.areas[feature.path[:2]].append(feature)

    def draw(self, rng: random.Random, count: int) -> list[Feature]:
        return rng.choices(self.features, cum_weights=self.cumulative, k=count)


_sampler = lru_cache(maxsize=1)(_Sampler)


def _subtree(tree: FeatureTree, size: int, rng: random.Random) -> list[Feature]:
    """Half of the features from around one anchor, half from anywhere.

    A feature's chance grows with the square root of its count, so that the common ones do not
    crowd out the rare (the flattening of EpiCoder, arXiv 2501.04694, with temperature 2).
    """
    sampler = _sampler(tree)
    (anchor,) = sampler.draw(rng, 1)
    near = sampler.areas[anchor.path[:2]]
    picked = {f.path: f for f in rng.sample(near, min(len(near), size // 2))}
    picked[anchor.path] = anchor
    for feature in sampler.draw(rng, 4 * size):
        if len(picked) >= size:
            break
        picked[feature.path] = feature
    return list(picked.values())
