"""avg@k while training: when it is measured, who is told, and when it stops a training."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("transformers")

from synthsmith.train import holdout
from synthsmith.train.data import RlRow
from synthsmith.train.session import HOLDOUT_AVG
from synthsmith.train_settings import HoldoutSettings

ROW = RlRow(task_id="t", query="q", difficulty=0, features=(), row={})


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[int, float]] = []

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float]) -> None:
        self.heard.append((state.global_step, logs[HOLDOUT_AVG]))


def trained(
    metrics: Path, scores: dict[int, float], patience: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[Listener, int]:
    """Steps 3 to 12 of a training whose avg@k goes as ``scores``; who listened, the last step."""
    listener, control = Listener(), SimpleNamespace(should_training_stop=False)
    state = SimpleNamespace(global_step=0, max_steps=12, is_world_process_zero=True)
    monkeypatch.setattr(holdout, "measure", lambda *_: scores[state.global_step])
    callback = holdout.HoldoutCallback(
        [ROW],
        None,
        HoldoutSettings(),
        2,
        patience,
        metrics,
        [listener],  # type: ignore[arg-type]
    )
    callback.on_train_begin(None, state, control)
    for step in range(3, 13):
        state.global_step = step
        callback.on_step_end(None, state, control, model=None, processing_class=None)
        if control.should_training_stop:
            break
    return listener, state.global_step


@pytest.mark.parametrize(
    ("patience", "before", "last"),
    [
        (0, {}, 12),  # never
        (2, {}, 10),  # 6 was the best
        (2, {2: 0.9}, 6),  # 2 was, before a kill: 4 and 6 are no gain
        (3, {}, 12),
    ],
)
def test_patience_counts_measurements_without_a_gain(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    patience: int,
    before: dict[int, float],
    last: int,
) -> None:
    scores = {4: 0.2, 6: 0.5, 8: 0.5, 10: 0.4, 12: 0.3}
    metrics = tmp_path / "metrics.jsonl"
    rows = [{"step": step, HOLDOUT_AVG: score} for step, score in before.items()]
    metrics.write_text("".join(json.dumps(row) + "\n" for row in rows))
    listener, stopped = trained(metrics, scores, patience, monkeypatch)
    assert stopped == last
    assert listener.heard == [(step, score) for step, score in scores.items() if step <= last]
