"""``synthsmith run``: the main job up to the published dataset."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from synthsmith.commands.endpoints import at_endpoint, named_after_model, resolved
from synthsmith.commands.progress import print_line, progress, stop_on_signal, tier_line
from synthsmith.commands.spending import Meter, show_spending
from synthsmith.errors import InputError
from synthsmith.judge import Judge
from synthsmith.pipeline import run
from synthsmith.prompts import reply_schemas, template_digest
from synthsmith.recipe import Recipe, load_recipe
from synthsmith.records import Dropped, Seed, Summary
from synthsmith.report import collect, write_report
from synthsmith.seeds import read_seeds, seeds_digest
from synthsmith.store import RunFolder
from synthsmith.teachers import open_teachers
from synthsmith.tools import Tools


def run_recipe(
    path: Path,
    seeds: str | None,
    out: Path | None,
    tasks: int | None,
    endpoint: str | None,
    model: str,
    api_key_env: str,
) -> None:
    """Run a recipe and print the path of the report as the last line.

    ``endpoint`` (a URL), ``model`` and ``api_key_env`` take the place of the recipe's teachers.
    Raises SynthSmithError; the same command goes on after any of them.
    """
    if seeds == "":
        raise InputError("--seeds is empty: name a folder or file, or leave it out")
    recipe = at_endpoint(_with(load_recipe(path), seeds, tasks), endpoint, model, api_key_env)
    samples, unusable = read_seeds(recipe.seeds.path, recipe.seeds)
    print_line(f"seeds: {len(samples)} usable, {len(unusable)} dropped")
    recipe = asyncio.run(resolved(recipe))
    if endpoint is not None:
        recipe = named_after_model(recipe)
    folder = RunFolder.open(
        out or Path("runs") / recipe.name,
        recipe,
        seeds_digest(samples),
        prompt_digest=template_digest(),
    )
    summary = asyncio.run(_run(samples, unusable, folder))
    print_line(
        f"{summary.published} verified tasks of {summary.attempted} attempted, "
        f"dataset in {folder.path / 'dataset'}"
    )
    print(folder.path / "report.html")


def _with(recipe: Recipe, seeds: str | None, tasks: int | None) -> Recipe:
    if tasks is not None:
        recipe = msgspec.structs.replace(recipe, tasks=tasks)
    if seeds is not None:
        table = msgspec.structs.replace(recipe.seeds, path=seeds)
        recipe = msgspec.structs.replace(recipe, seeds=table)
    return recipe


async def _run(seeds: Sequence[Seed], unusable: Sequence[Dropped], folder: RunFolder) -> Summary:
    recipe = folder.recipe
    for message in folder.messages:
        print_line(message)
    judge = Judge(workers=recipe.judge.workers, isolation=recipe.judge.isolation)
    async with folder, judge, open_teachers(recipe.teachers, reply_schemas()) as teachers:
        tier_line(judge)
        tools = Tools(recipe, folder.ledger, judge, teachers)
        stop_on_signal(tools.stop)
        noted = partial(progress, note=Meter(tools).line)
        try:
            return await run(seeds, unusable, tools, folder, noted)
        finally:
            show_spending(folder.ledger)
            if (folder.path / "summary.parquet").exists():
                data = collect(folder, judge.tier, template_digest())
                write_report(folder.path / "report.html", data)
