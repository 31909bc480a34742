"""The launch files of a training, against accelerate's own loader where it is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from synthsmith.errors import InputError
from synthsmith.train.cluster import configuration_of, write_cluster
from synthsmith.train_settings import TrainSettings

PAPER = TrainSettings(parallel="fsdp", nodes=16, gpus_per_node=8)


def test_a_relaunched_script_hands_on_everything(tmp_path: Path) -> None:
    """The script as a shell runs it, with a stand-in for accelerate that prints its arguments."""
    recipe = tmp_path / "my recipe.toml"
    configuration, script = write_cluster(PAPER, recipe, tmp_path / "a folder")
    stand_in = tmp_path / "accelerate"
    stand_in.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    stand_in.chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "MASTER_ADDR": "node0", "NODE_RANK": "3"}
    done = subprocess.run(
        ["sh", script, "rl", "--out", "x y"], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "launch", "--config_file", str(configuration), "--machine_rank", "3",
        "--main_process_ip", "node0", "--main_process_port", "29500",
        "-m", "synthsmith.cli", "train", "rl", str(recipe), "--out", "x y",
    ]  # fmt: skip


def test_the_module_that_is_launched_is_the_command_line() -> None:
    command = [sys.executable, "-m", "synthsmith.cli", "train", "sft", "no-such-recipe.toml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no recipe at no-such-recipe.toml" in done.stderr


def test_the_command_writes_it_and_says_where(tmp_path: Path) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text('name = "mine"\n[train]\nnodes = 2\nparallel = "zero3"\n')
    command = [sys.executable, "-m", "synthsmith.cli", "train", "cluster", str(recipe)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "runs/mine/cluster/launch.sh\n"
    assert "on each of 2 nodes, 8 processes a node" in done.stderr
    text = (tmp_path / "runs/mine/cluster/accelerate.json").read_text()
    assert json.loads(text)["deepspeed_config"]["zero_stage"] == 3
    done = subprocess.run([*command, "--cpu"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_the_processes_are_those_of_all_nodes() -> None:
    found = configuration_of(PAPER, cpu=False)
    assert (found["num_machines"], found["num_processes"]) == (16, 128)
    alone = msgspec.structs.replace(PAPER, nodes=1, gpus_per_node=1)
    assert configuration_of(alone, cpu=True)["distributed_type"] == "NO"


def test_zero3_without_gpus_is_refused() -> None:
    with pytest.raises(InputError, match='use "fsdp"'):
        configuration_of(msgspec.structs.replace(PAPER, parallel="zero3"), cpu=True)


@pytest.mark.parametrize("parallel", ["none", "fsdp", "zero3"])
def test_accelerate_reads_the_configuration(parallel: str, tmp_path: Path) -> None:
    config_args = pytest.importorskip("accelerate.commands.config.config_args")
    launch = pytest.importorskip("accelerate.commands.launch")
    settings = msgspec.structs.replace(PAPER, parallel=parallel)
    path, _ = write_cluster(settings, tmp_path / "r.toml", tmp_path)
    loaded = config_args.load_config_from_file(str(path))  # refuses unknown keys
    kinds = {"none": "MULTI_GPU", "fsdp": "FSDP", "zero3": "DEEPSPEED"}
    assert loaded.distributed_type == kinds[parallel]
    assert (loaded.num_processes, loaded.mixed_precision) == (128, "bf16")
    # It does not check the inner tables: their keys are the launcher's options.
    options = vars(launch.launch_command_parser().parse_args(["script"]))
    assert {*loaded.fsdp_config, *loaded.deepspeed_config} <= options.keys()
