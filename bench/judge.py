"""Executions per second of the judge beside plain subprocess, on one core, in one run.

    python bench/judge.py [--seconds 2] [--rounds 3] [--tests 20]

The harnesses take turns, so that whatever else the machine does touches them alike. Every one
starts a fresh process per test; plain subprocess isolates nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from synthsmith.judge import Judge
from synthsmith.records import Limits, Program

SUM = "n = int(input())\na = list(map(int, input().split()))\nprint(sum(a))\n"
PROGRAMS = {
    "small": Program(language="python", code=SUM),
    "imports": Program(
        language="python",
        code="import sys, math, heapq, bisect, itertools, functools\n"
        "from collections import Counter, defaultdict, deque\n" + SUM,
    ),
    "20 ms": Program(
        language="python",
        code="s = 0\nfor i in range(250000):\n    s = (s * 31 + i) % 1000003\n" + SUM,
    ),
    "C++": Program(
        language="cpp",
        code="#include <bits/stdc++.h>\nint main() {\n  int n;\n  std::cin >> n;\n"
        "  long long s = 0, x;\n  while (n--) { std::cin >> x; s += x; }\n"
        "  std::cout << s << std::endl;\n}\n",
    ),
}


def plain_command(program: Program, folder: Path) -> list[str]:
    """How plain subprocess runs it; C++ is compiled beforehand, statically."""
    if program.language == "python":
        source = folder / "solution.py"
        source.write_text(program.code)
        return [os.path.realpath(sys.executable), "-I", "-S", str(source)]
    source = folder / "solution.cpp"
    source.write_text(program.code)
    binary = folder / "solution"
    subprocess.run(["g++", "-std=c++20", "-O2", "-static", source, "-o", binary], check=True)
    return [str(binary)]


def run_plain(command: list[str], inputs: list[str]) -> list[str]:
    return [
        subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
        for text in inputs
    ]


async def run_ours(judge: Judge, program: Program, inputs: list[str]) -> list[str]:
    return [e.output for e in await judge.execute(program, inputs, Limits())]


async def measure(program: Program, tests: int, seconds: float, rounds: int) -> dict[str, float]:
    inputs = [f"10\n{' '.join(map(str, range(i, i + 10)))}\n" for i in range(tests)]
    expected = [f"{sum(range(i, i + 10))}\n" for i in range(tests)]
    counts = {"plain": 0, "ours": 0}
    spent = {"plain": 0.0, "ours": 0.0}
    async with Judge(workers=1) as judge:
        with tempfile.TemporaryDirectory() as folder:
            command = plain_command(program, Path(folder))
            await run_ours(judge, program, inputs)
            for harness in ["plain", "ours"] * rounds:
                start = time.perf_counter()
                while time.perf_counter() < start + seconds:
                    if harness == "plain":
                        outputs = run_plain(command, inputs)
                    else:
                        outputs = await run_ours(judge, program, inputs)
                    if outputs != expected:
                        raise SystemExit(f"{harness} is wrong: {outputs[:1]}")
                    counts[harness] += tests
                spent[harness] += time.perf_counter() - start
        tier = judge.tier
    return {name: counts[name] / spent[name] for name in counts} | {"tier": ord(tier)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a turn")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each harness")
    parser.add_argument("--tests", type=int, default=20, help="tests per solution")
    args = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    table = Table("program", "plain subprocess /s", "judge /s", "ratio", "tier")
    for name, program in PROGRAMS.items():
        speed = asyncio.run(measure(program, args.tests, args.seconds, args.rounds))
        ratio = speed["ours"] / speed["plain"]
        table.add_row(
            name, f"{speed['plain']:.0f}", f"{speed['ours']:.0f}", f"{ratio:.1f}",
            chr(int(speed["tier"])),
        )  # fmt: skip
    Console().print(table)


if __name__ == "__main__":
    main()
