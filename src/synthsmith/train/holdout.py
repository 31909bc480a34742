"""avg@k on held-out validation tasks while training, and early stop on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from synthsmith.evaluate.local_model import Sampling, generate
from synthsmith.evaluate.metrics import avg_at_k
from synthsmith.records import Message
from synthsmith.train.data import RlRow
from synthsmith.train.reward import GroundTruth, Rewarder
from synthsmith.train.session import HOLDOUT_AVG, read_metrics
from synthsmith.train_settings import HoldoutSettings


class HoldoutCallback(TrainerCallback):  # type: ignore[misc]
    """Measures every ``every`` steps and at the end; stops after ``patience`` measurements
    without a gain (0: never). ``listeners`` are told, as of what the trainer logs; ``metrics`` is
    the file where one of them keeps it."""

    def __init__(
        self,
        rows: Sequence[RlRow],
        rewarder: Rewarder,
        settings: HoldoutSettings,
        every: int,
        patience: int,
        metrics: Path,
        listeners: Sequence[TrainerCallback],
    ) -> None:
        self._rows = rows[: settings.tasks]
        self._rewarder, self._settings = rewarder, settings
        self._every, self._patience = every, patience
        self._metrics, self._listeners = metrics, listeners
        self._seen: dict[int, float] = {}

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer: what was measured before a kill counts."""
        rows = read_metrics(self._metrics)
        self._seen = {int(row["step"]): row[HOLDOUT_AVG] for row in rows if HOLDOUT_AVG in row}

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Called by the trainer."""
        step = state.global_step
        due = step == state.max_steps or (self._every and step % self._every == 0)
        if not due or not self._rows or not state.is_world_process_zero:
            return
        score = measure(
            kwargs["model"], kwargs["processing_class"], self._rows, self._rewarder, self._settings
        )
        self._seen[step] = score
        for one in self._listeners:
            one.on_log(args, state, control, logs={HOLDOUT_AVG: score})
        best = max(self._seen, key=lambda at: self._seen[at])
        since = sum(at > best for at in self._seen)
        if self._patience and since >= self._patience:
            control.should_training_stop = True


def measure(
    model: Any,
    tokenizer: Any,
    rows: Sequence[RlRow],
    rewarder: Rewarder,
    settings: HoldoutSettings,
) -> float:
    """avg@k of a model in memory; an answer the judge could not judge counts as not passed."""
    prompts = [[Message(role="user", content=row.query)] for row in rows]
    sampling = Sampling(
        temperature=settings.temperature, max_new_tokens=settings.max_tokens, batch=settings.batch
    )
    answers = generate(model, tokenizer, prompts, settings.samples, sampling)
    flat = [sample.text for samples in answers for sample in samples]
    truths = [truth for row in rows for truth in [GroundTruth.of(row.row)] * settings.samples]
    passed = [reward.solved for reward in rewarder.score(flat, truths)]
    k = settings.samples
    return avg_at_k([passed[i : i + k] for i in range(0, len(passed), k)]).mean
