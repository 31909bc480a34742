"""``synthsmith run`` as a person meets it: results, resumption, and errors in one line."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from conftest import Command, one_line

from synthsmith.store import Spending, opened_ledger, spendings, together

RECIPE = """\
name = "tiny"
seed = 5
tasks = {tasks}
[features]
evolve_rounds = 1
evolve_prompts = 3
[seeds]
limit = 20
[limits]
time_limit_s = 1.0
[solve]
candidates = 5
"""
RUN = [sys.executable, "-c", "from synthsmith.cli import main; main()", "run"]


def recipe(folder: Path, tasks: int = 4, text: str = RECIPE) -> Path:
    path = folder / "tiny.toml"
    path.write_text(text.format(tasks=tasks), "utf-8")
    return path


def rows(out: Path, table: str = "verified") -> list[dict[str, Any]]:
    found = pq.read_table(out / f"{table}.parquet").to_pylist()
    return sorted(found, key=repr)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An undisturbed run of six tasks."""
    folder = tmp_path_factory.mktemp("finished")
    out = folder / "out"
    subprocess.run([*RUN, recipe(folder, 6), "--out", out], check=True, capture_output=True)
    return out


def test_a_run_ends_with_everything_published(finished: Path) -> None:
    for name in (
        "recipe.toml",
        "report.html",
        "features.parquet",
        "tasks.parquet",
        "dropped.parquet",
        "dataset/README.md",
        "dataset/sft/train.parquet",
        "dataset/rl/train.parquet",
    ):
        assert (finished / name).stat().st_size > 0, name
    verified = rows(finished)
    assert verified, "none of six tasks verified"
    for row in verified:
        assert len(row["tests"]) >= 8
        assert row["holdout_pass_rate"] == 1
        assert len(row["task"]["samples"]) >= 2
        assert row["golden"]["id"] == row["solutions"][0]["id"]
        assert len(row["pass_rates"]) >= 3
    sft = pq.read_table(finished / "dataset/sft/train.parquet").to_pylist()
    assert len(sft) == len(verified)
    assert "<think>" in sft[0]["messages"][1]["content"]
    reasons = pq.read_table(finished / "dropped.parquet")["reason"].to_pylist()
    card = (finished / "dataset/README.md").read_text("utf-8").replace("\\", "")
    assert reasons, "nothing was dropped, so the card tells nothing of it"
    for reason in set(reasons):
        assert f"| {reason} | {reasons.count(reason)} |" in card


def test_again_is_the_same_and_pays_nothing(finished: Path, synthsmith: Command) -> None:
    before, paid = rows(finished), attempts(finished)
    result = synthsmith("run", recipe(finished.parent, 6), "--out", finished)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1].endswith("report.html")
    assert rows(finished) == before
    assert attempts(finished) == paid


def attempts(out: Path) -> dict[tuple[str, str], int]:
    """Paid calls by kind and key, as the ledger counted them."""
    with sqlite3.connect(out / "ledger.sqlite") as connection:
        found = {(kind, key): n for kind, key, n in connection.execute("SELECT * FROM attempts")}
    connection.close()
    return found


def test_killed_ten_times_it_ends_with_the_same_rows(finished: Path, tmp_path: Path) -> None:
    out = tmp_path / "killed"
    command = [*RUN, str(recipe(tmp_path, 6)), "--out", str(out)]
    moments = random.Random(7)
    committed: dict[str, int] = {}
    kills = 0
    while kills < 10:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, said = process.communicate(timeout=moments.uniform(0.3, 3.5))
            assert process.returncode == 0, said
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        kills += 1
        committed = unpaid_again(out, committed)
    subprocess.run(command, check=True, capture_output=True)
    assert rows(out) == rows(finished)
    assert rows(out, "dropped") == rows(finished, "dropped")
    unpaid_again(out, committed)
    assert paid(out) == paid(finished)


def paid(out: Path) -> tuple[Spending, ...]:
    """What a run folder's ledger says it cost."""
    with opened_ledger(out) as (_, ledger):
        return spendings(ledger)


def closing_line(said: str) -> list[str]:
    """The cells of the last row of the table that a run ends with."""
    (line,) = (one for one in said.splitlines() if one.startswith("together"))
    return line.split()


def test_a_budget_stops_the_run_again_and_again_and_nothing_is_counted_twice(
    finished: Path, synthsmith: Command, tmp_path: Path
) -> None:
    whole = together(paid(finished))
    assert whole.prompt_tokens and whole.completion_tokens and whole.reasoning_tokens
    assert whole.money is whole.cached_tokens is None, "the embedded teacher has neither"
    tokens = whole.prompt_tokens + whole.completion_tokens
    for share in (0.1, 0.6):
        budget = round(tokens * share)
        text = RECIPE + f"[budget]\nmax_tokens_total = {budget}\n"
        result = synthsmith("run", recipe(tmp_path, 6, text), "--out", "out")
        assert "budget.max_tokens_total" in one_line(result, 3)
        so_far = together(paid(tmp_path / "out"))
        counted = (so_far.prompt_tokens or 0) + (so_far.completion_tokens or 0)
        assert budget <= counted < tokens, "a new process knows what the one before it paid"
        assert closing_line(result.stderr)[1] == f"{so_far.calls:,}"
    result = synthsmith("run", recipe(tmp_path, 6), "--out", "out")
    assert result.returncode == 0, result.stderr
    assert paid(tmp_path / "out") == paid(finished)
    assert rows(tmp_path / "out") == rows(finished)
    assert f"{tokens:,} tokens, " in result.stderr, "the progress display counts all of it"
    assert closing_line(result.stderr) == [
        "together",
        f"{whole.calls:,}",
        f"{whole.prompt_tokens:,}",
        "—",
        f"{whole.completion_tokens:,}",
        f"{whole.reasoning_tokens:,}",
    ]
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert f"{whole.completion_tokens:,}" in page


