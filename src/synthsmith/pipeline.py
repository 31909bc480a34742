"""The main job: seeds to features, features to verified tasks, verified tasks to a dataset.

``forge`` is the road of one task, one call a line. There is no resume code here: whatever costs
anything goes through the ledger, so running again goes on where the last run stopped.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from synthsmith.errors import Drop, SynthSmithError
from synthsmith.publish import Grown, outcome_key, publish
from synthsmith.records import Dropped, FeatureTree, Outcome, Seed, Summary, VerifiedTask
from synthsmith.stages.agree import agree
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
from synthsmith.store import RunFolder
from synthsmith.tools import Desk, Progress, Tools


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
        publish(grown, seeds, unusable, tools, folder, progress)
        raise
    await folder.ledger.commit()
    return publish(grown, seeds, unusable, tools, folder, progress)


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
    key = outcome_key(index, tree.digest, tools)
    known = tools.ledger.get("outcome", key)
    if known is not None:
        return msgspec.msgpack.decode(known, type=Outcome)
    desk = tools.desk(f"task-{index}")
    verified, left = None, ""
    try:
        verified = await forge(tree, desk)
    except Drop as drop:
        left = drop.stage
        desk.drop("task", desk.place, left, drop.reason, drop.detail)
    result = Outcome(
        index=index,
        stage=left,
        task=desk.task,
        drops=tuple(desk.drops),
        verdicts={teacher: dict(counts) for teacher, counts in desk.verdicts.items()},
    )
    if verified is not None:
        tools.ledger.put("verified", key, msgspec.msgpack.encode(verified))
    tools.ledger.put("outcome", key, msgspec.msgpack.encode(result))
    return result


async def forge(tree: FeatureTree, desk: Desk) -> VerifiedTask:
    """The road of one task. Raises Drop where it leaves the road."""
    recipe, judge = desk.recipe, desk.tools.judge
    styles = sorted(recipe.styles)
    (style,) = desk.rng("style").choices(styles, [recipe.styles[name] for name in styles])
    selection = await select(tree, style, desk)
    task = desk.task = await formulate(selection, style, desk)
    candidates, inputs = await desk.tools.both(solve(task, desk), make_inputs(task, desk))
    executions = await execute(task, candidates, inputs, desk)
    answers = await agree(task.checker, inputs, executions, task.limits, judge)
    vote = label(inputs, answers, recipe.verify, desk.rng("split"), desk.drop_input)
    verified = golden(task, candidates, vote, recipe.verify)
    await check_samples(verified, judge)
    return verified
