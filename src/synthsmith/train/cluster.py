"""Launching a training on many processes: an accelerate configuration, and the line to start it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

from synthsmith.errors import InputError
from synthsmith.files import replaced
from synthsmith.train_settings import TrainSettings

CONFIGURATION, LAUNCHER = "accelerate.json", "launch.sh"

_LAUNCH = """\
#!/bin/sh
# On each of the {nodes} machines, which share this folder, the recipe and the dataset:
#   MASTER_ADDR=host-of-machine-0 NODE_RANK=0 sh {script} sft|rl [options of train]
# Under Slurm NODE_RANK may be left out.
set -eu
kind=${{1:?name what to train: sft|rl}}
shift
exec accelerate launch --config_file {configuration} \\
  --machine_rank "${{NODE_RANK:-${{SLURM_NODEID:-0}}}}" \\
  --main_process_ip "${{MASTER_ADDR:-127.0.0.1}}" --main_process_port "${{MASTER_PORT:-29500}}" \\
  -m synthsmith.cli train "$kind" {recipe} "$@"
"""


def write_cluster(
    settings: TrainSettings, recipe: Path, folder: Path, *, cpu: bool = False
) -> list[Path]:
    """Write ``accelerate.json`` and ``launch.sh`` for a recipe into ``folder``.

    ``cpu``: processes of CPUs over gloo instead of GPUs. Returns the two paths. Raises InputError
    where the folder cannot be written.
    """
    configuration, script = folder / CONFIGURATION, folder / LAUNCHER
    launch = _LAUNCH.format(
        nodes=settings.nodes,
        script=shlex.quote(str(script)),
        configuration=shlex.quote(str(configuration.resolve())),
        recipe=shlex.quote(str(recipe.resolve())),
    )
    texts = {configuration: as_json(configuration_of(settings, cpu=cpu)), script: launch}
    for path, text in texts.items():
        with replaced(path) as partial:
            partial.write_text(text, "utf-8")
    return list(texts)


def as_json(configuration: dict[str, Any]) -> str:
    """The text of a configuration file, for people to read as well."""
    return json.dumps(configuration, indent=1) + "\n"


def configuration_of(settings: TrainSettings, *, cpu: bool) -> dict[str, Any]:
    """The accelerate configuration (1.10 or newer), keys as its ``config_args`` names them.

    Raises InputError for ZeRO-3 without GPUs.
    """
    if cpu and settings.parallel == "zero3":
        raise InputError('parallel = "zero3" needs GPUs: use "fsdp" or "none" on CPUs')
    processes = settings.nodes * settings.gpus_per_node
    # On CPUs MULTI_GPU starts the processes all the same; MULTI_CPU would leave that to mpirun.
    kinds = {"none": "MULTI_GPU", "fsdp": "FSDP", "zero3": "DEEPSPEED"}
    special: dict[str, Any] = {}
    if settings.parallel == "fsdp":
        special["fsdp_config"] = _FSDP
    elif settings.parallel == "zero3":
        special["deepspeed_config"] = _ZERO3
    return {
        "compute_environment": "LOCAL_MACHINE",
        "distributed_type": "NO" if processes == 1 else kinds[settings.parallel],
        **special,
        "main_training_function": "main",
        "mixed_precision": "bf16" if settings.precision == "bf16" and not cpu else "no",
        "num_machines": settings.nodes,
        "num_processes": processes,
        "rdzv_backend": "static",
        "same_network": True,
        "use_cpu": cpu,
    }


_FSDP = {
    "fsdp_version": 2,
    "fsdp_auto_wrap_policy": "TRANSFORMER_BASED_WRAP",
    "fsdp_reshard_after_forward": True,
    # A sharded state would have to be converted before anything else could load the model.
    "fsdp_state_dict_type": "FULL_STATE_DICT",
    "fsdp_cpu_ram_efficient_loading": True,
    "fsdp_offload_params": False,
    # The trainer's own checkpointing is used.
    "fsdp_activation_checkpointing": False,
}
_ZERO3 = {
    "zero_stage": 3,
    "zero3_init_flag": False,
    "zero3_save_16bit_model": True,
    "offload_optimizer_device": "none",
    "offload_param_device": "none",
    "deepspeed_multinode_launcher": "standard",
}
