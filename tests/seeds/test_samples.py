"""The bundled samples: correct programs, every one of them usable. They are our own, so they run
here without the judge."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from synthsmith.recipe import SeedSettings
from synthsmith.seeds import read_seeds
from synthsmith.seeds.reader import SAMPLES

CASES: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("sample_cases.json").read_text("utf-8")
)
PYTHON = sorted(name for name in CASES if name.endswith(".py"))
CPP = sorted(name for name in CASES if name.endswith(".cpp"))


def _output(command: list[str], text: str) -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_enough_and_all_are_usable() -> None:
    seeds, drops = read_seeds("", SeedSettings())
    assert drops == []
    assert {seed.origin for seed in seeds} == set(CASES)
    assert len(seeds) >= 100
    assert min(len(PYTHON), len(CPP)) >= 30


@pytest.mark.parametrize("name", [*PYTHON, *CPP])
def test_each_begins_with_a_comment_and_is_of_contest_length(name: str) -> None:
    lines = (SAMPLES / name).read_text("utf-8").splitlines()
    assert lines[0].startswith("# " if name.endswith(".py") else "// ")
    assert 10 <= len(lines) <= 62


def test_python_samples_print_the_right_answer() -> None:
    def wrong(name: str) -> str | None:
        shown = _output([sys.executable, "-I", "-S", str(SAMPLES / name)], CASES[name]["input"])
        return None if shown.split() == CASES[name]["output"].split() else f"{name}: {shown}"

    with ThreadPoolExecutor(2) as pool:
        assert [text for text in pool.map(wrong, PYTHON) if text] == []


@pytest.mark.parametrize("name", CPP[::9])
def test_some_cpp_samples_print_the_right_answer(name: str, tmp_path: Path) -> None:
    program = tmp_path / "program"
    _output(["g++", "-std=c++20", "-O0", "-o", str(program), str(SAMPLES / name)], "")
    assert _output([str(program)], CASES[name]["input"]).split() == CASES[name]["output"].split()
