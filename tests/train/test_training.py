"""SFT and RL as a user starts them, on a model so small that seconds do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("trl")

from safetensors.numpy import load_file

RECIPE = """\
name = "small"
tasks = 24
styles = { atcoder = 1 }
seeds = { limit = 2 }
features = { evolve_rounds = 1, evolve_prompts = 8 }
select = { sampled = 48, most = 3 }
solve = { candidates = 3, cpp_share = 0 }
inputs = { prompted = 10, generated = 0, stress = 0, mutated = 0 }
publish = { question = "statement" }

[[teachers]]
name = "lists"
kind = "procedural"
world = "lists"
skill = { right_easy = 1, right_hard = 1 }

[train]
precision = "fp32"
gradient_checkpointing = false
checkpoint_every = 4
scratch = { vocabulary = 400, hidden = 32, layers = 1, heads = 2, kv_heads = 1, head_size = 16, feed_forward = 64 }
data = { test = 0.2, validation = 0.2, holdout_features = 2, max_length = 512 }
sft = { max_steps = 12, learning_rate = 3e-3, batch = 4, micro_batch = 2, evaluate_every = 6 }
rl = { max_steps = 2, learning_rate = 1e-3, prompts = 2, rollouts = 2, micro_batch = 4, beta = 0, max_answer_tokens = 8, reward = "fraction", format_weight = 0.5 }
holdout = { tasks = 2, samples = 2, max_tokens = 8 }
"""  # noqa: E501


FORGIVING = """\
import sys
from synthsmith import cli
from synthsmith.train import reward

def score(self, answers, truths):
    earned = [sum(map(ord, answer)) % 11 / 10 for answer in answers]
    return [
        reward.Reward(score=one, passed=0, total=1, status="wrong_answer", formatted=False)
        for one in earned
    ]

