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
        self._ended = False

    def state(self) -> dict[str, Any]:
        """Called by the trainer for a checkpoint: after an epoch's last step it is the next one
        that will be resumed."""
        start = _random_state() if self._ended else self._start
        return {"args": {}, "attributes": {"start": start}}

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        self._ended = float(state.epoch).is_integer()

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
        self._start = _random_state()


def _random_state() -> str:
    return bytes(torch.get_rng_state().tolist()).hex()
