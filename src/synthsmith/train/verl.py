"""RL at the size of a cluster: what verl 0.9.1 needs to train on our data, with our judge.

Settings go on verl's command line and not into a file of our own, for there verl refuses a key that
it does not know, while it reads past one in a file.
"""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from synthsmith.errors import InputError
from synthsmith.files import replaced
from synthsmith.formats.parquet import RowWriter
from synthsmith.formats.rl import RL_SCHEMA
from synthsmith.recipe import Recipe
from synthsmith.train.data import Dataset, RlRow, in_order, require_prompts
from synthsmith.train.reward import GroundTruth

_BARE = re.compile(r"[\w./:-]+")
_DTYPE = {"bf16": "bfloat16", "fp32": "float32"}
_TRAIN = """\
#!/usr/bin/env bash
# RL by verl 0.9.1, on a Ray cluster that runs (see run.sh) or on this machine alone. Further
# arguments are verl's own and go before these; "--cfg job" only prints the configuration.
set -euo pipefail
export TENSORBOARD_DIR=${{TENSORBOARD_DIR:-{folder}/tensorboard}}
exec python3 -m verl.trainer.main_ppo \\
  {overrides} "$@"
"""
_RUN = """\
#!/usr/bin/env bash
# Run this on each of the {nodes} nodes: NODE_RANK=<0 to {last}> HEAD=<address of node 0> run.sh
# Node 0 gathers the others in a Ray cluster, trains, and goes on from the last checkpoint if it is
# run again.
set -euo pipefail
RANK=${{NODE_RANK:-${{SLURM_NODEID:-0}}}}
PORT=${{PORT:-6379}}
if ((RANK > 0)); then
  exec ray start --address "${{HEAD:?the address of node 0}}:$PORT" --block
fi
ray start --head --port "$PORT" --disable-usage-stats
trap 'ray stop' EXIT
export RAY_ADDRESS=auto
COUNT='import ray; ray.init(logging_level="error"); print(sum(n["Alive"] for n in ray.nodes()))'
until (($(python3 -c "$COUNT" | tail -1) >= {nodes})); do
  echo "waiting for {nodes} nodes" >&2
  sleep 5
done
"$(dirname "$0")/train.sh" "$@"
"""


def write_verl(recipe: Recipe, data: Dataset, model: str, folder: Path) -> Path:
    """Write ``train.parquet``, ``val.parquet``, ``train.sh`` and ``run.sh`` into ``folder``, which
    every node must see under the same path; returns ``run.sh``.

    ``model`` is a checkpoint folder or a hub id. Raises InputError without rows to
    train on or to validate on, and for a row that answers cannot be judged by.
    """
    folder = folder.resolve()
    settings = recipe.train
    rows = in_order(data.rl["train"], settings.data, settings.seed)
    validation = data.rl["validation"][: settings.holdout.tasks]
    require_prompts(rows, settings)
    if not validation:
        raise InputError("verl needs held-out tasks: raise data.validation or make more tasks")
    _write_rows(rows, folder / "train.parquet")
    _write_rows(validation, folder / "val.parquet")
    overrides = verl_overrides(recipe, model, folder, len(rows))
    lines = [shlex.quote(f"{key}={hydra_value(value)}") for key, value in overrides.items()]
    train = _TRAIN.format(folder=shlex.quote(str(folder)), overrides=" \\\n  ".join(lines))
    run = _RUN.format(nodes=settings.nodes, last=settings.nodes - 1)
    for name, text in (("train.sh", train), ("run.sh", run)):
        with replaced(folder / name) as path:
            path.write_text(text, "utf-8")
            path.chmod(0o755)
    return folder / "run.sh"


