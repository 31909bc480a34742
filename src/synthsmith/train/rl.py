"""RL with execution reward: GRPO by TRL, every rollout judged on its task's tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset as Table
from transformers import PrinterCallback
from trl import GRPOConfig, GRPOTrainer

from synthsmith.train import model as models
from synthsmith.train.adapters import adapters, finish
from synthsmith.train.arguments import accumulation, common, processes, quiet
from synthsmith.train.data import Dataset, RlRow, in_order, require_prompts
from synthsmith.train.failures import told
from synthsmith.train.probe import probed
from synthsmith.train.reward import GroundTruth, Rewarder, trl_reward
from synthsmith.train.session import Session, Trained
from synthsmith.train.sharding import shard_without_gpu
from synthsmith.train.watch import Progress
from synthsmith.train_settings import TrainSettings


def train_rl(
    settings: TrainSettings,
    data: Dataset,
    session: Session,
    rewarder: Rewarder,
    callbacks: Sequence[Any],
    start: Path,
    progress: Progress,
) -> Trained:
    """Train the checkpoint ``start`` until the last step, from the last checkpoint where there is
    one.

    Raises InputError for settings that cannot work, and where no prompt is left.
    """
    arguments = _arguments(settings, session)
    shard_without_gpu()
    quiet()
    model, tokenizer = models.load(str(start), settings)
    rows = prompts(data.rl["train"], tokenizer, settings)
    if settings.rl.probe:
        kept = session.folder / "probe.json"
        with told():
            rows = probed(model, tokenizer, rows, rewarder, settings, kept, progress)
    require_prompts(rows, settings)
    table = Table.from_list(
        [
            {"prompt": [{"role": "user", "content": row.query}], "truth": row.task_id}
            for row in in_steps(rows, settings)
        ]
    )
    truths = {row.task_id: GroundTruth.of(row.row) for row in rows}
    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=[trl_reward(rewarder, truths)],
        args=arguments,
        train_dataset=table,
        peft_config=adapters(settings),
        callbacks=list(callbacks),
    )
    trainer.remove_callback(PrinterCallback)
    checkpoint = session.checkpoint()
    with told():
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        base = (lambda: models.load(str(start), settings)[0]) if settings.lora else None
        finish(trainer, tokenizer, session.model, base)
    return Trained(trainer.state.global_step, len(rows))


def prompts(rows: Sequence[RlRow], tokenizer: Any, settings: TrainSettings) -> list[RlRow]:
    """The rows within the length limit, in the order they are fed."""
    most = settings.data.max_prompt_tokens
    ordered = in_order(rows, settings.data, settings.seed)
    return [row for row in ordered if len(tokenizer(row.query)["input_ids"]) <= most]


def in_steps(rows: Sequence[RlRow], settings: TrainSettings) -> list[RlRow]:
    """The prompts of all steps, epoch after epoch, each in an order of its own; what does not fill
    a step at an epoch's end is left out.

    Laid out before the first step, so that a resumed training goes on with the same ones: the
    trainer's own sampler (TRL 1.16) would begin again with the first epoch's order.
    """
    needed, step = settings.rl.max_steps * settings.rl.prompts, settings.rl.prompts
    generator = torch.Generator().manual_seed(settings.seed)
    order: list[int] = []
    while len(order) < needed:
        epoch = torch.arange(len(rows))
        if not settings.data.curriculum:
            epoch = torch.randperm(len(rows), generator=generator)
        order += epoch[: len(rows) // step * step].tolist()
    return [rows[index] for index in order[:needed]]


def _arguments(settings: TrainSettings, session: Session) -> GRPOConfig:
    rl = settings.rl
    return GRPOConfig(
        **common(settings, session.checkpoints),
        max_steps=rl.max_steps,
        per_device_train_batch_size=rl.micro_batch,
        gradient_accumulation_steps=accumulation(
            rl.prompts * rl.rollouts, rl.micro_batch, processes()
        ),
        num_generations=rl.rollouts,
        max_completion_length=rl.max_answer_tokens,
        temperature=rl.temperature,
        beta=rl.beta,
        learning_rate=rl.learning_rate,
        lr_scheduler_type="constant",
        optim="adamw_torch",
        logging_steps=1,
        shuffle_dataset=False,
        use_vllm=rl.rollout_engine == "vllm",
        vllm_mode="colocate",
    )
