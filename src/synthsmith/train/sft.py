"""Supervised fine-tuning on a published SFT set, by TRL's SFTTrainer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset as Table
from transformers import IntervalStrategy, PrinterCallback
from trl import SFTConfig, SFTTrainer

from synthsmith.errors import InputError
from synthsmith.train import model as models
from synthsmith.train.adapters import adapters, finish
from synthsmith.train.arguments import accumulation, common, processes, quiet
from synthsmith.train.data import Dataset, SftRow, in_order
from synthsmith.train.failures import told
from synthsmith.train.order import SameOrder
from synthsmith.train.session import Session, Trained
from synthsmith.train.sharding import shard_without_gpu
from synthsmith.train_settings import TrainSettings

_LOGGED = 0.01
"""Share of the steps from one line of metrics to the next."""


def train_sft(
    settings: TrainSettings,
    data: Dataset,
    session: Session,
    callbacks: Sequence[Any],
    start: Path | None = None,
) -> Trained:
    """Train until the last step, from the last checkpoint where there is one.

    ``start`` is a checkpoint to go on from instead of the recipe's model. ``callbacks`` get the
    model and tokenizer with every call. Raises InputError for settings that cannot work.
    """
    # Made first: where processes share a model, only then does loading it know of the others.
    arguments = _arguments(settings, session)
    shard_without_gpu()
    quiet()
    ordered = in_order(data.sft["train"], settings.data, settings.seed)
    model, tokenizer = starting_point(settings, ordered, start)
    rows = fitting(ordered, tokenizer, settings)
    if not rows:
        raise InputError(f"no row is within {settings.data.max_length} tokens: raise max_length")
    validation = fitting(data.sft["validation"], tokenizer, settings)[: settings.holdout.tasks]
    if not validation:
        arguments.eval_strategy = IntervalStrategy.NO
    trainer = SFTTrainer(
        model=model,
        processing_class=tokenizer,
        args=arguments,
        train_dataset=_table(rows),
        eval_dataset=_table(validation) if validation else None,
        peft_config=adapters(settings),
        callbacks=[SameOrder(), *callbacks],
    )
    trainer.remove_callback(PrinterCallback)
    checkpoint = session.checkpoint()
    with told():
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        base = (lambda: starting_point(settings, ordered, start)[0]) if settings.lora else None
        finish(trainer, tokenizer, session.model, base)
    return Trained(trainer.state.global_step, len(rows))


def starting_point(
    settings: TrainSettings, rows: Sequence[SftRow], start: Path | None
) -> tuple[Any, Any]:
    """Model and tokenizer before the first step. Raises InputError as ``load`` does."""
    if start or settings.model:
        return models.load(str(start or settings.model), settings)
    texts = (text for row in rows for text in (row.query, row.response))
    return models.from_scratch(texts, settings)


def fitting(rows: Sequence[SftRow], tokenizer: Any, settings: TrainSettings) -> list[SftRow]:
    """The rows within the length limits."""
    data, frame = settings.data, models.frame_tokens(tokenizer)

    def fits(row: SftRow) -> bool:
        prompt = len(tokenizer(row.query)["input_ids"])
        whole = prompt + len(tokenizer(row.response)["input_ids"]) + frame
        return prompt <= data.max_prompt_tokens and whole <= data.max_length

    return [row for row in rows if fits(row)]


def _table(rows: Sequence[SftRow]) -> Table:
    return Table.from_list(
        [
            {
                "prompt": [{"role": "user", "content": row.query}],
                "completion": [{"role": "assistant", "content": row.response}],
            }
            for row in rows
        ]
    )


def packed(settings: TrainSettings) -> bool:
    """Whether rows share a sequence here, where flash attention may or may not be installed."""
    return settings.packs and models.attention(settings) == "flash_attention_2"


def _arguments(settings: TrainSettings, session: Session) -> SFTConfig:
    sft = settings.sft
    every = sft.evaluate_every
    packing = packed(settings)
    order = "random" if packing else "group_by_length"
    return SFTConfig(
        **common(settings, session.checkpoints),
        max_steps=sft.max_steps or -1,
        num_train_epochs=sft.epochs,
        per_device_train_batch_size=sft.micro_batch,
        per_device_eval_batch_size=sft.micro_batch,
        gradient_accumulation_steps=accumulation(sft.batch, sft.micro_batch, processes()),
        learning_rate=sft.learning_rate,
        lr_scheduler_type="cosine_with_min_lr",
        lr_scheduler_kwargs={"min_lr_rate": sft.min_learning_rate},
        warmup_steps=sft.warmup,  # below 1 it is a share
        weight_decay=sft.weight_decay,
        adam_beta2=sft.beta2,
        max_grad_norm=sft.clip,
        optim="adamw_torch_fused" if torch.cuda.is_available() else "adamw_torch",
        logging_steps=_LOGGED,
        eval_strategy="steps" if every else "no",
        eval_steps=every or None,
        train_sampling_strategy="sequential" if settings.data.curriculum else order,
        max_length=settings.data.max_length,
        packing=packing,
        completion_only_loss=True,
    )
