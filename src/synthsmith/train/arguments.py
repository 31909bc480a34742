"""What SFT and RL tell the trainer alike."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import torch
from transformers import PrinterCallback
from transformers.utils import logging

from synthsmith.errors import InputError
from synthsmith.train_settings import TrainSettings


def processes() -> int:
    """Processes of this training, as the launcher says."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def is_main() -> bool:
    """Whether this process writes the files of the training."""
    return os.environ.get("RANK", "0") == "0"


def accumulation(batch: int, micro_batch: int) -> int:
    """Micro-batches a process takes for an optimizer step. Raises InputError if that is no
    whole number."""
    together = micro_batch * processes()
    if batch % together:
        raise InputError(
            f"a batch of {batch} cannot be made of {processes()} processes with {micro_batch} "
            "each: change batch or micro_batch"
        )
    return batch // together


def common(settings: TrainSettings, checkpoints: Path) -> dict[str, Any]:
    """Arguments of every trainer."""
    gpu = torch.cuda.is_available()
    checkpointing = settings.gradient_checkpointing
    return {
        "output_dir": str(checkpoints),
        "seed": settings.seed,
        "data_seed": settings.seed,
        "use_cpu": not gpu,
        "bf16": gpu and settings.precision == "bf16",
        "gradient_checkpointing": checkpointing,
        "gradient_checkpointing_kwargs": {"use_reentrant": False} if checkpointing else None,
        "save_strategy": "steps",
        "save_steps": settings.checkpoint_every,
        "save_total_limit": 2,
        "report_to": ["tensorboard"],
        "logging_strategy": "steps",
        "dataloader_num_workers": 0,
        "dataloader_pin_memory": gpu,
        "disable_tqdm": True,
        "log_level": "error",
    }


def steps_of(rows: int, batch: int, epochs: float, max_steps: int) -> int:
    """Optimizer steps: ``max_steps`` where it is given, else by epochs."""
    return max_steps or max(1, math.ceil(rows / batch * epochs))


def quiet(trainer: Any) -> None:
    """No output of the trainer's own: progress and metrics are shown and kept by ours."""
    trainer.remove_callback(PrinterCallback)
    logging.disable_progress_bar()
