"""Extract: the algorithmic features that the seeds show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import ExtractReply, clean_paths, reader
from synthsmith.records import Dropped, Feature, Seed
from synthsmith.tools import Desk, Tools, stage


@stage
async def extract(
    seeds: Sequence[Seed], tools: Tools, advance: Callable[[], None]
) -> tuple[list[Feature], list[Dropped]]:
    """The distinct features of all seeds with the number of seeds that show each, and the drops.

    Calls ``advance`` once a seed. Raises EndpointError and InterruptedRun.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    drops: list[Dropped] = []

    async def one(seed: Seed) -> tuple[list[tuple[str, ...]], list[Dropped]]:
        desk = tools.desk(f"seed/{seed.id}")
        paths: list[tuple[str, ...]] = []
        try:
            paths = await _features(seed, desk)
        except Drop as drop:
            desk.drop("seed", seed.origin, "extract", drop.reason, drop.detail)
        advance()
        return paths, desk.drops

    for paths, dropped in await tools.gather(
        (one(seed) for seed in seeds), tools.recipe.concurrency
    ):
        counts.update(paths)
        drops.extend(dropped)
    features = [Feature(path=p, count=n, origin="extracted") for p, n in sorted(counts.items())]
    return features, drops


async def _features(seed: Seed, desk: Desk) -> list[tuple[str, ...]]:
    reply, _ = await desk.ask(
        "extract", reader(ExtractReply), language=seed.language, code=seed.code
    )
    paths = clean_paths(reply.features)
    if not paths:
        raise Drop(DropReason.NO_FEATURES, "the teacher found no algorithmic idea in it")
    return paths
