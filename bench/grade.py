"""Our grader beside LiveCodeBench's own: the same verdicts, how fast, and under any load.

    python bench/grade.py --rivals DIR [--evaluation RUN --problems FILE] [--rounds 5]

DIR holds a clone of LiveCodeBench (see docs/benchmarks.md). Pairs of problem and program come from
``grade_pairs.py`` and, with --evaluation, from the answers of an evaluation of FILE. Prints
Markdown: the differences, each explained; throughput of both on the same two cores; what
changes with 1 and 8 workers and beside CPU hogs. Exits with 1 for a difference nobody explained.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import multiprocessing
import os
import statistics
import sys
import time
import timeit
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from grade_pairs import WHY, Pair, pairs

from synthsmith.evaluate.evaluation import AnswerRow
from synthsmith.evaluate.grade import Grade, Grading, Test, grade
from synthsmith.evaluate.problem_set import ProblemSet
from synthsmith.evaluate.windows import EVERYTHING
from synthsmith.judge import Judge
from synthsmith.store import read_table

CORES = 2
LIMIT_S = 6
PARTS = ("agreement", "speed", "load")
SPEED_PAIRS = 24
LOOP = (
    "def work():\n    s = 0\n    for i in range({}):\n        s = (s * 31 + i) % 1000003\nwork()\n"
)


def begin(rivals: Path, cores: set[int]) -> None:
    """Begins LiveCodeBench's process, which forks one process after another and prints much."""
    os.sched_setaffinity(0, cores)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.path.insert(0, str(rivals / "LiveCodeBench"))
    multiprocessing.set_start_method("fork", force=True)


def theirs(found: list[Pair]) -> list[bool]:
    """LiveCodeBench's verdicts, by its own pool of ``CORES`` processes."""
    module = importlib.import_module("lcb_runner.evaluation.compute_code_generation_metrics")
    samples = [
        {
            "input_output": json.dumps(
                {"inputs": p.inputs, "outputs": p.outputs, "fn_name": p.fn_name or None}
            )
        }
        for p in found
    ]
    codes = [[p.code] for p in found]
    results, _ = module.evaluate_generations(
        samples, codes, num_process_evaluate=CORES, timeout=LIMIT_S
    )
    return [all(status > 0 for status in results[i][0]) for i in range(len(found))]


async def ours(judge: Judge, found: list[Pair]) -> list[Grade]:
    """Our grades of the same, all at once."""

    def one(pair: Pair) -> Any:
        grading = Grading(
            io="function" if pair.fn_name else "stdin",
            fn_name=pair.fn_name,
            checker="json" if pair.fn_name else "lines-decimal",
        )
        tests = [
            Test(input=test_input, output=output)
            for test_input, output in zip(pair.inputs, pair.outputs, strict=True)
        ]
        return grade(judge, grading, tests, pair.code)

    return list(await asyncio.gather(*map(one, found)))


