"""Evolve: grow the features in breadth and depth, round by round (paper: 27,400 to 176,914)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from synthsmith.errors import Drop
from synthsmith.prompts import EvolveReply, clean_paths, reader
from synthsmith.records import Dropped, Feature
from synthsmith.tools import Desk, Tools, stage

_SHOWN = 30
"""Features shown in one prompt."""


@stage
async def evolve(
    features: Sequence[Feature], tools: Tools, advance: Callable[[], None]
) -> tuple[list[list[Feature]], list[Dropped]]:
    """The new features of each round, none of them in ``features`` or an earlier round.

    Calls ``advance`` once a prompt. A round's prompts are drawn before it begins, so that the
    result does not depend on the order of the answers. Raises EndpointError and InterruptedRun.
    """
    settings = tools.recipe.features
    known = {feature.path: feature for feature in features}
    rounds: list[list[Feature]] = []
    drops: list[Dropped] = []
    for number in range(settings.evolve_rounds):
        desks = [tools.desk(f"evolve/{number}/{i}") for i in range(settings.evolve_prompts)]
        pool = sorted(known)
        jobs = [_one(pool, settings.evolve_count, desk, advance) for desk in desks]
        counts: dict[tuple[str, ...], int] = {}
        for paths in await tools.gather(jobs, tools.recipe.concurrency):
            for path in paths:
                counts[path] = counts.get(path, 0) + 1
        new = [
            Feature(path=path, count=count, origin="evolved")
            for path, count in sorted(counts.items())
            if path not in known
        ]
        known.update((feature.path, feature) for feature in new)
        rounds.append(new)
        drops.extend(drop for desk in desks for drop in desk.drops)
    return rounds, drops


async def _one(
    pool: Sequence[tuple[str, ...]], count: int, desk: Desk, advance: Callable[[], None]
) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = []
    try:
        paths = await _grown(pool, count, desk)
    except Drop as drop:
        desk.drop("feature", desk.place, "evolve", drop.reason, drop.detail)
    advance()
    return paths


async def _grown(pool: Sequence[tuple[str, ...]], count: int, desk: Desk) -> list[tuple[str, ...]]:
    shown = _neighbourhood(pool, desk.rng("shown"))
    lines = "\n".join(" > ".join(path) for path in shown)
    reply, _ = await desk.ask("evolve", reader(EvolveReply), features=lines, count=count)
    return clean_paths(reply.features)


def _neighbourhood(pool: Sequence[tuple[str, ...]], rng: random.Random) -> list[tuple[str, ...]]:
    """A random feature with what stands around it in the tree, filled up from elsewhere."""
    if not pool:
        return []
    anchor = rng.choice(pool)
    near = [path for path in pool if path[:2] == anchor[:2]]
    far = [path for path in pool if path[:2] != anchor[:2]]
    near = rng.sample(near, min(len(near), _SHOWN * 2 // 3))
    return sorted(near + rng.sample(far, min(len(far), _SHOWN - len(near))))
