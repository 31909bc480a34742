"""Long trials of the judge: ``python bench/soak.py [tiers|load|long|kills]...``

tiers  The whole hostile battery in every tier that works here.
load   N mixed programs, a third of them hostile, quietly and then beside a busy process per core:
       every verdict is the same, or was marked as too close to its limit to call.
long   N executions: memory, descriptors and processes before and after.
kills  50 times SIGKILL of a random process of the judge in one run: every verdict right.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "hostile"), str(ROOT / "tests" / "judge")]

import test_hostile as hostile  # noqa: E402
import test_problems as problems  # noqa: E402

from synthsmith.errors import InputError  # noqa: E402
from synthsmith.judge import Judge  # noqa: E402
from synthsmith.records import Limits, Program  # noqa: E402

LIMITS = Limits(time_limit_s=0.5, memory_limit_mb=128, output_limit_mb=1)
ADD = "print(sum(map(int, input().split())))"
ADD_CPP = """
#include <cstdio>
int main() { int a, b; scanf("%d %d", &a, &b); printf("%d", a + b); }
"""
HOG = [sys.executable, "-c", "while True: pass"]
KILLS = 50
Named = tuple[str, Program, list[str]]


def hostile_programs(secret: Path) -> list[Named]:
    """Name, program and inputs of the hostile battery."""
    found = []
    for kind in hostile.KINDS:
        for case in hostile.load(kind):
            program = Program(
                language=case["language"],
                code=hostile.filled(case["code"], case, secret),
                io="function" if "function" in case else "stdin",
                fn_name=case.get("function", ""),
            )
            inputs = [hostile.filled(text, case, secret) for text in case.get("inputs", [""])]
            found.append((f"{case['name']} ({case['language']})", program, inputs))
    return found


def problem_programs() -> list[Named]:
    """The same of all variants of all problems."""
    return [
        (f"{problem['name']}, {label}", program, [text for text, _ in problems.cases_of(problem)])
        for file in problems.FILES
        for problem in problems.load(file)
        for label, program in problems.variants(problem)
    ]


def mixed(count: int, secret: Path) -> list[Named]:
    """``count`` programs, every third one hostile, in a fixed order without order."""
    third = itertools.islice(itertools.cycle(hostile_programs(secret)), count // 3)
    rest = itertools.islice(itertools.cycle(problem_programs()), count - count // 3)
    chosen = [*third, *rest]
    random.Random(0).shuffle(chosen)
    return chosen


async def verdicts(programs: list[Named]) -> list[list[tuple[str, bool]]]:
    """Status and nearness to a limit of every execution, by program."""
    async with Judge() as judge:
        done = await asyncio.gather(
            *(judge.execute(program, inputs, LIMITS) for _, program, inputs in programs)
        )
    return [[(e.verdict.status, e.verdict.near_limit) for e in one] for one in done]


@contextlib.contextmanager
def hogs() -> Iterator[None]:
    """A busy process for every core."""
    running = [subprocess.Popen(HOG) for _ in os.sched_getaffinity(0)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


async def load(count: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder, "secret")
        secret.write_text("SECRET-CONTENT")
        programs = mixed(count, secret)
        start = time.monotonic()
        quiet = await verdicts(programs)
        middle = time.monotonic()
        print(f"quietly: {middle - start:.0f} s", flush=True)
        with hogs():
            busy = await verdicts(programs)
    print(f"| programs | executions | quiet | beside {len(os.sched_getaffinity(0))} hogs |")
    print("|---|---|---|---|")
    print(
        f"| {count} | {sum(map(len, quiet))} | {middle - start:.0f} s "
        f"| {time.monotonic() - middle:.0f} s |"
    )
    marked = unmarked = 0
    for (name, _, _), before, after in zip(programs, quiet, busy, strict=True):
        for (one, near), (other, near_too) in zip(before, after, strict=True):
            if one == other:
                continue
            excused = near or near_too
            marked += excused
            unmarked += not excused
            print(f"  {name}: {one}, then {other}{', marked near_limit' if excused else ''}")
    print(f"marked near_limit: {sum(n for one in quiet for _, n in one)} quietly,", end=" ")
    print(f"{sum(n for one in busy for _, n in one)} under load")
    print(f"different and marked: {marked}; different and not marked: {unmarked}")
    faults = Counter(s for one in [*quiet, *busy] for s, _ in one)["judge_error"]
    print(f"judge errors: {faults}")
    return unmarked == 0 and faults == 0


async def tiers() -> bool:
    cases = [case for kind in hostile.KINDS for case in hostile.load(kind)]
    print("| tier | programs | seconds | wrong | left behind |")
    print("|---|---|---|---|---|")
    good = True
    for tier in "ABC":
        start, before = time.monotonic(), hostile.machine()
        with tempfile.TemporaryDirectory(prefix="secret") as folder:
            secret = Path(folder, "secret")
            secret.write_text("SECRET-CONTENT")
            try:
                async with Judge(isolation=tier) as judge:
                    calls = (hostile.verdict_of(judge, case, secret) for case in cases)
                    wrong = list(itertools.chain(*await asyncio.gather(*calls)))
            except InputError:
                print(f"| {tier} | not possible here | | | |")
                continue
        left = [name for name, value in hostile.machine().items() if value != before[name]]
        spent = time.monotonic() - start
        print(f"| {tier} | {len(cases)} | {spent:.0f} | {len(wrong)} | {', '.join(left) or '-'} |")
        print("\n".join(wrong), end="\n" * bool(wrong))
        good = good and not wrong and not left
    return good


def family(pid: int) -> list[int]:
    """All processes below ``pid``."""
    found = []
    for child in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for name in child.read_text().split():
                found += [int(name), *family(int(name))]
    return found


def held() -> tuple[int, int, int, int]:
    """KiB of this process, KiB of its jails, descriptors of all, processes."""
    gc.collect()
    sizes, descriptors = [], 0
    everyone = [os.getpid(), *family(os.getpid())]
    for pid in everyone:
        sizes.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4)
        descriptors += len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return sizes[0], sum(sizes[1:]), descriptors, len(everyone)


async def long(count: int) -> bool:
    programs = [Program(language="python", code=ADD)] * 7
    programs += [Program(language="cpp", code=ADD_CPP), Program(language="python", code="1/0")]
    programs += [Program(language="python", code="import collections\n" + ADD)]
    wrong, rows = 0, []
    async with Judge() as judge:

        async def solutions(numbers: range) -> None:
            nonlocal wrong
            for i in numbers:
                program = programs[i % len(programs)]
                inputs = [f"{i} {j}" for j in range(20)]
                done = await judge.execute(program, inputs, LIMITS)
                for j, execution in enumerate(done):
                    right = execution.output.strip() == str(i + j)
                    wrong += not right and program.code != "1/0"

        async def many(first: int, last: int) -> None:
            lanes = 2 * judge.workers
            await asyncio.gather(*(solutions(range(first + k, last, lanes)) for k in range(lanes)))

        await many(0, 200)  # every cache is full, every sort of worker has started
        total, step = max(count // 20, 8), max(count // 160, 1)
        start = time.monotonic()
        for first in range(0, total, step):
            rows.append((first * 20, *held()))
            await many(200 + first, 200 + min(first + step, total))
        spent = time.monotonic() - start
        rows.append((total * 20, *held()))
    print("| executions | judge, KiB | its jails, KiB | descriptors | processes |")
    print("|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(f"{value:,}" for value in row) + " |")
    print(f"{total * 20 / spent:.0f} executions a second; wrong verdicts: {wrong}")
    return wrong == 0 and rows[0][3:] == rows[-1][3:] and rows[-1][1] - rows[0][1] < 10_000


async def kills() -> bool:
    rng = random.Random(0)
    code = "import time\ntime.sleep(0.01)\n" + ADD
    calls = [Program(language="python", code=code), Program(language="cpp", code=ADD_CPP)]
    victims: Counter[str] = Counter()
    done: list[tuple[int, list[str]]] = []
    async with Judge() as judge:

        async def run_on(lane: int) -> None:
            for i in itertools.count(lane, 4):
                if victims.total() >= KILLS:
                    return
                inputs = [f"{i} {j}" for j in range(20)]
                result = await judge.execute(calls[i % 2], inputs, LIMITS)
                done.append((i, [e.output.strip() for e in result]))

        async def kill() -> None:
            while victims.total() < KILLS:
                await asyncio.sleep(rng.uniform(0.05, 0.3))
                pid = rng.choice(family(os.getpid()) or [0])
                with contextlib.suppress(OSError):
                    name = Path(f"/proc/{pid}/comm").read_text().strip()
                    os.kill(pid, signal.SIGKILL)
                    victims[name] += 1

        await asyncio.gather(kill(), *(run_on(lane) for lane in range(4)))
    wrong = sum(outputs != [str(i + j) for j in range(20)] for i, outputs in done)
    print("| killed | solutions | verdicts | solutions with a wrong or lost verdict |")
    print("|---|---|---|---|")
    print(f"| {dict(victims)} | {len(done)} | {20 * len(done)} | {wrong} |")
    return wrong == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trials", nargs="*", default=["tiers", "load", "long", "kills"])
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--executions", type=int, default=100_000)
    chosen = parser.parse_args()
    trials = {
        "tiers": tiers,
        "load": lambda: load(chosen.programs),
        "long": lambda: long(chosen.executions),
        "kills": kills,
    }
    good = True
    for name in chosen.trials:
        print(f"\n## {name}\n", flush=True)
        good = asyncio.run(trials[name]()) and good
    print("\nas it should be" if good else "\nNOT as it should be")
    return not good


if __name__ == "__main__":
    sys.exit(main())
