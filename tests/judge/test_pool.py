"""What the pool survives: killed workers, cancelled calls, load, long use."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from synthsmith.errors import InputError
from synthsmith.judge import Judge
from synthsmith.records import Limits, Program

LIMITS = Limits(time_limit_s=1.0, memory_limit_mb=128, output_limit_mb=1)
ADD = Program(language="python", code="print(sum(map(int, input().split())))")
ADD_CPP = Program(
    language="cpp",
    code="#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b; }",
)
HOG = [sys.executable, "-c", "while True: pass"]
MIXED = [
    (ADD, "ran"),
    (ADD_CPP, "ran"),
    (Program(language="python", code="1/0"), "runtime_error"),
    (Program(language="python", code="x = 'a'\nwhile 1: x += x"), "memory_limit_exceeded"),
    (
        Program(language="python", code="while 1: print('xxxxxxxxxxxx' * 99)"),
        "output_limit_exceeded",
    ),
    (Program(language="python", code="def"), "compile_error"),
    (Program(language="python", code="import os\nos.fork()"), "runtime_error"),
    (
        Program(language="cpp", code="int main() { int *volatile p = 0; return *p; }"),
        "runtime_error",
    ),
]


def family(pid: int) -> list[int]:
    """All processes below ``pid``."""
    found = []
    for child in Path(f"/proc/{pid}/task").glob("*/children"):
        for name in child.read_text().split():
            found += [int(name), *family(int(name))]
    return found


async def test_killed_workers_lose_nothing():
    rng = random.Random(1)
    program = Program(language="python", code="import time\ntime.sleep(0.01)\n" + ADD.code)
    inputs = [f"{i} 1" for i in range(20)]
    kills = 0

    async def kill_often() -> None:
        nonlocal kills
        while True:
            await asyncio.sleep(rng.uniform(0.05, 0.25))
            victims = family(os.getpid())
            if victims:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(rng.choice(victims), signal.SIGKILL)
                    kills += 1

    async with Judge(workers=2) as judge:
        killer = asyncio.create_task(kill_often())
        done = await asyncio.gather(*(judge.execute(program, inputs, LIMITS) for _ in range(15)))
        killer.cancel()
    assert kills >= 10
    for executions in done:
        assert [e.verdict.detail for e in executions] == [""] * 20
        assert [e.output for e in executions] == [f"{i + 1}\n" for i in range(20)]


async def test_hundreds_of_mixed_calls_at_once():
    async with Judge(workers=2) as judge:
        calls = [(*MIXED[i % len(MIXED)], i) for i in range(96)]
        done = await asyncio.gather(
            *(judge.execute(program, [f"{i} 1", "1 1"], LIMITS) for program, _, i in calls)
        )
    for (program, status, i), executions in zip(calls, done, strict=True):
        assert [e.verdict.status for e in executions] == [status, status], program.code
        if status == "ran":
            assert [e.output.strip() for e in executions] == [str(i + 1), "2"]


async def test_verdicts_beside_a_busy_machine():
    async def all_of_them() -> list[tuple[str, bool]]:
        async with Judge(workers=2) as judge:
            done = await asyncio.gather(
                *(judge.execute(program, ["1 2", "3 4"], LIMITS) for program, _ in MIXED)
            )
        return [(e.verdict.status, e.verdict.near_limit) for one in done for e in one]

    quiet = await all_of_them()
    hogs = [await asyncio.create_subprocess_exec(*HOG) for _ in range(2)]
    try:
        busy = await all_of_them()
    finally:
        for hog in hogs:
            hog.kill()
            await hog.wait()
    for (status, near), (other, other_near) in zip(quiet, busy, strict=True):
        assert status == other or near or other_near


async def test_early_stop_counts_what_was_killed_at_a_limit_only():
    code = "n = int(input())\nprint(1 // n if n < 2 else 'x' * 2**21)"
    program = Program(language="python", code=code)
    inputs = ["1", "2", "0", "1", "2", "0"]
    async with Judge(workers=1) as judge:
        done = await judge.execute(program, inputs, LIMITS, stop_after=2)
        none = await judge.execute(program, [], LIMITS)
    assert [e.verdict.status for e in done] == [
        "ran", "output_limit_exceeded", "runtime_error", "ran", "output_limit_exceeded", "not_run",
    ]  # fmt: skip
    assert none == []


async def test_a_cancelled_call_frees_its_place():
    endless = Program(language="python", code="import time\ntime.sleep(100)")
    async with Judge(workers=1) as judge:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(judge.execute(endless, [""] * 50, LIMITS), 0.3)
        done = await judge.execute(ADD, ["1 2"], LIMITS)
    assert done[0].output == "3\n"


async def test_long_use_grows_nothing():
    def held() -> tuple[int, int]:
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir())), len(family(os.getpid()))

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    async with Judge(workers=1) as judge:
        for i in range(40):  # more than the judge caches
            await judge.execute(ADD, [f"{i} {j}" for j in range(10)], LIMITS)
        before, memory = held(), resident()
        for i in range(150):
            await judge.execute(ADD, [f"{i} {j}" for j in range(10)], LIMITS)
        assert held() == before
        assert resident() - memory < 4 << 20


async def test_a_program_near_its_limit_says_so():
    code = "import time\nend = float(input())\nwhile time.process_time() < end: pass"
    program = Program(language="python", code=code)
    async with Judge(workers=1) as judge:
        near, far, over = await judge.execute(program, ["0.95", "0.1", "5"], LIMITS)
    assert near.verdict.near_limit and near.verdict.status in ("ran", "time_limit_exceeded")
    assert not far.verdict.near_limit and far.verdict.status == "ran"
    assert over.verdict.status == "time_limit_exceeded"
    # Where others leave it less than a third of a core, it cannot be told how much too slow it is.
    assert not over.verdict.near_limit or over.verdict.detail == "ran out of wall time"


async def test_function_style_is_for_python():
    async with Judge(workers=1) as judge:
        with pytest.raises(InputError, match="Python"):
            await judge.execute(
                Program(language="cpp", code="", io="function", fn_name="f"), [""], LIMITS
            )


async def test_no_compiler_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(InputError, match="install gcc"):
        await Judge().__aenter__()


async def test_a_cache_that_cannot_be_written_is_one_clear_line(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    with pytest.raises(InputError, match="cache"):
        await Judge().__aenter__()


async def test_version_names_what_alters_verdicts():
    async with Judge(workers=1) as one, Judge(workers=1) as other:
        assert one.version == other.version
        assert one.tier in ("A", "B", "C")
        assert bool(one.warning) == (one.tier != "A")
