"""What SFT and RL tell the trainer alike."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

import torch
from datasets import disable_progress_bars
from transformers.utils import logging

from synthsmith.errors import InputError
from synthsmith.train_settings import TrainSettings


def processes() -> int:
    """Processes of this training, as the launcher says."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def is_main() -> bool:
    """Whether this process writes the files of the training."""
    return os.environ.get("RANK", "0") == "0"


def accumulation(batch: int, micro_batch: int, count: int) -> int:
    """Micro-batches each of ``count`` processes takes for an optimizer step. Raises InputError if
    that is no whole number."""
    together = micro_batch * count
    if batch % together:
        raise InputError(
            f"a batch of {batch} cannot be made of {count} processes with {micro_batch} "
            "each: change batch or micro_batch"
        )
    return batch // together


def common(settings: TrainSettings, checkpoints: Path) -> dict[str, Any]:
    """Arguments of every trainer."""
    gpu = torch.cuda.is_available()
    return {
        "output_dir": str(checkpoints),
        "seed": settings.seed,
        "data_seed": settings.seed,
        "use_cpu": not gpu,
        "bf16": gpu and settings.precision == "bf16",
        "activation_checkpointing": settings.gradient_checkpointing,
        "save_strategy": "steps",
        "save_steps": settings.checkpoint_every,
        "save_total_limit": 2,
        "report_to": [],
        "logging_strategy": "steps",
        "logging_nan_inf_filter": False,
        "dataloader_num_workers": 0,
        "dataloader_pin_memory": gpu,
        "disable_tqdm": True,
        "log_level": "error",
    }


def quiet() -> None:
    """No bars of the libraries, progress is shown by ours, and nothing of what they will change in
    one another. To be called before a trainer is made, whose PrinterCallback is to be removed as
    well."""
    warnings.filterwarnings("ignore", category=FutureWarning)
    disable_progress_bars()
    logging.disable_progress_bar()
