"""Progress of a training, step by step, as the caller shows it, and its end on Ctrl-C."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from transformers import TrainerCallback

from synthsmith.train.session import HOLDOUT_AVG

Progress = Callable[[str, int, Callable[[], str]], AbstractContextManager[Callable[[], None]]]


class Stop(TrainerCallback):  # type: ignore[misc]
    """Ends a training after the step in which the person asked for it, with a checkpoint.

    ``on_signal`` is given what to call when they do. Then the trainer's ``train`` raises
    KeyboardInterrupt.
    """

    def __init__(self, on_signal: Callable[[Callable[[], None]], None]) -> None:
        self._on_signal = on_signal
        self._asked, self._stopped = threading.Event(), False

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        self._on_signal(self._asked.set)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        if self._asked.is_set() and not control.should_training_stop:
            self._stopped = control.should_save = control.should_training_stop = True

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer."""
        if self._stopped:
            raise KeyboardInterrupt


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
        shown = ("loss", "eval_loss", "reward", HOLDOUT_AVG)
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
