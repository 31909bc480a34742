"""The order of rows in a training that goes on in the middle of an epoch."""

from __future__ import annotations

from typing import Any

import torch
from transformers import TrainerCallback
from transformers.trainer_callback import ExportableState


class SameOrder(TrainerCallback, ExportableState):  # type: ignore[misc]
    """Keeps torch's random state at an epoch's start in the checkpoint, and puts it back.

    From it the trainer's sampler of rows of like length draws the epoch's order; the state that
    the trainer keeps itself (5.23) is that of the checkpoint's own moment.
    """

    def __init__(self) -> None:
        self._start = self._resumed = ""

    def state(self) -> dict[str, Any]:
        """Called by the trainer for a checkpoint."""
        return {"args": {}, "attributes": {"start": self._start}}

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        if state.global_step:
            saved = state.stateful_callbacks.get(type(self).__name__, {})
            self._resumed = saved.get("attributes", {}).get("start", "")

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer before it draws the order."""
        if self._resumed:
            known = bytearray.fromhex(self._resumed)
            torch.set_rng_state(torch.frombuffer(known, dtype=torch.uint8))
            self._resumed = ""
        self._start = bytes(torch.get_rng_state().tolist()).hex()
