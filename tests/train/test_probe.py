"""Prompts that RL can learn from: measured once, kept for a training that goes on."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("accelerate")

from synthsmith.train import probe
from synthsmith.train.data import RlRow
from synthsmith.train_settings import RlSettings, TrainSettings

SETTINGS = TrainSettings(rl=RlSettings(probe=3))
EARNED = {"always": (1.0, 1.0, 1.0), "never": (0.0, 0.0, 0.0), "sometimes": (0.0, 1.0, 0.0),
          "unjudged": (0.0, None, 0.0)}  # fmt: skip


class Rewarder:
    """Answers are what they earn."""

    calls = 0

    def score(self, answers: list[str], truths: list[str]) -> list[Any]:
        self.calls += 1
        found = []
        for answer, truth in zip(answers, truths, strict=True):
            task, sample = answer.split("/")
            assert task == truth
            found.append(SimpleNamespace(score=EARNED[task][int(sample)]))
        return found


def batches(model: Any, tokenizer: Any, prompts: list[Any], n: int, sampling: Any) -> Any:
    """Two rollouts at once, of the last prompt first."""
    places = [(i, s) for i in reversed(range(len(prompts))) for s in range(n)]
    for at in range(0, len(places), 2):
        chosen = places[at : at + 2]
        texts = [SimpleNamespace(text=f"{prompts[i][0].content}/{s}") for i, s in chosen]
        yield SimpleNamespace(places=chosen, run=lambda texts=texts: texts)


def test_what_always_earns_the_same_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "batches", batches)
    monkeypatch.setattr(probe, "GroundTruth", SimpleNamespace(of=lambda row: row["id"]))
    rows = [RlRow(task_id=n, query=n, difficulty=0, features=(), row={"id": n}) for n in EARNED]
    model: Any = SimpleNamespace(to=lambda device: None)
    steps: list[int] = []
    for _ in range(2):
        rewarder: Any = Rewarder()
        kept = probe.probed(
            model, None, rows, rewarder, SETTINGS, tmp_path / "probe.json",
            lambda what, total, note: nullcontext(lambda: steps.append(total)),
        )  # fmt: skip
        assert [row.task_id for row in kept] == ["sometimes", "unjudged"]
    assert rewarder.calls == 0 and steps == [12] * 12
