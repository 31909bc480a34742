"""Executions per second of the judge beside other harnesses, on one core, in one run.

    python bench/judge.py [--rivals DIR] [--seconds 0.5] [--rounds 9] [--tests 20]

DIR holds clones of what the judge is set beside: LiveCodeBench, X-Coder, code-judge (see
docs/benchmarks.md); what is missing there is left out. Harnesses take short turns in many rounds,
each in a process of its own, so that whatever else the machine does touches them alike. Given are
executions per second (medians over rounds; a ratio is the median of the rounds' ratios) and, less
moved by what else the machine does, executions per second of CPU time of the harness and all its
processes. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
import importlib
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from synthsmith.judge import Judge
from synthsmith.judge.native import CXX_FLAGS
from synthsmith.records import Limits, Program

SUM = "n = int(input())\na = list(map(int, input().split()))\nprint(sum(a))\n"
IMPORTS = (
    "import sys, math, heapq, bisect, itertools, functools\n"
    "from collections import Counter, defaultdict, deque\n"
)
CPP = """#include <iostream>
int main() {
  int n;
  std::cin >> n;
  long long s = 0, x;
  while (n--) { std::cin >> x; s += x; }
  std::cout << s << std::endl;
}
"""
LOOP = """def work():
    s = 0
    for i in range({}):
        s = (s * 31 + i) % 1000003
work()
"""
WORK_MS = 20
INPUT = [f"10\n{' '.join(map(str, range(i, i + 10)))}\n" for i in range(1000)]
EXPECTED = [str(sum(range(i, i + 10))) for i in range(1000)]

# One turn: judges a program on the first so many inputs, returns the outputs; may stop early.
Turn = Callable[[int], list[str]]
# Of a program and a folder: what takes turns, or None if the language is not spoken.
Harness = Callable[[Program, Path], Turn | None]


def plain(program: Program, folder: Path) -> Turn:
    """subprocess.run; C++ is compiled beforehand, statically."""
    command = [interpreter(), "-I", "-S", str(folder / "solution.py")]
    source = folder / ("solution.py" if program.language == "python" else "solution.cpp")
    source.write_text(program.code)
    if program.language == "cpp":
        command = [str(folder / "solution")]
        subprocess.run(["g++", *CXX_FLAGS, "-static", source, "-o", command[0]], check=True)

    def one(text: str) -> str:
        return subprocess.run(command, input=text, capture_output=True, text=True).stdout

    return lambda tests: [one(text) for text in INPUT[:tests]]


def ours(program: Program, _: Path) -> Turn:
    loop, judge = entered(1)

    def take(tests: int) -> list[str]:
        run = judge.execute(program, INPUT[:tests], Limits())
        return [execution.output for execution in loop.run_until_complete(run)]

    return take


def x_coder(program: Program, _: Path) -> Turn | None:
    path = "X-Coder/data-recipe/test_generation/dual_verify"
    executor = load(path, "code_executor").CodeExecutor()
    if program.language == "cpp":
        return None
    return lambda tests: [executor.execute(program.code, t)["output"] for t in INPUT[:tests]]


def code_judge(program: Program, _: Path) -> Turn:
    os.environ.setdefault("REDIS_URI", "unused")
    config = load("code-judge", "app.config")
    most = None if program.language == "python" else 1  # it compiles for every test
    if program.language == "python":
        module = load("code-judge", "app.libs.executors.python_executor")
        executor = module.PythonExecutor(config.PYTHON_EXECUTE_COMMAND, 10, 256 << 20)
    else:
        module = load("code-judge", "app.libs.executors.cpp_executor")
        commands = config.CPP_COMPILE_COMMAND, config.CPP_EXECUTE_COMMAND
        executor = module.CppExecutor(*commands, 10, 256 << 20)

    def one(text: str) -> str:
        said: str = executor.execute_script(program.code, text, 60).stdout
        return said

    return lambda tests: [one(text) for text in INPUT[:tests][:most]]


def live_code_bench(program: Program, _: Path) -> Turn | None:
    module = load("LiveCodeBench", "lcb_runner.evaluation.compute_code_generation_metrics")
    if program.language == "cpp":
        return None

    def take(tests: int) -> list[str]:
        texts = {"inputs": INPUT[:tests], "outputs": EXPECTED[:tests]}
        sample = {"input_output": json.dumps(texts)}
        passed, _ = module.check_correctness(sample, program.code, timeout=6, debug=False)
        return [EXPECTED[i] if ok is True else "" for i, ok in enumerate(passed)]

    return take


HARNESSES: dict[str, Harness] = {
    "plain subprocess": plain,
    "X-Coder CodeExecutor": x_coder,
    "code-judge executor": code_judge,
    "LiveCodeBench check_correctness": live_code_bench,
    "judge": ours,
}
# Which figures are to be reached: harness, program, ratio.
WANTED = [
    ("X-Coder CodeExecutor", "small", 11.0),
    ("LiveCodeBench check_correctness", "small", 2.3),
    ("LiveCodeBench check_correctness", "20 ms", 1.0),
    ("plain subprocess", "C++", 3.5),
]

# Of a harness's process: where rivals are, what takes turns, what to do at the end.
rivals = Path()
turns: dict[str, Turn | None] = {}
cleanup = contextlib.ExitStack()


def load(folder: str, name: str) -> Any:
    """A rival's module; ImportError if it is not there."""
    path = str(rivals / folder)
    if path not in sys.path:
        sys.path.insert(0, path)
    return importlib.import_module(name)


