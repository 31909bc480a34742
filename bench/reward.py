"""Rewards where they belong: planted rollouts of known worth, ours beside verl's own code reward.

    python bench/reward.py DATASET [--prompts 8] [--workers 2]

DATASET is a published one (``synthsmith run recipes/lists.toml --tasks 20 --out RUN`` makes
RUN/dataset). Each prompt gets one rollout of every kind below, all of them shuffled into one batch,
which both rewards judge with as many workers. The table says how many of a kind were told right
(as passing all tests or not) and the rewards a second over the batch. The rival is verl's
``default_compute_score`` (prime_code), where verl is installed, in the environment that
bench/verl_check.sh makes; what loops for ever is left out of both rates, for it allows ten seconds
a test. Exit code 1 if one of our rewards is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq

from synthsmith.recipe import JudgeSettings
from synthsmith.train.reward import GroundTruth, Rewarder

WRONG = "```python\nprint('no')\n```"
BROKEN = "```python\nprint('no'\n```"
KINDS: dict[str, tuple[Callable[[str], str], bool]] = {
    "right": (lambda right: right, True),
    "wrong": (lambda _: WRONG, False),
    "syntax error": (lambda _: BROKEN, False),
    "wrong block, then right": (lambda right: f"{WRONG}\nNo:\n{right}", True),
    "right block, then wrong": (lambda right: f"{right}\nOr:\n{WRONG}", False),
    "right, unmarked block": (lambda right: right.replace("```python", "```\n#"), True),
    "leaves with exit code 0": (lambda _: "```python\nimport os\nos._exit(0)\n```", False),
    "no block": (lambda _: "I do not know.", False),
    "loops for ever": (lambda _: "```python\nwhile True: pass\n```", False),
}
ENDLESS = "loops for ever"
Rollout = tuple[str, str, dict]
"""Kind, answer, row."""


def rollouts(dataset: Path, prompts: int) -> list[Rollout]:
    """One of each kind for each of the first ``prompts`` tasks, shuffled."""
    sft = pq.read_table(dataset / "sft" / "train.parquet", columns=["task_id", "response"])
    right = {row["task_id"]: row["response"] for row in sft.to_pylist()}
    rows = pq.read_table(dataset / "rl" / "train.parquet").to_pylist()[:prompts]
    batch = []
    for row in rows:
        for kind, (make, _) in KINDS.items():
            text = make(right[row["extra_info"]["task_id"]])
            # No two programs are the same text, for ours would run it once.
            batch.append((kind, text.replace("```python\n", f"```python\n# {len(batch)}\n"), row))
    random.Random(1).shuffle(batch)
    return batch


def ours(batch: Sequence[Rollout], workers: int) -> tuple[list[bool], float]:
    """Whether each passes all tests, and seconds for those that end."""
    truths = {id(row): GroundTruth.of(row) for _, _, row in batch}
    with Rewarder(JudgeSettings(workers=workers)) as rewarder:

        def score(part: Sequence[Rollout]) -> list[bool]:
            answers = [text for _, text, _ in part]
            return [
                r.score == 1.0 for r in rewarder.score(answers, [truths[id(p[2])] for p in part])
            ]

        score(batch[:1])
        began = time.perf_counter()
        score([one for one in batch if one[0] != ENDLESS])
        taken = time.perf_counter() - began
        return score(batch), taken


def verls(batch: Sequence[Rollout], workers: int) -> tuple[list[bool], float] | None:
    """The same by verl; None where it is not installed. What does not end counts as told right."""
    try:
        from verl.utils.reward_score import default_compute_score
    except ImportError:
        return None

    def score(rollout: Rollout) -> bool:
        kind, text, row = rollout
        if kind == ENDLESS:
            return False
        truth = row["reward_model"]["ground_truth"]
        return float(default_compute_score("taco", text, truth, row["extra_info"])) >= 1.0

    with ThreadPoolExecutor(workers) as pool:
        began = time.perf_counter()
        found = list(pool.map(score, batch))
        return found, time.perf_counter() - began


def main() -> int:
    """See the module's docstring."""
    parser = argparse.ArgumentParser()
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--prompts", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    batch = rollouts(arguments.dataset, arguments.prompts)
    timed = sum(kind != ENDLESS for kind, _, _ in batch)
    results = {"synthsmith": ours(batch, arguments.workers)}
    rival = verls(batch, arguments.workers)
    if rival:
        results["verl"] = rival
    print(f"{'told right':<26}" + "".join(f"{name:>14}" for name in results))
    wrong = 0
    for kind, (_, worth) in KINDS.items():
        places = [i for i, one in enumerate(batch) if one[0] == kind]
        cells = []
        for name, (found, _) in results.items():
            told = sum(found[i] == worth for i in places)
            wrong += len(places) - told if name == "synthsmith" else 0
            hidden = name == "verl" and kind == ENDLESS
            cells.append("not run" if hidden else f"{told} of {len(places)}")
        print(f"{kind:<26}" + "".join(f"{cell:>14}" for cell in cells))
    rates = (f"{timed / taken:.1f}" for _, taken in results.values())
    print(f"{'rewards a second':<26}" + "".join(f"{rate:>14}" for rate in rates))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
