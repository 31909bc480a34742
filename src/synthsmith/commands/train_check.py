"""``synthsmith train … --dry-run``: everything that can be known before training."""

from __future__ import annotations

import math
import statistics
from pathlib import Path

from synthsmith.commands.progress import print_line
from synthsmith.errors import InputError
from synthsmith.recipe import Recipe
from synthsmith.train.arguments import accumulation, processes
from synthsmith.train.cluster import as_yaml, configuration_of
from synthsmith.train.cost import GPUS, Lengths, memory, rl_cost
from synthsmith.train.data import Dataset
from synthsmith.train.reward import GroundTruth
from synthsmith.train.sft import fitting, starting_point
from synthsmith.train.shape import shape_of
from synthsmith.train_settings import TrainSettings


def check(recipe: Recipe, kind: str, data: Dataset, start: Path | None) -> None:
    """Print what a training would do; raises InputError for what it would stop at."""
    settings = recipe.train
    rows = data.sft["train"]
    model, tokenizer = starting_point(settings, rows, start)
    kept = fitting(rows, tokenizer, settings)
    if not kept:
        raise InputError(f"no row is within {settings.data.max_length} tokens: raise max_length")
    answers = [len(tokenizer(row.response)["input_ids"]) for row in kept]
    prompts = [len(tokenizer(row.query)["input_ids"]) for row in kept]
    print_line(
        f"tokens, median: {statistics.median(prompts):.0f} of a prompt, "
        f"{statistics.median(answers):.0f} of an answer, longest row "
        f"{max(p + a for p, a in zip(prompts, answers, strict=True))}"
    )
    print_line(f"left out for their length: {len(rows) - len(kept)} of {len(rows)} SFT rows")
    count = sum(parameter.numel() for parameter in model.parameters())
    print_line(f"model: {start or settings.model or 'scratch'}, {count:,} parameters")
    if kind == "sft":
        sft = settings.sft
        steps = sft.max_steps or math.ceil(sft.epochs * len(kept) / sft.batch)
        accumulate = accumulation(sft.batch, sft.micro_batch)
    else:
        for row in data.rl["train"]:
            GroundTruth.of(row.row)
        rl = settings.rl
        steps, accumulate = rl.max_steps, accumulation(rl.prompts * rl.rollouts, rl.micro_batch)
    packed = " at most (rows are packed)" if kind == "sft" and settings.sft.packing else ""
    print_line(
        f"{steps} steps{packed}, each of {accumulate} micro-batches on {processes()} processes here"
    )
    _machines(settings, kind)


def _machines(settings: TrainSettings, kind: str) -> None:
    shape = shape_of(settings)
    need = memory(shape, settings, settings.sft.micro_batch * settings.data.max_length)
    if kind == "rl":
        lengths = Lengths(settings.data.max_prompt_tokens, settings.rl.max_answer_tokens)
        need = rl_cost(shape, settings, lengths, GPUS["H100"], 1.0).memory
    fits = [gpu.name for gpu in GPUS.values() if gpu.memory > need.total and gpu.name != "core"]
    print_line(
        f"memory at the peak of a step, by arithmetic: {need.total / 1e9:.2f} GB a process; "
        f"fits {', '.join(fits) or 'no GPU known here: raise parallel, nodes or lower micro_batch'}"
    )
    if settings.parallel != "none":
        print_line("accelerate configuration (synthsmith train cluster writes it):")
        print(as_yaml(configuration_of(settings, cpu=False)))