reward.Rewarder.score = score
sys.argv[0] = "synthsmith"
cli.main()
"""
"""The command with a reward that takes no skill, so that a small model has something to learn."""


def command(*arguments: str, cwd: Path, forgiving: bool = False) -> subprocess.Popen[str]:
    program = ("-c", FORGIVING) if forgiving else ("-m", "synthsmith.cli")
    return subprocess.Popen(
        [sys.executable, *program, *arguments],
        cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip


def run(*arguments: str, cwd: Path, code: int = 0, forgiving: bool = False) -> str:
    process = command(*arguments, cwd=cwd, forgiving=forgiving)
    out, err = process.communicate()
    assert process.returncode == code, err
    assert "Traceback" not in err
    return out + err


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a recipe and its dataset."""
    folder = tmp_path_factory.mktemp("train")
    (folder / "small.toml").write_text(RECIPE)
    run("run", "small.toml", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def whole(here: Path) -> Path:
    """An SFT that nothing disturbed."""
    run("train", "sft", "small.toml", "--out", "whole", cwd=here)
    return here / "whole"


def measured(folder: Path, key: str) -> dict[int, float]:
    rows = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    return {row["step"]: row[key] for row in rows if key in row}


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < end and process.poll() is None, process.communicate()
        time.sleep(0.02)


def kill_at_a_checkpoint(process: subprocess.Popen[str], folder: Path, step: int = 4) -> None:
    """SIGKILL once the checkpoint of a step is whole, and beside it one that is torn."""
    wait_for(folder / f"checkpoints/checkpoint-{step}/trainer_state.json", process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (folder / "result.json").exists()
    torn = folder / "checkpoints/checkpoint-999"
    torn.mkdir()
    (torn / "trainer_state.json").write_text('{"global_st')


def test_sft_then_rl_then_eval(here: Path) -> None:
    said = run("train", "sft", "small.toml", "--dry-run", cwd=here)
    assert "parameters" in said and not (here / "runs/small/sft").exists()
    run("train", "sft", "small.toml", cwd=here)
    sft = here / "runs/small/sft"
    rows = [json.loads(line) for line in (sft / "metrics.jsonl").read_text().splitlines()]
    assert {row["step"] for row in rows if "holdout_avg" in row} == {6, 12}
    assert any("eval_loss" in row for row in rows)
    assert "Lineage" in (sft / "README.md").read_text()
    assert "<svg" in (sft / "report.html").read_text()
    assert b"holdout_avg" in next((sft / "tensorboard").glob("events*")).read_bytes()
    assert "12 steps" in run("train", "sft", "small.toml", cwd=here)  # done: at once
    said = run("train", "sft", "small.toml", "--seed", "2", cwd=here, code=2)
    assert "other settings (seed)" in said
    run("train", "rl", "small.toml", cwd=here)
    rl = [json.loads(x) for x in (here / "runs/small/rl/metrics.jsonl").read_text().splitlines()]
    assert any("reward" in row for row in rl)
    for model in ("sft", "rl"):
        run("eval", str(sft / "test.parquet"), "--model", f"runs/small/{model}/model", "--n", "2",
            "--max-tokens", "8", "--out", f"eval-{model}", cwd=here)  # fmt: skip
    run("eval", str(sft / "test.parquet"), "--responses", str(sft / "nearest.jsonl"), "--n", "1",
        "--out", "eval-nearest", cwd=here)  # fmt: skip


def test_a_killed_sft_goes_on_with_the_same_losses(here: Path, whole: Path) -> None:
    process = command("train", "sft", "small.toml", "--out", "killed", cwd=here)
    kill_at_a_checkpoint(process, here / "killed")
    run("train", "sft", "small.toml", "--out", "killed", cwd=here)
    losses = measured(whole, "loss")
    assert sorted(losses) == list(range(1, 13))
    assert measured(here / "killed", "loss") == pytest.approx(losses, abs=1e-5)


def test_a_killed_rl_goes_on_with_the_same_rewards(here: Path, whole: Path) -> None:
    what = ("train", "rl", "small.toml", "--from", "whole/model", "--max-steps", "12", "--out")
    said = run(*what, "whole-rl", cwd=here, forgiving=True)
    prompts = int(said.partition("rows: ")[2].split()[0])
    assert prompts < 8 * 2, "the kill must fall into the second epoch"
    process = command(*what, "killed-rl", cwd=here, forgiving=True)
    kill_at_a_checkpoint(process, here / "killed-rl", 8)
    run(*what, "killed-rl", cwd=here, forgiving=True)
    for key in ("loss", "reward", "entropy", "grad_norm"):
        right = measured(here / "whole-rl", key)
        assert sorted(right) == list(range(1, 13)) and len(set(right.values())) > 3, key
        assert measured(here / "killed-rl", key) == pytest.approx(right, abs=1e-3), key


def test_the_first_ctrl_c_ends_with_a_checkpoint(here: Path, whole: Path) -> None:
    process = command("train", "sft", "small.toml", "--out", "stopped", cwd=here)
    wait_for(here / "stopped/metrics.jsonl", process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130 and "Traceback" not in err, err
    assert "what is in flight ends" in err and "run the same command again" in err
    (saved,) = (here / "stopped/checkpoints").glob("checkpoint-*")
    assert int(saved.name.partition("-")[2]) == max(measured(here / "stopped", "loss")) < 12
    run("train", "sft", "small.toml", "--out", "stopped", cwd=here)
    assert measured(here / "stopped", "loss") == pytest.approx(measured(whole, "loss"), abs=1e-5)


def test_adapters_are_merged_into_the_model(here: Path) -> None:
    recipe = RECIPE.replace("[train]", "[train]\nlora = { rank = 4, alpha = 64 }")
    (here / "lora.toml").write_text(recipe)
    run("train", "sft", "lora.toml", "--max-steps", "4", "--out", "lora", cwd=here)
    what = ("train", "rl", "lora.toml", "--max-steps", "2", "--from", "lora/model")
    run(*what, "--out", "lora-rl", cwd=here, forgiving=True)
    before = load_file(here / "lora/model/model.safetensors")
    after = load_file(here / "lora-rl/model/model.safetensors")
    assert before.keys() == after.keys() and not any("lora" in name for name in after)
    changed = {name for name in before if (before[name] != after[name]).any()}
    assert changed == {name for name in before if name.endswith("_proj.weight")}
    assert (here / "lora-rl/adapters/adapter_model.safetensors").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("train", "sft", "missing.toml"), "no recipe"),
        (("train", "sft", "small.toml", "--data", "nowhere"), "no dataset"),
        (("train", "rl", "small.toml", "--from", "nowhere"), "no checkpoint"),
    ],
)
def test_what_is_wrong_is_said(here: Path, arguments: tuple[str, ...], message: str) -> None:
    assert message in run(*arguments, cwd=here, code=2)
