"""Publish: tables, dataset and card out of the outcomes that the ledger holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from synthsmith import __version__
from synthsmith.formats import CardInfo
from synthsmith.formats import publish as publish_dataset
from synthsmith.prompts import template_digest
from synthsmith.recipe import Recipe, recipe_digest
from synthsmith.records import (
    Dropped,
    Feature,
    FeatureTree,
    Outcome,
    Record,
    Seed,
    Summary,
    Task,
    VerifiedTask,
)
from synthsmith.seeds import seeds_digest
from synthsmith.stages.curate import curate
from synthsmith.store import RunFolder, digest
from synthsmith.tools import Progress, Tools


class Grown(Record, frozen=True):
    """The feature tree of a corpus and how it came about.

    ``extracted`` counts distinct features, ``evolved`` the new ones of each round.
    """

    tree: FeatureTree
    extracted: int
    evolved: tuple[int, ...]
    drops: tuple[Dropped, ...]


def outcome_key(index: int, tree_digest: str, tools: Tools) -> str:
    """The ledger key of a task's outcome: everything it depends on, prompts and judge included."""
    recipe = recipe_digest(tools.recipe)
    return digest([__version__, recipe, template_digest(), tools.judge.version, tree_digest, index])


def publish(
    grown: Grown,
    seeds: Sequence[Seed],
    unusable: Sequence[Dropped],
    tools: Tools,
    folder: RunFolder,
    progress: Progress,
) -> Summary:
    """Write the tables and the dataset; tasks without an outcome yet are left out.

    Outcomes are read once a table, verified tasks twice, in task order, so that memory stays
    flat. Raises InputError when the folder cannot be written.
    """
    ledger, recipe = tools.ledger, tools.recipe

    def outcomes() -> Iterator[tuple[str, Outcome]]:
        for index in range(recipe.tasks):
            key = outcome_key(index, grown.tree.digest, tools)
            body = ledger.get("outcome", key)
            if body is not None:
                yield key, msgspec.msgpack.decode(body, type=Outcome)

    survivors = (one.task for _, one in outcomes() if one.task and not one.stage)
    repeats = {one.id: one for one in curate(survivors) if isinstance(one, Dropped)}
    summary = _summary((one for _, one in outcomes()), grown, len(seeds), len(repeats))

    def verified(advance: Callable[[], None]) -> Iterator[VerifiedTask]:
        for key, one in outcomes():
            if not one.stage and one.task and one.task.id not in repeats:
                body = ledger.get("verified", key)
                assert body is not None, "an outcome is put after its verified task"
                yield msgspec.msgpack.decode(body, type=VerifiedTask)
                advance()

    drops = (drop for _, one in outcomes() for drop in one.drops)
    with progress("publishing", 2 * summary.published) as advance:
        folder.write_table("features", grown.tree.features, Feature)
        folder.write_table("tasks", (one.task for _, one in outcomes() if one.task), Task)
        folder.write_table("verified", verified(advance), VerifiedTask)
        everything = chain(unusable, grown.drops, drops, repeats.values())
        reasons: Counter[str] = Counter()
        folder.write_table("dropped", _counted(everything, reasons), Dropped)
        folder.write_table("summary", [summary], Summary)
        info = _card(recipe, summary, reasons, seeds, tools.judge.tier)
        publish_dataset(folder.path / "dataset", verified(advance), info, recipe.publish)
    return summary


def _counted(drops: Iterable[Dropped], reasons: Counter[str]) -> Iterator[Dropped]:
    """The drops as they are, their reasons counted on the way."""
    for drop in drops:
        reasons[drop.reason] += 1
        yield drop


def _card(
    recipe: Recipe, summary: Summary, reasons: Counter[str], seeds: Sequence[Seed], tier: str
) -> CardInfo:
    return CardInfo(
        name=recipe.name,
        teachers=tuple(teacher.name for teacher in recipe.teachers),
        recipe_digest=recipe_digest(recipe),
        prompt_digest=template_digest(),
        seeds_digest=seeds_digest(seeds),
        seed=recipe.seed,
        judge_tier=tier,
        synthsmith_version=__version__,
        funnel=(
            ("tasks attempted", summary.attempted),
            *((f"left at {stage}", count) for stage, count in summary.left.items() if count),
            ("tasks published", summary.published),
        ),
        drops=tuple(reasons.most_common()),
    )


def _summary(outcomes: Iterable[Outcome], grown: Grown, seeds: int, repeats: int) -> Summary:
    attempted = 0
    left: Counter[str] = Counter()
    verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        attempted += 1
        left.update([one.stage] if one.stage else [])
        for teacher, counts in one.verdicts.items():
            verdicts[teacher].update(counts)
    left["curate"] = repeats
    return Summary(
        seeds=seeds,
        extracted=grown.extracted,
        evolved=grown.evolved,
        attempted=attempted,
        left=dict(left),
        verdicts={teacher: dict(counts) for teacher, counts in verdicts.items()},
        published=attempted - left.total(),
    )
