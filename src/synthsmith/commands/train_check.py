"""``synthsmith train … --dry-run``: everything that can be known before training."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from synthsmith.commands.progress import print_line
from synthsmith.errors import InputError
from synthsmith.recipe import Recipe
from synthsmith.train.arguments import accumulation, processes, quiet
from synthsmith.train.cluster import as_json, configuration_of
from synthsmith.train.cost import GPUS, memory, rl_memory
from synthsmith.train.data import Dataset, require_prompts
from synthsmith.train.reward import GroundTruth
from synthsmith.train.rl import prompts
from synthsmith.train.sft import fitting, packed, starting_point
from synthsmith.train.shape import of_config
from synthsmith.train_settings import TrainSettings


def check(recipe: Recipe, kind: str, data: Dataset, start: Path | None) -> None:
    """Print what a training would do; raises InputError for what it would stop at."""
    settings = recipe.train
    quiet()
    model, tokenizer = starting_point(settings, data.sft["train"], start)
    count = sum(parameter.numel() for parameter in model.parameters())
    print_line(f"model: {start or settings.model or 'scratch'}, {count:,} parameters")
    if kind == "sft":
        steps = _sft_rows(settings, data, tokenizer)
        batch, micro_batch = settings.sft.batch, settings.sft.micro_batch
    else:
        steps = _rl_rows(settings, data, tokenizer)
        batch, micro_batch = settings.rl.prompts * settings.rl.rollouts, settings.rl.micro_batch
    accumulate = accumulation(batch, micro_batch, processes())
    bound = " at most (rows are packed)" if kind == "sft" and packed(settings) else ""
    print_line(
        f"{steps} steps{bound}, each of {accumulate} micro-batches on {processes()} processes here"
    )
    _memory(settings, kind, model.config.to_dict())
    if settings.parallel != "none":
        accumulation(batch, micro_batch, settings.nodes * settings.gpus_per_node)
        print_line("accelerate configuration (synthsmith train cluster writes it):")
        print(as_json(configuration_of(settings, cpu=False)), end="")


def _sft_rows(settings: TrainSettings, data: Dataset, tokenizer: Any) -> int:
    """Tell the rows; returns the steps."""
    rows = data.sft["train"]
    kept = fitting(rows, tokenizer, settings)
    if not kept:
        raise InputError(f"no row is within {settings.data.max_length} tokens: raise max_length")
    asked = _lengths([row.query for row in kept], tokenizer)
    answered = _lengths([row.response for row in kept], tokenizer)
    longest = max(p + a for p, a in zip(asked, answered, strict=True))
    print_line(
        f"tokens, median: {statistics.median(asked):.0f} of a prompt, "
        f"{statistics.median(answered):.0f} of an answer, longest row {longest}"
    )
    print_line(f"left out for their length: {len(rows) - len(kept)} of {len(rows)} SFT rows")
    sft = settings.sft
    return sft.max_steps or math.ceil(sft.epochs * math.ceil(len(kept) / sft.batch))


def _rl_rows(settings: TrainSettings, data: Dataset, tokenizer: Any) -> int:
    rows = data.rl["train"]
    kept = prompts(rows, tokenizer, settings)
    require_prompts(kept, settings)
    for row in kept:
        GroundTruth.of(row.row)
    median = statistics.median(_lengths([row.query for row in kept], tokenizer))
    print_line(f"tokens, median: {median:.0f} of a prompt")
    print_line(f"left out for their length: {len(rows) - len(kept)} of {len(rows)} prompts")
    if settings.rl.probe:
        print_line(f"{settings.rl.probe} rollouts of each prompt then tell which are left")
    return settings.rl.max_steps


def _lengths(texts: Sequence[str], tokenizer: Any) -> list[int]:
    return [len(tokenizer(text)["input_ids"]) for text in texts]


def _memory(settings: TrainSettings, kind: str, config: dict[str, Any]) -> None:
    try:
        shape = of_config(config)
    except InputError as error:
        print_line(f"no estimate of the memory: {error}")
        return
    if kind == "sft":
        need = memory(shape, settings, settings.sft.micro_batch * settings.data.max_length)
    else:
        longest = settings.data.max_prompt_tokens + settings.rl.max_answer_tokens
        need = rl_memory(shape, settings, longest)
    fits = [gpu.name for gpu in GPUS.values() if gpu.memory > need.total and gpu.name != "core"]
    print_line(
        f"memory at the peak of a step, by arithmetic: {need.total / 1e9:.2f} GB a process; "
        f"fits {', '.join(fits) or 'no GPU known here: raise parallel, nodes or lower micro_batch'}"
    )
