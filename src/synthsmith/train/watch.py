"""Progress of a training, step by step, as the caller shows it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from transformers import TrainerCallback

Progress = Callable[[str, int, Callable[[], str]], AbstractContextManager[Callable[[], None]]]


class Watch(TrainerCallback):  # type: ignore[misc]
    """A context manager; shows steps done and the last loss, reward and held-out avg@k."""

    def __init__(self, what: str, progress: Progress) -> None:
        self._what, self._progress = what, progress
        self._stack = ExitStack()
        self._advance: Callable[[], None] | None = None
        self._last: dict[str, float] = {}

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _note(self) -> str:
        shown = ("loss", "eval_loss", "reward", "holdout_avg")
        found = [f"{key} {self._last[key]:.3g}" for key in shown if key in self._last]
        return ", ".join(found) or "first step"

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        if state.is_world_process_zero:
            total = state.max_steps - state.global_step
            shown = self._progress(self._what, total, self._note)
            self._advance = self._stack.enter_context(shown)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        if self._advance is not None:
            self._advance()

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any
    ) -> None:
        """Called by the trainer."""
        self._last |= logs or {}
