"""The command itself: help, usage errors, exit codes, Ctrl-C at bad moments."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Command, one_line, write_lines

COMMAND = [sys.executable, "-c", "from synthsmith.cli import main; main()"]


@pytest.mark.parametrize(
    "args",
    [
        ["--nope"],
        ["bogus"],
        ["run"],
        ["run", "a", "b", "c"],
        ["judge", "x"],
        ["run", "x.toml", "--tasks", "0"],
        ["run", "x.toml", "--tasks", "many"],
    ],
)
def test_a_wrong_call_is_no_traceback_and_exit_2(synthsmith: Command, args: list[str]) -> None:
    result = synthsmith(*args)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert "Usage" in result.stderr


def test_help_and_version(synthsmith: Command) -> None:
    assert "judge" in synthsmith().stdout + synthsmith().stderr
    for verb in ("run", "judge", "verify"):
        result = synthsmith(verb, "--help")
        assert result.returncode == 0
        assert "Traceback" not in result.stderr
    assert synthsmith("--version").stdout.startswith("synthsmith ")


def test_odd_arguments_are_one_line(synthsmith: Command, tmp_path: Path) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text('name = "r"\ntasks = 1\n')
    problem = {"id": "p", "candidates": [{"id": "a", "language": "python", "code": "1"}]}
    source = write_lines(tmp_path / "in.jsonl", [problem | {"tests": [{"input": ""}]}])
    assert "--seeds is empty" in one_line(synthsmith("run", recipe, "--seeds", ""))
    one_line(synthsmith("run", recipe, "--out", "x" * 300))
    one_line(synthsmith("judge", source, "-o", "x" * 300))
    one_line(synthsmith("judge", source, "-o", tmp_path))
    assert synthsmith("judge", source, "-o", "/dev/null").returncode == 0


def slow_problems(path: Path) -> Path:
    code = "import time\ntime.sleep(0.5)\nprint(input())"
    candidates = [{"id": f"c{i}", "language": "python", "code": code + " " * i} for i in range(4)]
    tests = [{"input": f"{i}\n"} for i in range(3)]
    rows = [{"id": f"p{i}", "candidates": candidates, "tests": tests} for i in range(40)]
    return write_lines(path, rows)


@pytest.mark.parametrize("verb", ["judge", "verify"])
def test_ctrl_c_keeps_whole_lines_and_exits_130(tmp_path: Path, verb: str) -> None:
    source = slow_problems(tmp_path / "in.jsonl")
    out = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        [*COMMAND, verb, str(source), "-o", str(out)], stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (out.exists() and out.stat().st_size):
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "same command" in said
    for line in out.read_text("utf-8").splitlines():
        json.loads(line)


def test_a_second_ctrl_c_stops_a_run_at_once(tmp_path: Path) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text('name = "r"\ntasks = 300\n')
    process = subprocess.Popen(
        [*COMMAND, "run", str(recipe), "--out", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (tmp_path / "out" / "ledger.sqlite").exists():
        time.sleep(0.1)
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
