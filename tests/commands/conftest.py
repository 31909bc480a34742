"""The command line as a person runs it: a process, its output, its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def synthsmith(tmp_path: Path) -> Command:
    """Runs ``synthsmith ARGS…`` in an empty folder."""

    def run(*args: object) -> subprocess.CompletedProcess[str]:
        code = "from synthsmith.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", code, *map(str, args)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run


def one_line(result: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """The single error line of a failed command; checks exit code and absence of a traceback."""
    lines = [line for line in result.stderr.splitlines() if line.startswith("synthsmith: ")]
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    assert len(lines) == 1, result.stderr
    return lines[0]


def write_lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
