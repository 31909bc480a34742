"""What RL adds: after SFT, against more SFT for the same CPU time, on held-out compositions.

For each seed: SFT; RL from it; a control, more SFT from it with as many steps as RL's CPU time
pays for (the learning rate begins anew, as RL's does); then avg@k of all three, and of a baseline
that answers with the solution of the most similar training task. Differences are paired over the
tasks. Every part is a command of its own that resumes, so the study does too.
"""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import msgspec

from synthsmith.errors import InputError, InterruptedRun
from synthsmith.evaluate.metrics import AvgAtK, Difference, paired_difference
from synthsmith.evaluate.result import Result, read_result
from synthsmith.files import replaced
from synthsmith.records import Record
from synthsmith.train.outputs import NEAREST, TEST
from synthsmith.train.session import Result as Training
from synthsmith.train.session import read_metrics
from synthsmith.train_settings import TrainSettings

MODELS = ("nearest", "sft", "rl", "control")
_PAIRS = (("sft", "nearest"), ("rl", "sft"), ("control", "sft"), ("rl", "control"))


class Scored(Record, frozen=True):
    """One model of one seed: avg@k on the test tasks, and the CPU minutes its stage took."""

    model: str
    seed: int
    score: AvgAtK
    cpu_min: float | None
    steps: int | None


class Gap(Record, frozen=True):
    """``first`` minus ``second``, paired over the tasks of one seed."""

    first: str
    second: str
    seed: int
    difference: Difference


class RlStudy(Record, frozen=True):
    """``study.json``."""

    tasks: int
    samples: int
    scores: tuple[Scored, ...]
    gaps: tuple[Gap, ...]


def study_rl(
    recipe: Path,
    settings: TrainSettings,
    dataset: Path,
    out: Path,
    seeds: Sequence[int],
    samples: int,
    say: Callable[[str], None],
) -> RlStudy:
    """Run what is not done yet, write ``study.json`` and ``study.md`` into ``out``.

    Raises InputError when a part fails; its own line says why. A part that was done before with
    other settings is refused by its command.
    """
    scores: list[Scored] = []
    gaps: list[Gap] = []
    for seed in seeds:
        trained, results = _one_seed(recipe, settings, dataset, out, seed, samples, say)
        tables = {name: [one.passed for one in got.problems] for name, got in results.items()}
        for name in MODELS:
            training = trained.get(name)
            minutes, steps = (training.cpu_s / 60, training.steps) if training else (None, None)
            scores.append(
                Scored(
                    model=name, seed=seed, score=results[name].score, cpu_min=minutes, steps=steps
                )
            )
        for first, second in _PAIRS:
            gap = paired_difference(tables[first], tables[second])
            gaps.append(Gap(first=first, second=second, seed=seed, difference=gap))
    study = RlStudy(
        tasks=scores[0].score.problems, samples=samples, scores=tuple(scores), gaps=tuple(gaps)
    )
    with replaced(out / "study.json") as path:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(study), indent=1))
    with replaced(out / "study.md") as path:
        path.write_text(markdown(study), "utf-8")
    return study


def _one_seed(
    recipe: Path,
    settings: TrainSettings,
    dataset: Path,
    out: Path,
    seed: int,
    samples: int,
    say: Callable[[str], None],
) -> tuple[dict[str, Training], dict[str, Result]]:
    """Trainings and evaluations by name; one is evaluated while the next is trained, which takes
    one core."""
    folder = out / f"seed-{seed}"
    common = [str(recipe), "--data", str(dataset), "--seed", str(seed)]
    model = str(folder / "sft" / "model")
    trained: dict[str, Training] = {}
    jobs: dict[str, Future[Result]] = {}
    with ThreadPoolExecutor(1) as beside, _without_the_rest(beside):

        def evaluate(name: str) -> None:
            jobs[name] = beside.submit(_evaluated, name, folder, settings, samples, seed, say)

        def train(name: str, *arguments: str) -> Training:
            say(f"seed {seed}: training {name}")
            _command("train", *arguments, *common, "--out", str(folder / name))
            evaluate(name)
            done = (folder / name / "result.json").read_bytes()
            trained[name] = msgspec.json.decode(done, type=Training)
            return trained[name]

        train("sft", "sft")
        evaluate("nearest")
        rl = train("rl", "rl", "--from", model)
        steps = steps_for(rl.cpu_s, folder / "sft")
        train("control", "sft", "--from", model, "--max-steps", str(steps))
        return trained, {name: jobs[name].result() for name in MODELS}


