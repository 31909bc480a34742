"""The road over what a real language model answered: docs/prompts.md tells how it was recorded.

A change to a template or to the road's choices makes the cassette stale; it is then recorded anew.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]


def test_a_real_models_answers_make_verified_tasks(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from synthsmith.cli import main; main()", "run"]
    arguments = ["tests/cassettes/reader.toml", "--seeds", "tests/cassettes/seeds.jsonl"]
    done = subprocess.run(
        [*command, *arguments, "--out", str(tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = pq.read_table(tmp_path / "out" / "verified.parquet").to_pylist()
    assert len(rows) == 12
    assert len(Counter(row["task"]["style"] for row in rows)) == 3
    for row in rows:
        assert row["holdout_pass_rate"] == 1
        assert len(row["tests"]) >= 16
        assert {test["confidence"] for test in row["tests"]} == {1.0}
