"""Splits of a dataset: by composition, the same every time, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.errors import InputError
from synthsmith.formats.rl import RL_SCHEMA
from synthsmith.formats.sft import SFT_SCHEMA
from synthsmith.train.data import SftRow, in_order, load_dataset, split_of
from synthsmith.train.nearest import Nearest
from synthsmith.train_settings import DataSettings

HALF = DataSettings(test=0.3, validation=0.2, holdout_features=2)
names = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4)


def publish(folder: Path, compositions: list[list[str]]) -> None:
    """A dataset of one task a composition."""
    sft = [
        {"task_id": f"t{i}", "query": f"q {i}", "response": "r", "difficulty": i / 100,
         "features": features}
        for i, features in enumerate(compositions)
    ]  # fmt: skip
    rl = [
        {"prompt": [{"role": "user", "content": row["query"]}],
         "reward_model": {"style": "rule", "ground_truth": "{}"},
         "extra_info": {"task_id": row["task_id"], "difficulty": row["difficulty"],
                        "features": row["features"]}}
        for row in sft
    ]  # fmt: skip
    for rows, schema, kind in ((sft, SFT_SCHEMA, "sft"), (rl, RL_SCHEMA, "rl")):
        (folder / kind).mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows, schema), folder / kind / "train.parquet")


@given(names, st.randoms(), st.integers(0, 99))
def test_a_composition_is_a_set(features: list[str], rng: object, seed: int) -> None:
    other = [*features, features[0]]
    rng.shuffle(other)  # type: ignore[attr-defined]
    assert split_of(features, HALF, seed) == split_of(other, HALF, seed)
    if len(set(features)) < 2:
        assert split_of(features, HALF, seed) == "train"


def test_no_composition_is_in_two_splits(tmp_path: Path) -> None:
    compositions = [[a, b] for a in "abcdefgh" for b in "ijklmnop"] * 3
    publish(tmp_path, compositions)
    data = load_dataset(tmp_path, HALF, seed=1)
    for rows in (data.sft, data.rl):
        assert sum(map(len, rows.values())) == len(compositions)
        sets = [{frozenset(row.features) for row in found} for found in rows.values()]
        assert all(sets) and not (sets[0] & sets[1] or sets[0] & sets[2] or sets[1] & sets[2])
    tasks = {split: {row.task_id for row in rows} for split, rows in data.sft.items()}
    assert tasks == {split: {row.task_id for row in rows} for split, rows in data.rl.items()}
    assert data == load_dataset(tmp_path, HALF, seed=1)
    assert data != load_dataset(tmp_path, HALF, seed=2)


def test_the_curriculum_begins_with_the_easy_ones(tmp_path: Path) -> None:
    publish(tmp_path, [["a"]] * 50)
    rows = load_dataset(tmp_path, HALF, seed=1).sft["train"]
    eased = in_order(rows, DataSettings(curriculum=True), 1)
    assert [row.difficulty for row in eased] == sorted(row.difficulty for row in rows)
    mixed = in_order(rows, DataSettings(), 1)
    assert mixed != eased and sorted(r.task_id for r in mixed) == sorted(r.task_id for r in rows)
    assert in_order(rows, DataSettings(), 1) == mixed


def test_nearest_shares_the_most_words() -> None:
    rows = [
        SftRow(task_id=str(i), query=text, response="", difficulty=0, features=())
        for i, text in enumerate(("sum the list", "reverse the list then sum", "count vowels"))
    ]
    nearest = Nearest(rows)
    assert nearest.row("reverse the list").task_id == "1"
    assert nearest.row("sum the sum the list").task_id == "0"
    assert nearest.row("something else").task_id == "0"
    assert nearest.row("").task_id == "0"


def test_what_is_missing_or_broken_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no dataset at .*synthsmith run"):
        load_dataset(tmp_path, HALF, 1)
    publish(tmp_path, [["a", "b"]])
    with pytest.raises(InputError, match="nothing to train on"):
        load_dataset(tmp_path, DataSettings(test=1), 1)
    (tmp_path / "rl" / "train.parquet").write_bytes(b"PAR1 torn")
    with pytest.raises(InputError, match="cannot read"):
        load_dataset(tmp_path, HALF, 1)