@contextmanager
def _without_the_rest(beside: ThreadPoolExecutor) -> Iterator[None]:
    """What is queued is not begun once a part has failed or was stopped."""
    try:
        yield
    except BaseException:
        beside.shutdown(wait=False, cancel_futures=True)
        raise


def steps_for(cpu_s: float, sft: Path) -> int:
    """The SFT steps that so much CPU time pays for, at the pace of the training in ``sft``."""
    rows = read_metrics(sft / "metrics.jsonl")
    steps = rows[-1]["step"] - rows[0]["step"] if rows else 0
    if steps <= 0:
        raise InputError(f"{sft} logged too few steps to tell its pace: train more of them")
    return max(1, math.floor(cpu_s * steps / (rows[-1]["cpu_s"] - rows[0]["cpu_s"])))


def _evaluated(
    name: str,
    folder: Path,
    settings: TrainSettings,
    samples: int,
    seed: int,
    say: Callable[[str], None],
) -> Result:
    out = folder / f"eval-{name}"
    what = ["--model", str(folder / name / "model"), "--n", str(samples)]
    if name == "nearest":
        what = ["--responses", str(folder / "sft" / NEAREST), "--n", "1"]
    _command(
        "eval", str(folder / "sft" / TEST), *what, "--out", str(out), "--seed", str(seed),
        "--temperature", str(settings.holdout.temperature), "--top-p", "1",
        "--max-tokens", str(settings.holdout.max_tokens),
        "--batch", str(settings.holdout.batch), log=folder / f"eval-{name}.log",
    )  # fmt: skip
    say(f"seed {seed}: evaluated {name}")
    return read_result(out / "result.json")


def _command(*arguments: str, log: Path | None = None) -> None:
    """Run a command of ours with one thread; what it says goes to ``log`` where one is named."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with (
        Path(log or os.devnull).open("w") as file,
        subprocess.Popen(
            [sys.executable, "-m", "synthsmith.cli", *arguments],
            env=environment,
            stdout=file,
            stderr=None if log is None else file,
        ) as process,
    ):
        try:
            code = process.wait()
        except KeyboardInterrupt:  # it was told by the same Ctrl-C, and ends with a checkpoint
            code = process.wait()
    if code == InterruptedRun.exit_code:
        raise InterruptedRun("stopped; run the same command again to go on")
    if code:
        where = "" if log is None else f"; see {log}"
        raise InputError(f"synthsmith {' '.join(arguments[:2])} ended with {code}{where}")


def markdown(study: RlStudy) -> str:
    """The table: means over seeds, then every seed's own."""
    lines = [
        f"avg@{study.samples} on {study.tasks} tasks whose compositions are in no training task; "
        "± is the standard error over samples, of differences that over tasks (paired).",
        "",
        "| model | seed | avg@k | ± | steps | CPU min |",
        "|---|---|---|---|---|---|",
    ]
    for one in study.scores:
        doubt = "" if one.score.se_samples is None else f"{one.score.se_samples:.1%}"
        minutes = "" if one.cpu_min is None else f"{one.cpu_min:.1f}"
        lines.append(
            f"| {one.model} | {one.seed} | {one.score.mean:.1%} | {doubt} | "
            f"{'' if one.steps is None else one.steps} | {minutes} |"
        )
    lines += ["", "| difference | seed | points | ± |", "|---|---|---|---|"]
    for gap in study.gaps:
        found = gap.difference
        lines.append(
            f"| {gap.first} − {gap.second} | {gap.seed} | {100 * found.mean:+.1f} | "
            f"{100 * found.se:.1f} |"
        )
    lines += ["", *_over_seeds(study)]
    return "\n".join(lines) + "\n"


def _over_seeds(study: RlStudy) -> list[str]:
    lines = []
    for first, second in _PAIRS:
        found = [
            gap.difference.mean for gap in study.gaps if (gap.first, gap.second) == (first, second)
        ]
        if len(found) > 1:
            error = statistics.stdev(found) / math.sqrt(len(found))
            lines.append(
                f"- {first} − {second} over {len(found)} seeds: "
                f"{100 * statistics.mean(found):+.1f} ± {100 * error:.1f} points"
            )
    return lines
