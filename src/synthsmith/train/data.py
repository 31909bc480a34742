"""The rows of a published dataset, split so that no composition is in two splits."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import pyarrow.parquet as pq
from pyarrow import ArrowException

from synthsmith.errors import InputError
from synthsmith.records import Record
from synthsmith.train_settings import DataSettings, TrainSettings

Split = Literal["train", "validation", "test"]
_SFT_COLUMNS = ["task_id", "query", "response", "difficulty", "features"]
"""The others hold the same texts once more."""


class SftRow(Record, frozen=True):
    """A question and the answer to learn; ``difficulty`` is 0 to 1."""

    task_id: str
    query: str
    response: str
    difficulty: float
    features: tuple[str, ...]


class RlRow(Record, frozen=True):
    """A question and, in ``row``, what its answers are judged by, as published."""

    task_id: str
    query: str
    difficulty: float
    features: tuple[str, ...]
    row: dict[str, Any]


class Dataset(Record, frozen=True):
    """The rows of each split; validation steers training, test is for the end."""

    sft: dict[Split, tuple[SftRow, ...]]
    rl: dict[Split, tuple[RlRow, ...]]


def load_dataset(folder: Path, settings: DataSettings, seed: int) -> Dataset:
    """The dataset that ``synthsmith run`` published in ``folder``.

    Raises InputError where a file is missing or unreadable, or no row is left to train on.
    """
    sft = [
        SftRow(
            task_id=row["task_id"],
            query=row["query"],
            response=row["response"],
            difficulty=row["difficulty"] or 0.0,
            features=tuple(row["features"]),
        )
        for row in _rows(folder / "sft" / "train.parquet", _SFT_COLUMNS)
    ]
    rl = [
        RlRow(
            task_id=row["extra_info"]["task_id"],
            query=row["prompt"][-1]["content"],
            difficulty=row["extra_info"]["difficulty"] or 0.0,
            features=tuple(row["extra_info"]["features"]),
            row=row,
        )
        for row in _rows(folder / "rl" / "train.parquet")
    ]
    found = Dataset(sft=_split(sft, settings, seed), rl=_split(rl, settings, seed))
    if not found.sft["train"]:
        raise InputError(f"{folder} leaves nothing to train on: make more tasks")
    return found


def _rows(path: Path, columns: list[str] | None = None) -> list[dict[str, Any]]:
    try:
        return pq.read_table(path, columns=columns).to_pylist()  # type: ignore[no-any-return]
    except FileNotFoundError:
        raise InputError(
            f"no dataset at {path}: make one with synthsmith run, or name one with --data"
        ) from None
    except (OSError, ArrowException) as error:
        raise InputError(f"cannot read {path}: {error}") from None


def dataset_digest(folder: Path) -> str:
    """sha256 (hex) over the files that ``load_dataset`` reads."""
    digests = []
    for kind in ("sft", "rl"):
        with (folder / kind / "train.parquet").open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return hashlib.sha256(" ".join(digests).encode()).hexdigest()


def split_of(features: Sequence[str], settings: DataSettings, seed: int) -> Split:
    """The split of every task of this composition, which is the set of its features."""
    if len(set(features)) < settings.holdout_features:
        return "train"
    key = json.dumps([seed, sorted(set(features))]).encode()
    place = int.from_bytes(hashlib.sha256(key).digest()[:8], "big") / 2**64
    if place < settings.test:
        return "test"
    return "validation" if place < settings.test + settings.validation else "train"


def _split(rows: Iterable[Any], settings: DataSettings, seed: int) -> dict[Split, tuple[Any, ...]]:
    out: dict[Split, list[Any]] = {"train": [], "validation": [], "test": []}
    for row in rows:
        out[split_of(row.features, settings, seed)].append(row)
    return {split: tuple(chosen) for split, chosen in out.items()}


def require_prompts(rows: Sequence[RlRow], settings: TrainSettings) -> None:
    """Raises InputError where there are fewer prompts than a step of RL needs."""
    if len(rows) < settings.rl.prompts:
        raise InputError(
            f"{len(rows)} prompts are left for RL, a step needs {settings.rl.prompts}: lower "
            "rl.prompts, make more tasks, or leave rl.probe out"
        )


def in_order(rows: Sequence[Any], settings: DataSettings, seed: int) -> list[Any]:
    """Training rows as they are fed: at random, or easy ones first (ties at random)."""
    shuffled = random.Random(seed).sample(rows, len(rows))
    return sorted(shuffled, key=lambda r: r.difficulty) if settings.curriculum else shuffled