def unpaid_again(out: Path, before: dict[str, int]) -> dict[str, int]:
    """Attempts of the committed completions; none of those known before may have grown."""
    if not (out / "ledger.sqlite").exists():
        return before
    connection = sqlite3.connect(out / "ledger.sqlite")
    try:
        bodies = {key for (key,) in connection.execute("SELECT key FROM bodies")}
    except sqlite3.OperationalError:
        return before
    finally:
        connection.close()
    now = {key: n for (_, key), n in attempts(out).items() if key in bodies}
    assert {key: now[key] for key in before} == before
    return now


def test_ctrl_c_publishes_what_is_verified_and_says_how_to_go_on(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [*RUN, str(recipe(tmp_path, 200)), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (out / "ledger.sqlite").exists():
        time.sleep(0.1)
    time.sleep(8)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "same command" in said
    assert (out / "verified.parquet").exists()
    assert (out / "report.html").exists()
    assert len(rows(out)) > 0


def test_bad_seeds(synthsmith: Command, tmp_path: Path) -> None:
    tiny = recipe(tmp_path)
    assert "nowhere" in one_line(synthsmith("run", tiny, "--seeds", "nowhere"))
    (tmp_path / "empty").mkdir()
    assert "empty" in one_line(synthsmith("run", tiny, "--seeds", "empty"))
    assert not (tmp_path / "runs").exists(), "nothing is made for a run that cannot begin"


def test_bad_recipes(synthsmith: Command, tmp_path: Path) -> None:
    assert "no recipe at" in one_line(synthsmith("run", "none.toml"))
    bad = recipe(tmp_path, text='name = "a"\ncandidates = 3\n')
    assert "unknown key `candidates`" in one_line(synthsmith("run", bad))
    bad = recipe(tmp_path, text='name = "a"\ntasks = "3"\n')
    assert "at key tasks" in one_line(synthsmith("run", bad))


def test_a_changed_recipe_is_refused_by_key(
    finished: Path, synthsmith: Command, tmp_path: Path
) -> None:
    before = rows(finished)
    changed = recipe(tmp_path, 6, RECIPE.replace("candidates = 5", "candidates = 6"))
    assert "solve.candidates" in one_line(synthsmith("run", changed, "--out", finished))
    fewer = recipe(tmp_path, 5)
    assert "tasks" in one_line(synthsmith("run", fewer, "--out", finished))
    other = tmp_path / "code"
    other.mkdir()
    (other / "a.py").write_text("n = int(input())\nprint(sum(range(n)) * 2)\n" * 5)
    assert "seeds" in one_line(
        synthsmith("run", recipe(tmp_path, 6), "--seeds", other, "--out", finished)
    )
    assert rows(finished) == before


def test_a_folder_that_is_not_ours(synthsmith: Command, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("do not lose me")
    assert "theirs" in one_line(synthsmith("run", recipe(tmp_path), "--out", theirs))
    assert [p.name for p in theirs.iterdir()] == ["thesis.txt"]
    assert "thesis.txt" in one_line(
        synthsmith("run", recipe(tmp_path), "--out", theirs / "thesis.txt")
    )


def test_damage_in_the_committed_range(finished: Path, synthsmith: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(finished), str(copy)], check=True)
    pack = min((copy / "packs").iterdir())
    body = bytearray(pack.read_bytes())
    body[len(body) // 2] ^= 0xFF
    pack.write_bytes(body)
    line = one_line(synthsmith("run", recipe(tmp_path, 6), "--out", copy))
    assert pack.name in line
    assert "offset" in line
    assert pack.read_bytes() == bytes(body), "a damaged pack is left for its owner to look at"


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_loses_nothing_and_the_run_goes_on_when_there_is_room(
    finished: Path, synthsmith: Command, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount")
    try:
        line = one_line(synthsmith("run", recipe(tmp_path, 6), "--out", disk / "out"))
        assert "disk" in line or "space" in line
        grow = ["mount", "-o", "remount,size=64m", str(disk)]
        subprocess.run(grow, check=True)
        assert synthsmith("run", recipe(tmp_path, 6), "--out", disk / "out").returncode == 0
        assert rows(disk / "out") == rows(finished)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_read_only_output_folder(synthsmith: Command, tmp_path: Path) -> None:
    line = one_line(synthsmith("run", recipe(tmp_path), "--out", "/proc/synthsmith"))
    assert "/proc/synthsmith" in line


def test_progress_is_plain_lines_where_there_is_no_terminal(
    finished: Path, synthsmith: Command
) -> None:
    said = synthsmith("run", recipe(finished.parent, 6), "--out", finished).stderr
    assert "forging tasks: 6/6" in said
    assert "\x1b" not in said
