"""What a training leaves beside the model: the held-out tasks, a baseline, and the model card."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec

from synthsmith import __version__
from synthsmith.files import replaced
from synthsmith.formats.parquet import RowWriter
from synthsmith.formats.rl import RL_SCHEMA
from synthsmith.recipe import Recipe, recipe_digest
from synthsmith.report import write_training_page
from synthsmith.train.data import Dataset
from synthsmith.train.nearest import Nearest
from synthsmith.train.session import HOLDOUT_AVG, Result, read_metrics
from synthsmith.train.watch import Progress

TEST = "test.parquet"
NEAREST = "nearest.jsonl"


def write_holdout(folder: Path, data: Dataset, progress: Progress) -> None:
    """``test.parquet``, an RL set of the tasks kept for the evaluation, and ``nearest.jsonl``, for
    each the answer of the training task with the most similar question.

    That is the baseline which a model that only remembers would reach. Raises InputError when the
    folder cannot be written.
    """
    tests = data.rl["test"]
    if not tests:
        return
    with replaced(folder / TEST) as path, RowWriter(path, RL_SCHEMA) as rows:
        for index, one in enumerate(tests):
            info = {**one.row["extra_info"], "split": "test", "index": index}
            truth = one.row["reward_model"]["ground_truth"]
            rows.add({**one.row, "extra_info": info}, len(truth))
    known = Nearest(data.sft["train"])
    with (
        replaced(folder / NEAREST) as path,
        path.open("w", encoding="utf-8") as file,
        progress("most similar training tasks", len(tests), lambda: "by words") as advance,
    ):
        for one in tests:
            answer = known.row(one.query).response
            file.write(json.dumps({"question_id": one.task_id, "output_list": [answer]}) + "\n")
            advance()


_CURVES = {
    "loss": "training loss",
    "eval_loss": "loss on validation rows",
    "reward": "mean reward of the rollouts",
    HOLDOUT_AVG: "avg@k on validation tasks",
}


def write_page(folder: Path, name: str, result: Result) -> None:
    """``report.html``: what was trained, and its curves."""
    rows = read_metrics(folder / "metrics.jsonl")
    curves = {
        title: [(row["step"], row[key]) for row in rows if key in row]
        for key, title in _CURVES.items()
    }
    facts = {
        "stage": result.kind.upper(),
        "started from": result.start,
        "rows": f"{result.rows:,}",
        "steps": f"{result.steps:,}",
        "seed": str(result.seed),
        "CPU time": f"{result.cpu_s / 60:.1f} min",
        "wall time": f"{result.wall_s / 60:.1f} min",
    }
    title = f"{name}: {result.kind.upper()}"
    write_training_page(folder / "report.html", title, facts, curves)


def _provenance(dataset: Path) -> str:
    """The table of that name in the dataset's card."""
    try:
        card = (dataset / "README.md").read_text("utf-8")
    except (OSError, UnicodeError):
        return "The dataset has no card."
    section = card.partition("## Provenance\n")[2].partition("\n## ")[0]
    table = "\n".join(line for line in section.splitlines() if line.startswith("|"))
    return table or "The dataset's card does not tell its provenance."


def write_card(folder: Path, recipe: Recipe, result: Result, dataset: Path, data: Dataset) -> None:
    """``README.md``: what the model is, from which data, and how it was trained."""
    settings = recipe.train
    stage = settings.sft if result.kind == "sft" else settings.rl
    every = data.sft if result.kind == "sft" else data.rl
    rows = {split: len(found) for split, found in every.items()}
    values: dict[str, object] = msgspec.to_builtins(stage)
    table = "\n".join(f"| {key} | `{json.dumps(value)}` |" for key, value in values.items())
    tasks = min(settings.holdout.tasks, len(data.rl["validation"]))
    scores = _last_scores(folder, f"avg@{settings.holdout.samples}", f"{tasks} validation tasks")
    with (dataset / result.kind / "train.parquet").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    card = f"""---
library_name: transformers
pipeline_tag: text-generation
tags: [code, synthsmith, {result.kind}]
---

# {recipe.name}, {result.kind.upper()}

Trained by SynthSmith {__version__} from `{result.start}`, {result.steps} steps, seed {result.seed},
{result.cpu_s / 60:.1f} CPU minutes.

## Lineage

- dataset: `{dataset}`, {result.kind}/train.parquet of sha256 `{digest}`
- of its rows {rows["train"]} are for training ({result.rows} within the limits of the recipe),
  {rows["validation"]} for validation, {rows["test"]} kept for the evaluation; no composition is in
  two of these
- recipe of the training: digest `{recipe_digest(recipe)}`

What the dataset's card says of it:

{_provenance(dataset)}

## Settings

| key | value |
|---|---|
{table}

## Measured while training

{scores}
"""
    with replaced(folder / "README.md") as path:
        path.write_text(card, "utf-8")


def _last_scores(folder: Path, metric: str, tasks: str) -> str:
    rows = [row for row in read_metrics(folder / "metrics.jsonl") if HOLDOUT_AVG in row]
    lines = [f"- step {row['step']}: {metric} {row[HOLDOUT_AVG]:.1%} on {tasks}" for row in rows]
    return "\n".join(lines[-5:]) or "Nothing was measured on validation tasks."