def answered(run: Path, problems: Path, most: int) -> list[Pair]:
    """Pairs from the answers of an evaluation, as many, spread evenly."""
    found = ProblemSet(problems, EVERYTHING, lambda *_: nullcontext(lambda: None))
    by_id = {problem.id: problem for problem in found.problems}
    rows = [row for row in read_table(run / "answers.parquet", AnswerRow) if row.code]
    out = []
    for row in rows[:: max(1, len(rows) // most)][:most]:
        problem = by_id[row.problem_id]
        tests = found.tests(problem)
        out.append(
            Pair(
                problem.id, "an answer", row.code, [t.input for t in tests],
                [t.output for t in tests], problem.grading.fn_name,
            )
        )  # fmt: skip
    return out


def agreement(found: list[Pair], mine: list[Grade], other: list[bool]) -> int:
    """Prints where the graders part; returns how many differences nobody explained."""
    parted: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    kinds = Counter("function" if pair.fn_name else "stdin" for pair in found)
    for pair, own, their in zip(found, mine, other, strict=True):
        if own.accepted != their:
            says = "passes" if their else "fails"
            style = "function" if pair.fn_name else "stdin"
            parted[f"{style}: {pair.manner}", own.status, says].append(pair.problem)
    count = sum(map(len, parted.values()))
    print(
        f"{len(found)} pairs ({kinds['stdin']} stdin, {kinds['function']} function), "
        f"{sum(g.accepted for g in mine)} accepted; the same verdict on {len(found) - count}, "
        f"another on {count}:\n"
    )
    print("| manner | pairs | ours | LiveCodeBench | why |\n|---|---|---|---|---|")
    for (manner, status, says), names in sorted(parted.items()):
        print(f"| {manner} | {len(names)} | {status} | {says} | {WHY.get(manner, '**?**')} |")
    unexplained = sum(len(names) for (manner, _, _), names in parted.items() if manner not in WHY)
    print(f"\nunexplained differences: {unexplained}")
    return unexplained


def speed(pool: ProcessPoolExecutor, rounds: int) -> None:
    """Prints throughput of both graders in turns, in tests a second, on the same cores."""
    small = [p for p in pairs() if p.manner == "read and print"]
    count = 50_000
    code = compile(LOOP.format(count), "loop", "exec")
    took = min(timeit.repeat(lambda: exec(code, {}), number=1, repeat=9))
    loop = LOOP.format(int(count * 0.020 / took))
    kinds = {
        "short": (small * 3)[:SPEED_PAIRS],
        "20 ms": [p._replace(code=loop + p.code) for p in small],
    }
    print("\n| tests a second | LiveCodeBench | ours | ratio | wanted |\n|---|---|---|---|---|")
    for name, found in kinds.items():
        speeds = asyncio.run(_turns(pool, found, rounds))
        ratios = [mine / other for other, mine in speeds]
        medians = [statistics.median(column) for column in zip(*speeds, strict=True)]
        wanted = 2.0 if name == "short" else 1.0
        print(f"| {name} | {medians[0]:.0f} | {medians[1]:.0f} | "
              f"{statistics.median(ratios):.1f} ({min(ratios):.1f}–{max(ratios):.1f}) | {wanted} |",
              flush=True)  # fmt: skip


async def _turns(
    pool: ProcessPoolExecutor, found: list[Pair], rounds: int
) -> list[tuple[float, float]]:
    tests = sum(len(pair.inputs) for pair in found)
    out = []
    async with Judge(workers=CORES) as judge:
        await ours(judge, found[:2])
        for _ in range(rounds):
            start = time.perf_counter()
            if not all(pool.submit(theirs, found).result()):
                raise SystemExit("LiveCodeBench fails a right program")
            middle = time.perf_counter()
            if not all(one.accepted for one in await ours(judge, found)):
                raise SystemExit("ours fails a right program")
            end = time.perf_counter()
            out.append((tests / (middle - start), tests / (end - middle)))
    return out


@contextmanager
def hogs(count: int) -> Iterator[None]:
    """So many processes that do nothing but take CPU time."""
    context = multiprocessing.get_context("spawn")
    found = [context.Process(target=_spin, daemon=True) for _ in range(count)]
    for process in found:
        process.start()
    try:
        yield
    finally:
        for process in found:
            process.kill()


def _spin() -> None:
    while True:
        pass


async def graded_with(workers: int, found: list[Pair]) -> list[Grade]:
    async with Judge(workers=workers) as judge:
        return await ours(judge, found)


def under_load(found: list[Pair]) -> None:
    """Prints which grades change with the number of workers and beside hogs."""
    base = asyncio.run(graded_with(CORES, found))
    print("\n| | grades that differ | of them near the limit | all near it |\n|---|---|---|---|")
    for name, workers, hogging in (
        ("1 worker", 1, 0), ("8 workers", 8, 0), (f"{CORES} workers beside 4 hogs", CORES, 4),
    ):  # fmt: skip
        with hogs(hogging):
            again = asyncio.run(graded_with(workers, found))
        changed = [(a, b) for a, b in zip(base, again, strict=True) if a.status != b.status]
        marked = sum(a.near_limit or b.near_limit for a, b in changed)
        near = [p.manner for p, g in zip(found, again, strict=True) if g.near_limit]
        print(f"| {name} | {len(changed)} | {marked} | {', '.join(near) or 'none'} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rivals", type=Path, required=True, help="where LiveCodeBench's clone is")
    parser.add_argument("--evaluation", type=Path, help="a run folder of synthsmith eval")
    parser.add_argument("--problems", type=Path, help="the problems it was of")
    parser.add_argument("--answers", type=int, default=200, help="answers taken from it")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each grader")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    args = parser.parse_args()
    cores = set(sorted(os.sched_getaffinity(0))[:CORES])
    os.sched_setaffinity(0, cores)
    found = pairs()
    if args.evaluation:
        found += answered(args.evaluation, args.problems, args.answers)
    print(f"load average {os.getloadavg()[0]:.1f} before\n", flush=True)
    unexplained = 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        1, context, initializer=begin, initargs=(args.rivals.resolve(), cores)
    ) as pool:
        if "speed" in args.parts:
            speed(pool, args.rounds)
        if "agreement" in args.parts:
            start = time.perf_counter()
            other = pool.submit(theirs, found).result()
            middle = time.perf_counter()
            mine = asyncio.run(graded_with(CORES, found))
            end = time.perf_counter()
            unexplained = agreement(found, mine, other)
            print(f"LiveCodeBench took {middle - start:.0f} s, ours {end - middle:.0f} s")
    if "load" in args.parts:
        under_load(found)
    print(f"\nload average {os.getloadavg()[0]:.1f} after")
    sys.exit(bool(unexplained))


if __name__ == "__main__":
    main()
