"""A run as the report sees it, for its tests."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from synthsmith.records import Candidate, LabeledTest, Sample, Task, Usage, VerifiedTask
from synthsmith.report import (
    CategoryCount,
    DropCount,
    FunnelStep,
    Histogram,
    LedgerTotals,
    OriginCount,
    ReportData,
    StyleCount,
)
from synthsmith.report.data import Counting
from synthsmith.store import Spending

STATEMENT = """\
Mira keeps a row of `n` jars, the **i-th** with $a_i$ marbles. She asks for the largest total of
a block of exactly `k` neighbouring jars.

## Input

The first line has two integers $n$ and $k$. The second line has $a_1, \\ldots, a_n$.

## Output

Print one integer, the largest total.

## Constraints

- $1 \\le k \\le n \\le 2 \\cdot 10^5$
- $-10^9 \\le a_i \\le 10^9$

| n | time |
|---|------|
| small | fast |
"""

CODE = '''\
import sys


def main() -> None:
    """Slide a window over the row."""
    n, k, *a = map(int, sys.stdin.read().split())
    total = best = sum(a[:k])
    for i in range(k, n):  # one jar in, one jar out
        total += a[i] - a[i - k]
        if total > best:
            best = total
    print(best)


main()
'''


def example(number: int = 1, **changes: Any) -> VerifiedTask:
    task_id = f"task-{number:04d}"
    fields: dict[str, Any] = {
        "id": task_id,
        "style": "codeforces",
        "title": "Jars in a Row",
        "statement": STATEMENT,
        "samples": (
            Sample(input="5 2\n1 5 -2 4 4\n", output="8\n", explanation="The last two: 4 + 4 = 8."),
            Sample(input="1 1\n-7\n", output="-7\n"),
        ),
        "features": (("technique", "sliding window"), ("mathematics", "prefix sum")),
    }
    golden = Candidate(
        id=f"{task_id}-c0",
        task_id=task_id,
        teacher="apprentice",
        reasoning="A window of k jars moves by one.\n\nEach step adds one and removes one.",
        answer="",
        code=CODE,
        language="python",
        usage=Usage(),
        finish="stop",
    )
    random_numbers = random.Random(number)
    tests = tuple(
        LabeledTest(
            input=f"{n} 1\n" + " ".join(str(random_numbers.randint(-99, 99)) for _ in range(n)),
            output=str(random_numbers.randint(0, 99)) + "\n",
            confidence=random_numbers.uniform(0.6, 1),
            weight=random_numbers.uniform(0.5, 2),
            split="select" if n % 2 else "holdout",
            origin="edge" if n < 5 else "generator",
        )
        for n in (1, 2, 3, 8, 21, 300)
    )
    return VerifiedTask(
        task=Task(**fields | changes),
        tests=tests,
        golden=golden,
        solutions=(golden,),
        pass_rates={f"{task_id}-c{i}": r for i, r in enumerate((1.0, 1.0, 0.995, 0.5, 0.0))},
        holdout_pass_rate=1.0,
        difficulty=0.4,
    )


def counted(values: Iterable[float], bins: int = 20) -> Histogram:
    """The histogram of ``values``."""
    counting = Counting(bins)
    counting.add(*values)
    return counting.histogram()


def full(**changes: Any) -> ReportData:
    numbers = random.Random(1)
    tasks = zip(
        ("attempted", "selected", "formulated", "with candidates", "labelled", "golden"),
        (160, 158, 151, 149, 137, 131),
        strict=True,
    )
    fields: dict[str, Any] = {
        "name": "mini",
        "recipe_digest": "3f9a2c7b11d04e55",
        "prompt_digest": "9b1de0aa52c7f310",
        "judge_tier": "C",
        "teachers": ("apprentice", "journeyman"),
        "funnel": (
            FunnelStep(group="seeds", label="read", count=112),
            FunnelStep(group="seeds", label="usable", count=104),
            FunnelStep(group="features", label="extracted", count=96),
            FunnelStep(group="features", label="after evolution", count=241),
            *(FunnelStep(group="tasks", label=label, count=count) for label, count in tasks),
            FunnelStep(group="tasks", label="published", count=128),
        ),
        "drops": (
            DropCount(stage="seeds", kind="seed", reason="syntax_error", count=5),
            DropCount(stage="solve", kind="candidate", reason="cut_by_length", count=24),
            DropCount(stage="label", kind="task", reason="no_consensus", count=9),
            DropCount(stage="label", kind="input", reason="few_clean_exits", count=61),
            DropCount(stage="golden", kind="task", reason="golden_unsupported", count=6),
            DropCount(stage="curate", kind="task", reason="near_duplicate", count=3),
        ),
        "categories": tuple(
            CategoryCount(category=c, extracted=x, evolved=v)
            for c, x, v in (
                ("algorithm", 44, 61),
                ("data structure", 22, 38),
                ("mathematics", 15, 24),
                ("technique", 11, 17),
                ("problem setting", 4, 5),
            )
        ),
        "growth": (96, 171, 241),
        "styles": (
            StyleCount(style="codeforces", attempted=55, verified=46),
            StyleCount(style="atcoder", attempted=52, verified=45),
            StyleCount(style="leetcode", attempted=53, verified=37),
        ),
        "confidence": counted(min(1, numbers.betavariate(7, 1.3)) for _ in range(2900)),
        "pass_rates": counted(numbers.choice((1, 1, 1, 0.5, 0.3, 0.1)) for _ in range(1000)),
        "difficulty": counted((numbers.randint(0, 6) / 8 for _ in range(128)), bins=8),
        "verdicts": {
            "apprentice": {"ran": 21_422, "time_limit_exceeded": 310, "runtime_error": 702},
            "journeyman": {"ran": 8_911, "runtime_error": 12, "compile_error": 88},
        },
        "tests": (
            OriginCount(origin="generator", count=1290, mean_weight=1.02, mean_confidence=0.87),
            OriginCount(origin="edge", count=820, mean_weight=1.31, mean_confidence=0.81),
            OriginCount(origin="sample", count=256, mean_weight=0.71, mean_confidence=0.93),
        ),
        "ledger": LedgerTotals(
            attempts=1910,
            executions=31_445,
            spendings=(
                Spending(
                    kind="extract",
                    teacher="apprentice",
                    calls=904,
                    prompt_tokens=812_000,
                    completion_tokens=343_211,
                    untold=3,
                    assumed_tokens=4_100,
                ),
                Spending(
                    kind="solve",
                    teacher="journeyman",
                    calls=1000,
                    prompt_tokens=1_000_000,
                    cached_tokens=0,
                    completion_tokens=600_000,
                    reasoning_tokens=500_000,
                    money=12.5,
                ),
            ),
        ),
        "examples": (example(1), example(2), example(3)),
    }
    return ReportData(**fields | changes)
