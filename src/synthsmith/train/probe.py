"""Which prompts RL can learn from, by rollouts of the model before training."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from accelerate import PartialState
from accelerate.utils import broadcast_object_list

from synthsmith.errors import InputError
from synthsmith.evaluate.local_model import Sampling, batches
from synthsmith.files import replaced
from synthsmith.records import Message
from synthsmith.train.data import RlRow
from synthsmith.train.reward import GroundTruth, Rewarder
from synthsmith.train.watch import Progress
from synthsmith.train_settings import TrainSettings


def probed(
    model: Any,
    tokenizer: Any,
    rows: Sequence[RlRow],
    rewarder: Rewarder,
    settings: TrainSettings,
    kept: Path,
    progress: Progress,
) -> list[RlRow]:
    """The rows of ``rows`` that are ``undecided``, by the first process, which alone is sure to
    hold the model. ``kept`` keeps the choice: a training that goes on takes the same prompts.

    Raises InputError where it cannot be read or written.
    """
    names: list[Any] = [None]
    if PartialState().is_main_process:
        if not kept.exists():
            found = undecided(model, tokenizer, rows, rewarder, settings, progress)
            with replaced(kept) as partial:
                partial.write_text(json.dumps([row.task_id for row in found]), "utf-8")
        try:
            names = [json.loads(kept.read_text("utf-8"))]
        except ValueError as error:
            raise InputError(f"cannot read {kept}: {error}") from None
    chosen = set(broadcast_object_list(names)[0])
    return [row for row in rows if row.task_id in chosen]


def undecided(
    model: Any,
    tokenizer: Any,
    rows: Sequence[RlRow],
    rewarder: Rewarder,
    settings: TrainSettings,
    progress: Progress,
) -> list[RlRow]:
    """The rows whose ``rl.probe`` rollouts do not all earn the same: from the others, which are
    solved always or never, a group learns nothing. A row that the judge failed at stays."""
    rl = settings.rl
    sampling = Sampling(
        temperature=rl.temperature, max_new_tokens=rl.max_answer_tokens, seed=settings.seed,
        batch=settings.holdout.batch,
    )  # fmt: skip
    prompts = [[Message(role="user", content=row.query)] for row in rows]
    scores: list[set[float | None]] = [set() for _ in rows]
    truths = [GroundTruth.of(row.row) for row in rows]
    device = PartialState().device
    model.to(device)
    half = device.type == "cuda" and settings.precision == "bf16"
    with (
        progress("probing prompts", len(rows) * rl.probe, lambda: "rollouts") as advance,
        torch.autocast(device.type, torch.bfloat16, enabled=half),
    ):
        for batch in batches(model, tokenizer, prompts, rl.probe, sampling):
            places = [place for place, _ in batch.places]
            texts = [sample.text for sample in batch.run()]
            rewards = rewarder.score(texts, [truths[place] for place in places])
            for place, reward in zip(places, rewards, strict=True):
                scores[place].add(reward.score)
                advance()
    model.to("cpu")
    return [row for row, found in zip(rows, scores, strict=True) if None in found or len(found) > 1]
