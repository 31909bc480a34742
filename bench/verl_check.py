"""The generated verl configuration in verl's own parser, our reward in verl's own loader.

    python bench/verl_check.py DATASET OUT

Run it by bench/verl_check.sh, in an environment with verl 0.9.1. The configuration has the paper's
settings, but for 8 prompts a step. verl's command composes it (``train.sh --cfg job``), then its
data classes and ``validate_config`` are asked, its dataset class reads our rows, and its reward
manager judges answers to them: the dataset's own solution, a wrong program, no program.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from omegaconf import DictConfig, OmegaConf
from tensordict import TensorDict
from verl import DataProto
from verl.trainer.ppo.reward import get_custom_reward_fn, load_reward_manager
from verl.trainer.ppo.utils import need_critic, need_reference_policy
from verl.utils.config import omega_conf_to_dataclass, validate_config
from verl.utils.dataset.rl_dataset import RLHFDataset

from synthsmith.recipe import Recipe
from synthsmith.train.data import load_dataset
from synthsmith.train.model import train_tokenizer
from synthsmith.train.verl import hydra_value, verl_overrides, write_verl
from synthsmith.train_settings import DataSettings, LoraSettings, RlSettings, TrainSettings

MODEL = "Qwen/Qwen3-8B-Base"
SECTIONS = ("actor_rollout_ref.actor", "actor_rollout_ref.rollout", "algorithm")
WRONG = "```python\nprint(input()[::-1] + '?')\n```"


def composed(folder: Path, extra: list[str]) -> DictConfig:
    """What verl's main_ppo makes of ``train.sh``."""
    command = [str(folder / "train.sh"), *extra, "--cfg", "job"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"verl refuses the configuration: {done.stderr.strip()[-2000:]}")
    start = done.stdout.index("actor_rollout_ref:")
    return OmegaConf.create(done.stdout[start:])


def check_configuration(recipe: Recipe, folder: Path, rows: int) -> DictConfig:
    """Every key is where verl looks for it, and verl's own checks pass."""
    config = composed(folder, [])
    wanted = verl_overrides(recipe, MODEL, folder, rows)
    for key, value in wanted.items():
        found = OmegaConf.select(config, key.lstrip("+"), throw_on_missing=True)
        if isinstance(value, list):
            found = list(found)
        assert found == value, f"{key}: {found!r} is not {value!r}"
    validate_config(config, need_reference_policy(config), need_critic(config))
    for name in SECTIONS:
        kind = type(omega_conf_to_dataclass(OmegaConf.select(config, name)))
        print(f"  {name}: {kind.__name__}")
    print(f"{len(wanted)} settings composed and validated by verl")
    typo = [f"reward.custom_reward_functoin.path={hydra_value('x')}"]
    command = [str(folder / "train.sh"), *typo, "--cfg", "job"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode and "custom_reward_functoin" in refused.stderr, "a typo is taken"
    print("a key with a typo is refused")
    return config


def judged(manager: Any, tokenizer: Any, row: dict[str, Any], answer: str) -> dict[str, Any]:
    """The reward manager's result for one answer to one row of verl's dataset."""
    tokens = torch.tensor([tokenizer(answer, add_special_tokens=False)["input_ids"]])
    batch = TensorDict(
        {"responses": tokens, "attention_mask": torch.ones_like(tokens)}, batch_size=1
    )
    columns = {}
    for name in ("data_source", "reward_model", "extra_info"):
        columns[name] = np.empty(1, dtype=object)
        columns[name][0] = row[name]
    data = DataProto(batch=batch, non_tensor_batch=columns)
    return manager.loop.run_until_complete(manager.run_single(data))


def check_rewards(config: DictConfig, data: Any, folder: Path) -> None:
    """verl's loader and manager, over rows that verl's dataset class read from our Parquet."""
    solutions = {row.task_id: row.response for rows in data.sft.values() for row in rows}
    questions = [row.query for row in data.rl["train"]]
    tokenizer = train_tokenizer([*questions, *solutions.values()], 864)
    rows = RLHFDataset(str(folder / "train.parquet"), tokenizer, config.data)
    assert get_custom_reward_fn(config) is not None
    asyncio.set_event_loop(asyncio.new_event_loop())
    manager = load_reward_manager(config, tokenizer)
    keys = set()
    for index in range(len(rows)):
        row = rows[index]
        answers = (solutions[row["extra_info"]["task_id"]], WRONG, "I do not know.")
        results = [judged(manager, tokenizer, row, answer) for answer in answers]
        assert [result["reward_score"] for result in results] == [1.0, 0.0, 0.0], results
        keys |= {tuple(result["reward_extra_info"]) for result in results}
    assert len(keys) == 1, f"the keys differ: {keys}"
    print(f"{3 * len(rows)} answers to {len(rows)} rows judged by verl's reward manager: {keys}")


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser()
    parser.add_argument("dataset", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    train = TrainSettings(
        data=DataSettings(test=0.0, validation=0.3), rl=RlSettings(prompts=8), nodes=4
    )
    recipe = Recipe(name="verl-check", train=train)
    data = load_dataset(arguments.dataset, train.data, train.seed)
    folder = write_verl(recipe, data, MODEL, arguments.out).parent
    config = check_configuration(recipe, folder, len(data.rl["train"]))
    check_rewards(config, data, folder)
    odd = msgspec.structs.replace(train, lora=LoraSettings(), precision="fp32")
    recipe = msgspec.structs.replace(recipe, train=odd)
    folder = write_verl(recipe, data, MODEL, arguments.out / "it's ${odd} = [a, b]").parent
    config = composed(folder, [])
    assert config.actor_rollout_ref.model.lora_rank == 64
    assert Path(config.data.train_files).exists(), config.data.train_files
    print("all is as it should be")


if __name__ == "__main__":
    main()
