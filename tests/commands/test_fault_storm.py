"""A whole run in which 30% of the calls fail, by the bench that counts what it pays."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from test_over_http import embedded

BENCH = Path(__file__).parents[2] / "bench" / "faults.py"
FAULTS = (
    "429", "429 with Retry-After", "500", "503", "200 with an error", "malformed JSON",
    "empty choices", "content null", "hang",
)  # fmt: skip


def test_a_run_through_a_storm_of_faults_ends_with_the_same_rows(tmp_path: Path) -> None:
    recipe = embedded(tmp_path)
    text = recipe.read_text("utf-8")
    recipe.write_text(text.replace("concurrency = 1", "concurrency = 12"), "utf-8")
    command = [sys.executable, "-W", "error", BENCH, "--recipe", recipe, "--queue-s", "5"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    found = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", result.stdout, re.MULTILINE))
    for table in ("verified", "dropped", "features", "tasks"):
        assert found[f"{table}.parquet"] == "the same"
    assert int(found["verified"]) > 0
    for fault in FAULTS:
        assert int(found[fault]) > 0, fault
    assert int(found.get("cut body", 0)) + int(found.get("cut stream", 0)) > 0
    assert 1 <= float(found["**paid / needed**"].strip("*")) <= 1.02
    assert "tokens/s written" in result.stderr
