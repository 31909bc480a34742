"""The files for verl, and the reward it loads, without verl (bench/verl_check.sh asks verl)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from synthsmith.cli import app
from synthsmith.errors import EndpointError, InputError
from synthsmith.formats.rl import RL_SCHEMA
from synthsmith.judge import Judge
from synthsmith.recipe import JudgeSettings, Recipe
from synthsmith.records import Execution, Verdict
from synthsmith.train import verl_reward
from synthsmith.train.data import Dataset, RlRow
from synthsmith.train.verl import hydra_value, write_verl
from synthsmith.train_settings import DataSettings, RlSettings, TrainSettings

TRUTH = '{"inputs": ["1\\n", "2\\n"], "outputs": ["2", "4"]}'
RIGHT = "```python\nprint(2 * int(input()))\n```"


def row(number: int, truth: str = TRUTH) -> RlRow:
    """A row as published; ``number`` names its task."""
    published = {
        "data_source": "taco",
        "prompt": [{"role": "user", "content": f"Double it, {number}."}],
        "ability": "code",
        "reward_model": {"style": "rule", "ground_truth": truth},
        "extra_info": {
            "split": "train", "index": number, "source": "synthsmith", "task_id": f"t{number}",
            "style": "atcoder", "io": "stdin", "difficulty": 0.5, "time_limit_s": 1.0,
            "memory_limit_mb": 128, "checker": "tokens", "features": ["a > b"],
        },
    }  # fmt: skip
    return RlRow(task_id=f"t{number}", query="", difficulty=0.5, features=("a > b",), row=published)


def dataset(train: int, validation: int, **last: str) -> Dataset:
    numbers = range(train + validation)
    rows = [row(number, **(last if number == train - 1 else {})) for number in numbers]
    none: dict[Any, Any] = {"train": (), "validation": (), "test": ()}
    return Dataset(
        sft=none, rl={**none, "train": tuple(rows[:train]), "validation": tuple(rows[train:])}
    )


def recipe(**train: Any) -> Recipe:
    settings = TrainSettings(rl=RlSettings(prompts=4, format_weight=0.1), nodes=3, **train)
    return Recipe(name="odd", train=settings, judge=JudgeSettings(workers=5))


def said_by(script: Path, tmp_path: Path) -> list[str]:
    """The arguments that a script's python3 is called with."""
    fake = tmp_path / "bin" / "python3"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\nprintf "%s\\0" "$@"\n')
    fake.chmod(0o755)
    environment = {**os.environ, "PATH": f"{fake.parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        [script, "--cfg", "job"], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split("\0")[:-1]


def test_the_launch_scripts_carry_the_recipe(tmp_path: Path) -> None:
    folder = tmp_path / "it's a = ${folder}"
    run = write_verl(recipe(), dataset(6, 2), "Qwen/Qwen3-8B-Base", folder)
    for script in (run, folder / "train.sh"):
        subprocess.run(["bash", "-n", script], check=True)
    assert "3 nodes: NODE_RANK=<0 to 2>" in run.read_text()
    module, *arguments = said_by(folder / "train.sh", tmp_path)[1:]
    assert module == "verl.trainer.main_ppo" and arguments[-2:] == ["--cfg", "job"]
    settings = dict(argument.split("=", 1) for argument in arguments[:-2])
    assert settings["data.train_files"] == hydra_value(str(folder / "train.parquet"))
    wanted = {
        "reward.custom_reward_function.path": "pkg://synthsmith.train.verl_reward",
        "+reward.custom_reward_function.reward_kwargs.workers": "5",
        "+reward.custom_reward_function.reward_kwargs.format_weight": "0.1",
        "algorithm.adv_estimator": "grpo",
        "actor_rollout_ref.actor.optim.lr": "3e-07",
        "actor_rollout_ref.actor.use_kl_loss": "true",
        "actor_rollout_ref.actor.kl_loss_coef": "0.01",
        "actor_rollout_ref.rollout.n": "8",
        "data.train_batch_size": "4",
        "data.max_prompt_length": "2048",
        "data.max_response_length": "30720",
        "trainer.nnodes": "3",
        "trainer.total_training_steps": "500",
    }
    assert {key: settings.get(key) for key in wanted} == wanted


def test_the_rows_are_those_of_their_split(tmp_path: Path) -> None:
    in_order = recipe(data=DataSettings(curriculum=True))
    write_verl(in_order, dataset(6, 2), "model", tmp_path)
    train, val = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("train", "val"))
    assert train.schema == RL_SCHEMA
    ids = [
        [extra["task_id"] for extra in table["extra_info"].to_pylist()] for table in (train, val)
    ]
    assert (sorted(ids[0]), ids[1]) == ([f"t{n}" for n in range(6)], ["t6", "t7"])
    assert "data.shuffle=false" in (tmp_path / "train.sh").read_text()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (dataset(3, 2), "3 prompts are left"),
        (dataset(6, 0), "held-out"),
        (dataset(6, 2, truth='{"inputs": [], "outputs": []}'), "task t5: no tests"),
    ],
)
def test_what_cannot_be_trained_on_is_told_before_a_cluster_waits(
    tmp_path: Path, data: Dataset, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        write_verl(recipe(), data, "m", tmp_path)
    assert not (tmp_path / "run.sh").exists()


def test_values_are_quoted_as_hydra_reads_them() -> None:
    values = [True, 3e-7, "a/b-c", "a b", "it's", "${x}", ["a", "b c"], ""]
    wanted = ["true", "3e-07", "a/b-c", "'a b'", r"'it\'s'", r"'\${x}'", "[a,'b c']", "''"]
    assert [hydra_value(value) for value in values] == wanted


def test_the_command_writes_what_a_cluster_needs(tmp_path: Path) -> None:
    recipe_file = tmp_path / "recipe.toml"
    recipe_file.write_text(
        'name = "r"\n[train]\ndata = { validation = 0.5, test = 0.0 }\nrl = { prompts = 2 }\n'
    )
    question = {"task_id": "t0", "query": "?", "response": "!", "difficulty": 0.1}
    rows = [row(n).row for n in range(24)]
    for n, one in enumerate(rows):
        one["extra_info"]["features"] = [f"a > {n}"]
    sft = [question | {"features": one["extra_info"]["features"]} for one in rows]
    for name, table in (("sft", sft), ("rl", rows)):
        (tmp_path / name).mkdir()
        pq.write_table(pa.Table.from_pylist(table), tmp_path / name / "train.parquet")
    command = ["train", "verl", str(recipe_file), "--data", str(tmp_path)]
    out = ["--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, [*command, *out, "--from", "hub/model"])
    assert done.exit_code == 0 and done.stdout.strip() == str(tmp_path / "out" / "run.sh")
    assert "model.path=hub/model" in (tmp_path / "out" / "train.sh").read_text()
    refused = CliRunner().invoke(app, [*command, *out])
    assert isinstance(refused.exception, InputError) and "--from" in str(refused.exception)


@pytest.fixture
def own_judge() -> Iterator[None]:
    yield
    while verl_reward._started:
        verl_reward._started.pop().__exit__(None, None, None)


@pytest.mark.usefixtures("own_judge")
async def test_the_loaded_reward_has_the_same_keys_for_every_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published = row(1).row
    extra = {**published["extra_info"], "num_turns": 2, "rollout_reward_scores": {}}
    truth = published["reward_model"]["ground_truth"]

    async def score(answer: str) -> dict[str, float]:
        return await verl_reward.compute_score(
            "taco", answer, truth, extra, workers=1, isolation="auto", reward="all", other=1
        )

    right, none = await score(RIGHT), await score("?")
    assert right == {"score": 1.0, "acc": 1.0, "formatted": 1.0}
    assert none == {"score": 0.0, "acc": 0.0, "formatted": 0.0}
    with pytest.raises(InputError, match="without an id"):
        await verl_reward.compute_score("taco", RIGHT, truth)

    async def fails(*_: Any, **__: Any) -> list[Execution]:
        return [Execution(verdict=Verdict(status="judge_error"))] * 2

    monkeypatch.setattr(Judge, "execute", fails)
    with pytest.raises(EndpointError, match=r"failed twice.*task t1"):
        await score(RIGHT)
