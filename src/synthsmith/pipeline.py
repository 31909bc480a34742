"""The main job: seeds to features, features to verified tasks, verified tasks to a dataset.

``forge`` is the road of one task, one call a line. There is no resume code here: whatever costs
anything goes through the ledger, so running again goes on where the last run stopped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain

import msgspec

from synthsmith import __version__
from synthsmith.errors import Drop, SynthSmithError
from synthsmith.formats import publish_dataset
from synthsmith.recipe import Recipe, recipe_digest
from synthsmith.records import (
    Dropped,
    Feature,
    FeatureTree,
    Outcome,
    Seed,
    Summary,
    Task,
    VerifiedTask,
)
from synthsmith.stages.agree import agree
from synthsmith.stages.curate import curate
from synthsmith.stages.evolve import evolve
from synthsmith.stages.execute import execute
from synthsmith.stages.extract import extract
from synthsmith.stages.formulate import formulate
from synthsmith.stages.golden import golden
from synthsmith.stages.inputs import make_inputs
from synthsmith.stages.label import label
from synthsmith.stages.merge import merge
from synthsmith.stages.samples import check_samples
from synthsmith.stages.select import select
from synthsmith.stages.solve import solve
from synthsmith.store import RunFolder, digest
from synthsmith.tools import Desk, Tools

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""``with progress("solve", total) as advance: advance()``."""


class Grown(msgspec.Struct, frozen=True):
    """The feature tree of a corpus and how it came about."""

    tree: FeatureTree
    extracted: int
    evolved: tuple[int, ...]
    drops: tuple[Dropped, ...]


async def run(
    seeds: Sequence[Seed],
    unusable: Sequence[Dropped],
    tools: Tools,
    folder: RunFolder,
    progress: Progress,
) -> Summary:
    """The whole road, from usable seeds to the published dataset.

    Raises InputError, EndpointError, BudgetError and InterruptedRun; before it does, what is
    verified is published, and the same call goes on from there.
    """
    grown = await grow(seeds, tools, progress)
    try:
        await forge_all(grown.tree, tools, progress)
    except SynthSmithError:
        await folder.ledger.commit()
        publish(grown, seeds, unusable, folder)
        raise
    await folder.ledger.commit()
    return publish(grown, seeds, unusable, folder)


async def grow(seeds: Sequence[Seed], tools: Tools, progress: Progress) -> Grown:
    """From seeds to the feature tree, once a corpus."""
    settings = tools.recipe.features
    with progress("extracting features", len(seeds)) as advance:
        features, drops = await extract(seeds, tools, advance)
    with progress("evolving features", settings.evolve_rounds * settings.evolve_prompts) as advance:
        rounds, more = await evolve(features, tools, advance)
    tree = merge([*features, *(feature for new in rounds for feature in new)])
    return Grown(tree, len(features), tuple(map(len, rounds)), (*drops, *more))


async def forge_all(tree: FeatureTree, tools: Tools, progress: Progress) -> None:
    """Every task of the recipe, ``concurrency`` at once; the ledger keeps what becomes of each."""
    indexes = iter(range(tools.recipe.tasks))
    with progress("forging tasks", tools.recipe.tasks) as advance:

        async def worker() -> None:
            for index in indexes:
                await outcome(index, tree, tools)
                advance()

        await tools.gather(worker() for _ in range(tools.recipe.concurrency))


async def outcome(index: int, tree: FeatureTree, tools: Tools) -> Outcome:
    """What becomes of one task index, from the ledger where it is known."""
    key = outcome_key(index, tree.digest, tools.recipe)
    known = tools.ledger.get("outcome", key)
    if known is not None:
        return msgspec.msgpack.decode(known, type=Outcome)
    desk = tools.desk(f"task/{index}")
    verified, left = None, ""
    try:
        verified = await forge(tree, desk)
    except Drop as drop:
        left = drop.stage
        desk.drop("task", f"task-{index}", left, drop.reason, drop.detail)
    result = Outcome(
        index=index,
        stage=left,
        task=desk.task,
        verified=verified,
        drops=tuple(desk.drops),
        verdicts={teacher: dict(counts) for teacher, counts in desk.verdicts.items()},
    )
    tools.ledger.put("outcome", key, msgspec.msgpack.encode(result))
    return result


async def forge(tree: FeatureTree, desk: Desk) -> VerifiedTask:
    """The road of one task. Raises Drop where it leaves the road."""
    recipe, judge = desk.recipe, desk.tools.judge
    (style,) = desk.rng("style").choices(list(recipe.styles), list(recipe.styles.values()))
    selection = await select(tree, style, desk)
    task = desk.task = await formulate(selection, style, desk)
    candidates, inputs = await desk.tools.both(solve(task, desk), make_inputs(task, desk))
    executions = await execute(task, candidates, inputs, desk)
    answers = await agree(task.checker, inputs, executions, task.limits, judge)
    vote = label(inputs, answers, recipe.verify, desk.rng("split"), desk.drop_input)
    verified = golden(task, candidates, vote, recipe.verify)
    await check_samples(verified, judge)
    return verified


def outcome_key(index: int, tree_digest: str, recipe: Recipe) -> str:
    """The ledger key of a task's outcome."""
    return digest(["outcome", __version__, recipe_digest(recipe), tree_digest, index])


def publish(
    grown: Grown, seeds: Sequence[Seed], early: Sequence[Dropped], folder: RunFolder
) -> Summary:
    """Write tables and dataset from the outcomes in the ledger; what is not there yet is left out.

    ``early`` are the drops before the road of tasks begins (unusable seeds). Outcomes are read
    once a table, in task order, so that memory stays flat.
    """
    recipe = folder.recipe

    def outcomes() -> Iterator[Outcome]:
        for index in range(recipe.tasks):
            body = folder.ledger.get("outcome", outcome_key(index, grown.tree.digest, recipe))
            if body is not None:
                yield msgspec.msgpack.decode(body, type=Outcome)

    curated: dict[str, Dropped | None] = {}
    for result in curate(o.verified for o in outcomes() if o.verified):
        if isinstance(result, Dropped):
            curated[result.id] = result
        else:
            curated[result.task.id] = None

    def verified() -> Iterator[VerifiedTask]:
        for one in outcomes():
            if one.verified and curated[one.verified.task.id] is None:
                yield one.verified

    repeats = [dropped for dropped in curated.values() if dropped]
    summary = _summary(outcomes(), grown, len(seeds), len(curated) - len(repeats))
    folder.write_table("features", grown.tree.features, Feature)
    folder.write_table("tasks", (o.task for o in outcomes() if o.task), Task)
    folder.write_table("verified", verified(), VerifiedTask)
    drops = (drop for o in outcomes() for drop in o.drops)
    folder.write_table("dropped", chain(early, grown.drops, drops, repeats), Dropped)
    publish_dataset(folder.path / "dataset", verified)
    return summary


def _summary(outcomes: Iterable[Outcome], grown: Grown, seeds: int, published: int) -> Summary:
    attempted = 0
    left: Counter[str] = Counter()
    verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        attempted += 1
        left.update([one.stage] if one.stage else [])
        for teacher, counts in one.verdicts.items():
            verdicts[teacher].update(counts)
    left["curate"] = attempted - published - left.total()
    return Summary(
        seeds=seeds,
        extracted=grown.extracted,
        evolved=grown.evolved,
        attempted=attempted,
        left=dict(left),
        verdicts={teacher: dict(counts) for teacher, counts in verdicts.items()},
        published=published,
    )
