"""The study of RL's gain: what the control may spend, and the table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("trl")

from synthsmith.errors import InputError
from synthsmith.evaluate.metrics import avg_at_k, paired_difference
from synthsmith.studies.rl import Gap, RlStudy, Scored, markdown, steps_for

RIGHT, WRONG = [True, True], [False, False]


def test_the_control_gets_the_steps_that_the_time_pays_for(tmp_path: Path) -> None:
    rows = [{"step": 10, "cpu_s": 5.0}, {"step": 110, "cpu_s": 55.0}]
    (tmp_path / "metrics.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert steps_for(100.0, tmp_path) == 200
    assert steps_for(0.1, tmp_path) == 1


def test_a_pace_needs_two_lines(tmp_path: Path) -> None:
    (tmp_path / "metrics.jsonl").write_text('{"step": 10, "cpu_s": 5.0}\n')
    with pytest.raises(InputError, match="too few steps"):
        steps_for(100.0, tmp_path)


def test_the_table_has_every_seed_and_the_mean_over_seeds() -> None:
    better, worse = [RIGHT, RIGHT, RIGHT, WRONG], [RIGHT, WRONG, WRONG, WRONG]
    scores = [
        Scored(model=name, seed=seed, score=avg_at_k(table), cpu_min=1.5, steps=60)
        for seed in (1, 2)
        for name, table in (("rl", better), ("control", worse))
    ]
    gap = paired_difference(better, worse)
    gaps = [Gap(first="rl", second="control", seed=seed, difference=gap) for seed in (1, 2)]
    text = markdown(RlStudy(tasks=4, samples=2, scores=tuple(scores), gaps=tuple(gaps)))
    assert "| rl | 2 | 75.0% | 0.0% | 60 | 1.5 |" in text
    assert f"| rl − control | 1 | +50.0 | {100 * gap.se:.1f} |" in text
    assert "- rl − control over 2 seeds: +50.0 ± 0.0 points" in text
