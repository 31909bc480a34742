"""A training folder: settings, checkpoints, metrics, the finished model.

    sft/  settings.json  checkpoints/  metrics.jsonl  tensorboard/  model/  result.json  README.md

``result.json`` is written last: where it stands, the training is done. A checkpoint counts from
the moment its trainer_state.json is whole.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from transformers import TrainerCallback

from synthsmith.errors import InputError
from synthsmith.files import replaced
from synthsmith.records import Record
from synthsmith.store.locks import lock_folder, unlock
from synthsmith.train.arguments import is_main
from synthsmith.train.failures import NOT_A_NUMBER


class Result(Record, frozen=True):
    """``result.json``. ``cpu_s`` and ``wall_s`` are over all attempts, children included; of one
    that was killed, what stood in the metrics by then."""

    kind: str
    steps: int
    rows: int
    seed: int
    cpu_s: float
    wall_s: float
    start: str
    """What training started from: a checkpoint, or ``scratch``."""


class Trained(NamedTuple):
    """How many steps were taken, on how many rows."""

    steps: int
    rows: int


class Session:
    """One training in ``folder``; a context manager, which keeps the folder for itself.

    Raises InputError where another was begun there, or one goes on.
    """

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        self.folder = folder
        self.checkpoints = folder / "checkpoints"
        self.model = folder / "model"
        self._began = time.monotonic()
        self._cpu = cpu_seconds()
        self._lock = -1
        if is_main():
            self._claim(settings)
        self._before = _spent(folder)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock >= 0:
            unlock(self._lock)

    def _claim(self, settings: dict[str, Any]) -> None:
        path = self.folder / "settings.json"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = lock_folder(self.folder)
            if not path.exists():
                with replaced(path) as partial:
                    partial.write_text(json.dumps(settings, indent=1), "utf-8")
            known = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"cannot use {self.folder}: {error}") from None
        changed = [
            key for key in sorted({*known, *settings}) if known.get(key) != settings.get(key)
        ]
        if changed:
            raise InputError(
                f"{self.folder} holds a training with other settings ({', '.join(changed)}): "
                "name another folder with --out, or delete it"
            )

    @property
    def result(self) -> Result | None:
        """What came out, once it is done."""
        path = self.folder / "result.json"
        return msgspec.json.decode(path.read_bytes(), type=Result) if path.exists() else None

    def checkpoint(self) -> Path | None:
        """The last whole checkpoint; torn ones are removed, and metrics after it forgotten."""
        found: dict[int, Path] = {}
        for path in self.checkpoints.glob("checkpoint-*"):
            try:
                state = json.loads((path / "trainer_state.json").read_text("utf-8"))
                found[int(state["global_step"])] = path
            except (OSError, ValueError, KeyError):
                if is_main():
                    shutil.rmtree(path, ignore_errors=True)
        last = max(found, default=0)
        metrics = self.folder / "metrics.jsonl"
        if metrics.exists() and is_main():
            kept = [row for row in read_metrics(metrics) if row["step"] <= last]
            with replaced(metrics) as partial:
                partial.write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
        return found.get(last)

    def spent(self) -> tuple[float, float]:
        """CPU and wall seconds of all attempts."""
        cpu, wall = self._before
        return cpu + cpu_seconds() - self._cpu, wall + time.monotonic() - self._began

    def finish(self, result: Result) -> None:
        """Mark the training as done."""
        with replaced(self.folder / "result.json") as partial:
            partial.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1))


HOLDOUT_AVG = "holdout_avg"
"""What held-out avg@k is called in the metrics."""


class Recorder(TrainerCallback):  # type: ignore[misc]
    """Appends what is measured to ``metrics.jsonl``, with the step and the time spent, and to
    TensorBoard's events. Raises InputError once the loss is not a number."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.path = session.folder / "metrics.jsonl"
        self._events: Any = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Called by the trainer; hides what was measured after the checkpoint it goes on from."""
        if state.is_world_process_zero:
            from torch.utils.tensorboard import SummaryWriter

            folder = str(self._session.folder / "tensorboard")
            self._events = SummaryWriter(folder, purge_step=state.global_step + 1)

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any
    ) -> None:
        """Called by the trainer."""
        logs = logs or {}
        if not math.isfinite(logs.get("loss", 0.0)):
            raise InputError(f"the loss is no number at step {state.global_step}: {NOT_A_NUMBER}")
        if not state.is_world_process_zero or not logs:
            return
        cpu, wall = self._session.spent()
        numbers = {k: v for k, v in logs.items() if isinstance(v, int | float)}
        row = {
            "step": state.global_step,
            **numbers,
            "cpu_s": round(cpu, 2),
            "wall_s": round(wall, 2),
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        for name, value in numbers.items():
            self._events.add_scalar(name, value, state.global_step)
        self._events.flush()


def read_metrics(path: Path) -> list[dict[str, float]]:
    """The whole rows of a ``metrics.jsonl``, [] where there is none."""
    rows = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            rows.append(json.loads(line))
        except ValueError:  # torn by a kill
            break
    return rows


def _spent(folder: Path) -> tuple[float, float]:
    rows = read_metrics(folder / "metrics.jsonl")
    return (rows[-1]["cpu_s"], rows[-1]["wall_s"]) if rows else (0.0, 0.0)


def cpu_seconds() -> float:
    """CPU time of this process and of the children it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
