"""Low-rank adapters (LoRA, Hu et al. 2021), and saving what was trained with or without them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from peft import LoraConfig, PeftModel

from synthsmith.train_settings import TrainSettings


def adapters(settings: TrainSettings) -> LoraConfig | None:
    """Low-rank adapters on every linear layer, None where all weights are trained."""
    lora = settings.lora
    if lora is None:
        return None
    return LoraConfig(
        r=lora.rank, lora_alpha=lora.alpha, lora_dropout=lora.dropout,
        target_modules="all-linear", task_type="CAUSAL_LM",
    )  # fmt: skip


def finish(trainer: Any, tokenizer: Any, folder: Path, base: Callable[[], Any] | None) -> None:
    """Save the trained model as a checkpoint that ``model.load`` and every server reads.

    ``base`` makes the model that adapters were trained on, None where all weights were: they are
    saved as ``adapters`` beside it and merged into it.
    """
    if base is None:
        trainer.save_model(str(folder))
    else:
        # Saved first: where processes share the model, none of them could merge it in memory.
        apart = folder.with_name("adapters")
        trainer.save_model(str(apart))
        if trainer.is_world_process_zero():
            whole = PeftModel.from_pretrained(base(), str(apart)).merge_and_unload()
            whole.save_pretrained(folder)
    if trainer.is_world_process_zero():
        tokenizer.save_pretrained(folder)
