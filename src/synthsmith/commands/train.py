"""``synthsmith train``: SFT and RL on a published dataset."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import msgspec

from synthsmith.commands.progress import print_line, progress, stop_on_signal
from synthsmith.errors import InputError
from synthsmith.recipe import Recipe, flat, load_recipe
from synthsmith.records import Record

Kind = Literal["sft", "rl"]
_NEEDED = ("torch", "transformers", "trl", "datasets", "accelerate", "peft", "tensorboard")


class TrainWish(Record, frozen=True):
    """What the command line says; None and 0 leave the recipe's word."""

    kind: Kind
    recipe: Path
    data: Path | None = None
    out: Path | None = None
    start: Path | None = None
    max_steps: int = 0
    seed: int | None = None
    dry_run: bool = False


def train(wish: TrainWish) -> None:
    """Train and print the folder of the model as the last line.

    Raises SynthSmithError; the same command goes on after any of them, and after a kill.
    """
    recipe = _with(load_recipe(wish.recipe), wish)
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise InputError(f"training needs {', '.join(missing)}: pip install -e '.[train]'")
    vllm = wish.kind == "rl" and recipe.train.rl.rollout_engine == "vllm"
    if vllm and find_spec("vllm") is None:
        raise InputError('rollout_engine = "vllm" needs vllm: install it, or say "transformers"')
    out = wish.out or run_folder(recipe) / wish.kind
    start = wish.start or (trained_model(recipe) if wish.kind == "rl" else None)
    if start is not None:
        require_checkpoint(start)
    _train(recipe, wish, dataset_folder(recipe, wish.data), out, start)


def run_folder(recipe: Recipe) -> Path:
    """Where a recipe's run, and what is trained on it, stands by default."""
    return Path("runs") / recipe.name


def dataset_folder(recipe: Recipe, named: Path | None) -> Path:
    """The dataset to train on: what the command line names, the recipe names, or the run's own."""
    return named or Path(recipe.train.dataset or run_folder(recipe) / "dataset")


def trained_model(recipe: Recipe) -> Path:
    """The recipe's own SFT model, which RL starts from."""
    return run_folder(recipe) / "sft" / "model"


def require_checkpoint(folder: Path) -> None:
    """Raises InputError where there is none."""
    if not (folder / "config.json").is_file():
        raise InputError(f"no checkpoint at {folder}: train SFT first, or name one with --from")


def _with(recipe: Recipe, wish: TrainWish) -> Recipe:
    settings = recipe.train
    if wish.seed is not None:
        settings = msgspec.structs.replace(settings, seed=wish.seed)
    if wish.max_steps:
        stage = getattr(settings, wish.kind)
        changed = msgspec.structs.replace(stage, max_steps=wish.max_steps)
        settings = msgspec.structs.replace(settings, **{wish.kind: changed})
    return msgspec.structs.replace(recipe, train=settings)


def _train(recipe: Recipe, wish: TrainWish, dataset: Path, out: Path, start: Path | None) -> None:
    from synthsmith.train.arguments import is_main
    from synthsmith.train.data import load_dataset
    from synthsmith.train.outputs import write_card, write_holdout, write_page
    from synthsmith.train.session import Session

    settings = recipe.train
    data = load_dataset(dataset, settings.data, recipe.seed)
    rows = {split: len(found) for split, found in getattr(data, wish.kind).items()}
    print_line(f"rows: {rows['train']} train, {rows['validation']} validation, {rows['test']} test")
    if wish.dry_run:
        from synthsmith.commands.train_check import check

        check(recipe, wish.kind, data, start)
        return
    with Session(out, _identity(recipe, wish.kind, dataset, start)) as session:
        result = session.result
        if result is None:
            if is_main():
                write_holdout(out, data, progress)
            result = _stage(recipe, wish.kind, data, session, start)
            if not is_main():
                return
            write_card(out, recipe, result, dataset, data)
            write_page(out, recipe.name, result)
            session.finish(result)
    print_line(f"{result.steps} steps, {result.cpu_s / 60:.1f} CPU minutes")
    print(session.model)


def _stage(recipe: Recipe, kind: Kind, data: Any, session: Any, start: Path | None) -> Any:
    """Train; the time of the judge's processes counts too."""
    from synthsmith.train.arguments import processes
    from synthsmith.train.reward import Rewarder
    from synthsmith.train.session import Result

    settings = recipe.train
    judged = kind == "rl" or processes() == 1
    judge: AbstractContextManager[Any] = (
        Rewarder(recipe.judge, settings.rl) if judged else nullcontext()
    )
    with (
        judge as rewarder,
        _callbacks(recipe, kind, data, rewarder, session) as callbacks,
    ):
        if kind == "sft":
            from synthsmith.train.sft import train_sft

            done = train_sft(settings, data, session, callbacks, start)
        else:
            from synthsmith.train.rl import train_rl

            assert start is not None
            done = train_rl(settings, data, session, rewarder, callbacks, start, progress)
    cpu, wall = session.spent()
    return Result(
        kind=kind, steps=done.steps, rows=done.rows, seed=settings.seed, cpu_s=cpu, wall_s=wall,
        start=str(start or settings.model or "scratch"),
    )  # fmt: skip


@contextmanager
def _callbacks(
    recipe: Recipe, kind: Kind, data: Any, rewarder: Any, session: Any
) -> Iterator[list[Any]]:
    """What watches a training: metrics and progress; where one process holds the model, held-out
    avg@k and Ctrl-C too."""
    from synthsmith.train.arguments import processes
    from synthsmith.train.holdout import HoldoutCallback
    from synthsmith.train.session import Recorder
    from synthsmith.train.watch import Stop, Watch

    settings = recipe.train
    stage = getattr(settings, kind)
    recorder = Recorder(session)
    with Watch(f"training {kind}", progress) as watch:
        if processes() > 1:
            yield [recorder, watch]
            return
        holdout = HoldoutCallback(
            data.rl["validation"], rewarder, settings.holdout, stage.evaluate_every, stage.patience,
            recorder.path, [recorder, watch],
        )  # fmt: skip
        yield [recorder, watch, holdout, Stop(stop_on_signal)]


def _identity(recipe: Recipe, kind: Kind, dataset: Path, start: Path | None) -> dict[str, Any]:
    """All that a training depends on, flat, so that a change can be named."""
    from synthsmith.train.data import dataset_digest

    left_out = ("rl." if kind == "sft" else "sft.", "checkpoint_every", "dataset")
    every = flat(recipe.train).items()
    return {
        "dataset": dataset_digest(dataset),
        "split": recipe.seed,
        "start": str(start or ""),
        **{key: value for key, value in every if not key.startswith(left_out)},
    }
