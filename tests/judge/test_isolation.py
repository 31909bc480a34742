"""What may be asked of the judge's isolation, and what it says of itself."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import msgspec
import pytest

from synthsmith.errors import InputError
from synthsmith.judge import Judge, sandbox
from synthsmith.recipe import JudgeSettings, Recipe, changed_keys, recipe_digest
from synthsmith.records import Limits, Program

LIMITS = Limits(time_limit_s=1.0, memory_limit_mb=128)
ACCEPTED = "none-i-accept-the-risk"


@pytest.mark.parametrize("wanted", ["none", "D", "", "a", "none-i-accept"])
async def test_nothing_else_is_understood(wanted):
    with pytest.raises(InputError, match="unknown isolation"):
        await Judge(isolation=wanted).__aenter__()


def test_less_than_tier_c_is_never_tried_unasked():
    assert {one.tier for one in sandbox.candidates("auto")} <= {"A", "B", "C"}
    assert [one.tier for one in sandbox.candidates("C")] == ["C"]
    assert [one.tier for one in sandbox.candidates(ACCEPTED)] == ["none"]


async def test_a_machine_that_cannot_isolate_is_refused_with_the_reasons(monkeypatch):
    monkeypatch.setattr(sandbox, "candidates", lambda wanted: [])
    with pytest.raises(InputError, match=r"cannot isolate.*: no memory and pids control groups"):
        await Judge(workers=1).__aenter__()


async def test_without_isolation_limits_hold_and_every_verdict_says_so():
    code = "import os, time\nif os.fork() == 0:\n    time.sleep(60)\nelse:\n    print(input())"
    cases = [
        ("python", code, "ran"),
        ("python", "while True: pass", "time_limit_exceeded"),
        ("python", "x = bytearray(1 << 30)", "memory_limit_exceeded"),
        ("cpp", "#include <cstdio>\nint main() { return getchar() != '7'; }", "ran"),
    ]
    async with Judge(workers=1, isolation=ACCEPTED) as judge:
        assert judge.tier == "none"
        assert "NO ISOLATION" in judge.warning
        for language, source, status in cases:
            program = Program(language=language, code=source)
            for execution in await judge.execute(program, ["7", "7"], LIMITS):
                assert (execution.verdict.status, execution.verdict.tier) == (status, "none")
    deadline = time.monotonic() + 10
    while left := of_our_users():
        assert time.monotonic() < deadline, left
        await asyncio.sleep(0.05)


def of_our_users() -> list[str]:
    """Processes of users that only this process gives out (to workers, if it is root)."""
    first, found = sandbox.first_uid(), []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            status = (path / "status").read_text()
        except OSError:
            continue
        uid = int(status.partition("\nUid:")[2].split()[0])
        if uid in range(first, first + sandbox.UIDS) and "\nState:\tZ" not in status:
            found.append(path.name)
    return found


def test_a_run_may_go_on_in_another_tier():
    recipe = Recipe(name="x")
    other = msgspec.structs.replace(recipe, judge=JudgeSettings(isolation="C", workers=3))
    assert changed_keys(recipe, other) == []
    assert recipe_digest(recipe) == recipe_digest(other)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"isolation": "none"}, JudgeSettings)


def test_boxes_of_killed_judges_are_swept(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for owner in (os.getpid(), 1 << 30):
        (tmp_path / f"synthsmith-box-{owner}-x").mkdir()
    sandbox.sweep()
    assert [path.name for path in tmp_path.iterdir()] == [f"synthsmith-box-{os.getpid()}-x"]