def interpreter() -> str:
    """The interpreter behind any virtual environment."""
    return os.path.realpath(sys.executable)


def settle(folder: Path, cores: set[int]) -> None:
    """Begins a harness's process: pinned, with this python3 for everyone, forking as usual."""
    global rivals
    rivals = folder
    os.sched_setaffinity(0, cores)
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    multiprocessing.set_start_method("fork", force=True)


def start(folder: Path, cores: set[int]) -> ProcessPoolExecutor:
    """A process for one harness."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, context, initializer=settle, initargs=(folder, cores))


def prepare(harness: str, name: str, program: Program) -> str:
    """Makes ready and warms up; returns why it is left out, or ""."""
    folder = Path(cleanup.enter_context(tempfile.TemporaryDirectory()))
    try:
        turns[name] = HARNESSES[harness](program, folder)
    except ImportError as error:
        return f"{harness} is left out: {error}"
    turn(name, 1, 0.0)
    return ""


def turn(name: str, tests: int, seconds: float) -> tuple[int, float]:
    """How many executions in how many seconds (at least ``seconds``); none if not possible."""
    take = turns.get(name)
    if take is None:
        return 0, 1.0
    begin, done = time.perf_counter(), 0
    while not done or time.perf_counter() < begin + seconds:
        said = take(tests)
        if not said or [text.strip() for text in said] != EXPECTED[: len(said)]:
            raise SystemExit(f"{name}: wrong answers, {said[:1]}")
        done += len(said)
    return done, time.perf_counter() - begin


def cpu_seconds() -> float:
    """CPU time so far of this process, of those below it, and of those they waited for."""
    times: dict[int, tuple[int, int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            times[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    below = {os.getpid()}
    while found := {pid for pid, (parent, _) in times.items() if parent in below} - below:
        below |= found
    return sum(times[pid][1] for pid in below) / os.sysconf("SC_CLK_TCK")


@functools.cache
def entered(workers: int) -> tuple[asyncio.AbstractEventLoop, Judge]:
    """A judge of this process, closed at its end."""
    loop, judge = asyncio.new_event_loop(), Judge(workers=workers)
    loop.run_until_complete(judge.__aenter__())
    cleanup.callback(lambda: loop.run_until_complete(judge.__aexit__(None, None, None)))
    return loop, judge


def flood(workers: int, program: Program, tests: int, seconds: float) -> float:
    """Executions per second of a judge with more callers than ``workers``."""
    loop, judge = entered(workers)
    done = 0

    async def call(end: float) -> None:
        nonlocal done
        while time.perf_counter() < end:
            said = await judge.execute(program, INPUT[:tests], Limits())
            done += len(said)

    async def calls(end: float) -> None:
        await asyncio.gather(*(call(end) for _ in range(2 * workers)))

    begin = time.perf_counter()
    loop.run_until_complete(calls(begin + seconds))
    return done / (time.perf_counter() - begin)


def programs() -> dict[str, Program]:
    """What is measured; the third one is made to need about 20 ms on this machine."""
    count = 50_000
    code = compile(LOOP.format(count), "loop", "exec")
    took = min(timeit.repeat(lambda: exec(code, {}), number=1, repeat=9))
    loop = LOOP.format(int(count * WORK_MS / 1000 / took))
    return {
        "small": Program(language="python", code=SUM),
        "imports": Program(language="python", code=IMPORTS + SUM),
        "20 ms": Program(language="python", code=loop + SUM),
        "C++": Program(language="cpp", code=CPP),
    }


def compare(args: argparse.Namespace) -> None:
    """One core: every harness on every program."""
    core = {min(os.sched_getaffinity(0))}
    pools = {harness: start(args.rivals, core) for harness in HARNESSES}
    speeds: dict[tuple[str, str], list[float]] = {}
    lean: dict[tuple[str, str], list[float]] = {}
    names = programs()
    for name, program in names.items():
        for harness, pool in pools.items():
            why = pool.submit(prepare, harness, name, program).result()
            if why and name == "small":
                print(why, end="\n\n")
        counts = dict.fromkeys(pools, 0)
        before = {harness: pool.submit(cpu_seconds).result() for harness, pool in pools.items()}
        for _ in range(args.rounds):
            for harness, pool in pools.items():
                done, took = pool.submit(turn, name, args.tests, args.seconds).result()
                speeds.setdefault((harness, name), []).append(done / took)
                counts[harness] += done
        for harness, pool in pools.items():
            spent = pool.submit(cpu_seconds).result() - before[harness]
            lean[harness, name] = [counts[harness] / max(spent, 0.01)]
    for pool in pools.values():
        pool.submit(cleanup.close).result()
        pool.shutdown()
    show("executions/s", list(names), speeds)
    show("executions/s of CPU time", list(names), lean)
    for harness, name, wanted in WANTED:
        if any(speeds[harness, name]):
            one, other = (ratio(of[harness, name], of["judge", name]) for of in (speeds, lean))
            print(f"- {name}, beside {harness}: {one:.1f}; in CPU time {other:.1f} "
                  f"(wanted: {wanted})")  # fmt: skip


def show(title: str, names: list[str], of: dict[tuple[str, str], list[float]]) -> None:
    print(f"| {title} (judge's ratio) | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
    for harness in HARNESSES:
        cells = (cell(of[harness, name], of["judge", name]) for name in names)
        print(f"| {harness} | {' | '.join(cells)} |")
    print()


def ratio(theirs: list[float], judge: list[float]) -> float:
    return statistics.median(ours / other for ours, other in zip(judge, theirs, strict=True))


def cell(theirs: list[float], judge: list[float]) -> str:
    if not any(theirs):
        return "–"
    speed = f"{statistics.median(theirs):.0f}"
    return speed if theirs is judge else f"{speed} ({ratio(theirs, judge):.1f})"


def compare_cores(args: argparse.Namespace) -> None:
    """Two cores: one judge with two workers beside two judges, each on a core of its own."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    small = programs()["small"]
    both = start(args.rivals, set(cores))
    single = [start(args.rivals, {core}) for core in cores]
    shares = []
    for number in range(args.rounds + 1):
        together = both.submit(flood, 2, small, args.tests, 2 * args.seconds).result()
        apart = [p.submit(flood, 1, small, args.tests, 2 * args.seconds) for p in single]
        if number:
            shares.append(together / sum(future.result() for future in apart))
    for pool in (both, *single):
        pool.submit(cleanup.close).result()
        pool.shutdown()
    low, middle, high = min(shares), statistics.median(shares), max(shares)
    print(f"- two cores: {middle:.0%} of two pinned copies at once ({low:.0%}-{high:.0%}; "
          "wanted: 95%)")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rivals", type=Path, default=Path("rivals"), help="their clones")
    parser.add_argument("--seconds", type=float, default=0.5, help="length of a turn")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each harness")
    parser.add_argument("--tests", type=int, default=20, help="tests per solution")
    args = parser.parse_args()
    args.rivals = args.rivals.resolve()
    print(f"{args.tests} tests a solution, {args.rounds} rounds of {args.seconds} s; "
          f"load average {os.getloadavg()[0]:.1f} before")  # fmt: skip
    compare(args)
    if len(os.sched_getaffinity(0)) > 1:
        compare_cores(args)
    print(f"\ntier {entered(1)[1].tier}; load average {os.getloadavg()[0]:.1f} after")
    cleanup.close()


if __name__ == "__main__":
    main()