def verl_overrides(recipe: Recipe, model: str, folder: Path, rows: int) -> dict[str, Any]:
    """The settings of verl 0.9.1 that a recipe asks for, by their dotted names; ``rows`` is how
    many prompts there are to train on."""
    settings = recipe.train
    rl = settings.rl
    return {
        "data.train_files": str(folder / "train.parquet"),
        "data.val_files": str(folder / "val.parquet"),
        "data.train_batch_size": rl.prompts,
        "data.max_prompt_length": settings.data.max_prompt_tokens,
        "data.max_response_length": rl.max_answer_tokens,
        "data.filter_overlong_prompts": True,
        "data.shuffle": not settings.data.curriculum,
        "data.seed": settings.seed,
        "algorithm.adv_estimator": "grpo",
        **_actor(recipe, model),
        **_rollout(recipe),
        "reward.num_workers": settings.nodes,
        "reward.custom_reward_function.path": "pkg://synthsmith.train.verl_reward",
        "reward.custom_reward_function.name": "compute_score",
        "+reward.custom_reward_function.reward_kwargs.workers": recipe.judge.workers,
        "+reward.custom_reward_function.reward_kwargs.isolation": recipe.judge.isolation,
        "+reward.custom_reward_function.reward_kwargs.reward": rl.reward,
        "+reward.custom_reward_function.reward_kwargs.format_weight": rl.format_weight,
        "trainer.nnodes": settings.nodes,
        "trainer.n_gpus_per_node": settings.gpus_per_node,
        "trainer.total_training_steps": rl.max_steps,
        "trainer.total_epochs": math.ceil(rl.max_steps / max(1, rows // rl.prompts)),
        "trainer.save_freq": settings.checkpoint_every,
        "trainer.max_actor_ckpt_to_keep": 2,
        "trainer.test_freq": rl.evaluate_every or rl.max_steps,
        "trainer.project_name": recipe.name,
        "trainer.experiment_name": "rl",
        "trainer.default_local_dir": str(folder / "checkpoints"),
        "trainer.logger": ["console", "tensorboard"],
    }


def _actor(recipe: Recipe, model: str) -> dict[str, Any]:
    """The model, how it is spread over the GPUs, and its loss."""
    settings = recipe.train
    rl, lora = settings.rl, settings.lora
    tokens = settings.data.max_prompt_tokens + rl.max_answer_tokens
    root = "actor_rollout_ref"
    adapters = {} if lora is None else {
        f"{root}.model.lora_rank": lora.rank,
        f"{root}.model.lora_alpha": lora.alpha,
    }  # fmt: skip
    return {
        f"{root}.model.path": str(Path(model).resolve()) if Path(model).is_dir() else model,
        f"{root}.model.enable_gradient_checkpointing": settings.gradient_checkpointing,
        **adapters,
        f"{root}.actor.strategy": "fsdp2",
        f"{root}.actor.fsdp_config.dtype": _DTYPE[settings.precision],
        f"{root}.actor.optim.lr": rl.learning_rate,
        f"{root}.actor.ppo_mini_batch_size": rl.prompts,
        f"{root}.actor.use_dynamic_bsz": True,
        f"{root}.actor.ppo_max_token_len_per_gpu": rl.micro_batch * tokens,
        f"{root}.actor.use_kl_loss": rl.beta > 0,
        f"{root}.actor.kl_loss_coef": rl.beta,
        f"{root}.actor.kl_loss_type": "low_var_kl",
    }


def _rollout(recipe: Recipe) -> dict[str, Any]:
    """How answers are written, in training and when held-out tasks are measured."""
    settings = recipe.train
    rl, holdout = settings.rl, settings.holdout
    root = "actor_rollout_ref.rollout"
    return {
        f"{root}.name": "vllm",
        f"{root}.n": rl.rollouts,
        f"{root}.temperature": rl.temperature,
        f"{root}.dtype": _DTYPE[settings.precision],
        f"{root}.tensor_model_parallel_size": 1,
        f"{root}.max_model_len": settings.data.max_prompt_tokens + rl.max_answer_tokens,
        f"{root}.seed": settings.seed,
        f"{root}.val_kwargs.n": holdout.samples,
        f"{root}.val_kwargs.temperature": holdout.temperature,
        f"{root}.val_kwargs.do_sample": holdout.temperature > 0,
    }


def hydra_value(value: Any) -> str:
    """A value as Hydra's command line reads it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(hydra_value(one) for one in value) + "]"
    if not isinstance(value, str) or _BARE.fullmatch(value):
        return str(value)
    # An interpolation is read even inside quotes, unless its dollar is escaped.
    quoted = re.sub(r"(\\*)(')", r"\1\1\\\2", value).replace("${", r"\${")
    return f"'{quoted}'"


def _write_rows(rows: Sequence[RlRow], path: Path) -> None:
    with replaced(path) as temporary, RowWriter(temporary, RL_SCHEMA) as writer:
        for row in rows:
            GroundTruth.of(row.row)  # told here, not by a cluster that waits
            writer.add(row.row, _characters(row.row))


def _characters(row: Mapping[str, Any]) -> int:
    return len(row["reward_model"]["ground_truth"]) + len(row["prompt"][-1]["content"])
