"""``synthsmith plan``: every figure against arithmetic done by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, one_line
from pytest import approx

ROOT = Path(__file__).parents[2]

PRICED = """\
name = "priced"
tasks = 10
[seeds]
path = "not there yet"
limit = 30
[features]
evolve_rounds = 1
evolve_prompts = 4
evolve_count = 5
[inputs]
prompted = 0
generated = 0
stress = 0
mutated = 20
[solve]
candidates = 4
cpp_share = 0.5
max_tokens = 10_000
[styles]
codeforces = 3
leetcode = 1
[[teachers]]
name = "dear"
kind = "openai"
weights = { solve = 3, extract = 0, evolve = 0 }
price = { input = 2.0, output = 10.0 }
endpoints = [{ url = "http://127.0.0.1:9/v1" }]
[[teachers]]
name = "embedded"
kind = "procedural"
"""


def planned(synthsmith: Command, recipe: Path, *options: object) -> dict[str, Any]:
    result = synthsmith("plan", recipe, "--json", *options)
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def priced(tmp_path: Path) -> Path:
    path = tmp_path / "priced.toml"
    path.write_text(PRICED)
    return path


def test_the_run_of_the_paper(synthsmith: Command) -> None:
    plan = planned(synthsmith, ROOT / "recipes/paper-7b.toml", "--gpus", 64, "--gpu", "H20")
    kinds = {kind["kind"]: kind for kind in plan["by_kind"]}
    assert {kind: one["calls"] for kind, one in kinds.items()} == {
        "extract": 10_000,
        "evolve": 15_000,
        "select": 200_000,
        "formulate": 200_000,
        "solve": 1_600_000,
        "inputs": 200_000,
        "generator": 200_000,
        "validator": 200_000,
    }
    assert plan["calls"] == 2_625_000
    assert plan["reasoning_tokens"] == (
        10_000_000 + 22_500_000 + 200_000 * 19_000 + 1_600_000 * 17_700
    )
    assert plan["answer_tokens"] == 2_500_000 + 6_000_000 + 200_000 * 3_020 + 1_600_000 * 700
    assert plan["prompt_tokens"] == sum(k["calls"] * k["prompt_tokens"] for k in plan["by_kind"])
    assert kinds["solve"]["prompt_tokens"] > 2_400 / 4
    solver, setter = plan["by_teacher"]
    assert (solver["name"], solver["calls"]) == ("solver", 1_600_000)
    assert (setter["name"], setter["calls"]) == ("setter", 1_025_000)
    assert plan["gpu_hours"] == approx(33.885e9 / 2_000 / 3_600)
    assert plan["gpu_hours"] == approx(4_706.25)
    assert plan["gpu_hours_without_reasoning"] == approx(240.625)
    assert plan["days"] == approx(4_706.25 / 64 / 24)
    assert plan["executions"] == 200_000 * (8 * 50 + 27 + 66) == 98_600_000
    assert plan["compilations"] == 266_667
    assert plan["core_hours"] == approx((98.6e6 * 0.00225 + 266_667 * 0.6) / 3_600)
    assert plan["ledger_bytes"] == approx(54.216e9 + 56.202e9 + 20.245e9 + 70.104e9)
    assert plan["dataset_bytes"] == approx(200_000 * 524_400)
    assert plan["money"] == 0
    sft, rl = plan["training"]
    row = kinds["solve"]["prompt_tokens"] + 17_700 + 700
    assert sft["tokens"] == 200_000 * row * 8
    assert rl["rollout_tokens"] == 500 * 128 * 8 * 18_400
    assert (sft["gpus"], sft["gpu"], sft["parameters"]) == (128, "H20", 7_615_616_512)
    assert sft["gpu_hours"] == approx(sft["flop"] / (148e12 * 0.4 * 3_600))


def test_training_on_screen(synthsmith: Command, priced: Path) -> None:
    assert "training" not in synthsmith("plan", priced).stdout, "there is no [train] table"
    mine = priced.read_text() + '[train]\nnodes = 2\nmodel = "'
    priced.write_text(mine + 'Qwen/Qwen3-8B-Base"\n')
    result = synthsmith("plan", priced, "--gpu", "L40S")
    assert "on 16 × L40S (--gpu) at 40% of peak (--utilization)" in result.stdout
    assert "SFT does not fit into the 48 GB of one L40S" in result.stderr
    priced.write_text(mine + 'someone/unheard-of"\n')
    result = synthsmith("plan", priced)
    assert result.returncode == 0
    assert "the shape of someone/unheard-of is not known: download it" in result.stderr
    for option, value in (("--gpu", "H9000"), ("--utilization", "1.5")):
        result = synthsmith("plan", priced, option, value)
        assert one_line(result).startswith(f"synthsmith: {option}")


def test_shares_prices_and_limits(synthsmith: Command, priced: Path) -> None:
    plan = planned(synthsmith, priced, "--reasoning", "select=100", "--reasoning", "formulate=0")
    assert (plan["seeds"], plan["tasks"]) == (30, 10)
    kinds = {kind["kind"]: kind for kind in plan["by_kind"]}
    assert [kinds[k]["calls"] for k in ("extract", "evolve", "inputs", "generator")] == [
        30, 4, 0, 0,
    ]  # fmt: skip
    assert kinds["solve"]["reasoning_tokens"] == 10_000 - 700, "no longer than max_tokens"
    assert kinds["evolve"]["answer_tokens"] == 100
    dear, embedded = plan["by_teacher"]
    # half of 10 select, 10 formulate and 10 validator calls, three quarters of 40 solve calls
    assert dear["calls"] == 15 + 30
    assert embedded["calls"] == 30 + 4 + 15 + 10
    assert dear["answer_tokens"] == 5 * 200 + 5 * 900 + 5 * 500 + 30 * 700
    assert dear["reasoning_tokens"] == 5 * 100 + 5 * 3_000 + 30 * 9_300
    asked = sum(5 * kinds[k]["prompt_tokens"] for k in ("select", "formulate", "validator"))
    assert dear["prompt_tokens"] == asked + 30 * kinds["solve"]["prompt_tokens"]
    bare = (2 * dear["prompt_tokens"] + 10 * 29_000) / 1e6
    assert plan["money_without_reasoning"] == approx(bare)
    assert plan["money"] == dear["money"] == approx(bare + 10 * 294_500 / 1e6)
    assert embedded["money"] == embedded["prompt_tokens"] == embedded["reasoning_tokens"] == 0
    assert plan["executions"] == 10 * (4 * 23 + 0 + 23 + 40)
    assert plan["compilations"] == 10 * 2 * 3 / 4


def test_throughput_and_gpus(synthsmith: Command, priced: Path) -> None:
    one = planned(synthsmith, priced, "--throughput", 100)
    written = one["answer_tokens"] + one["reasoning_tokens"]
    assert one["gpu_hours"] == approx(written / 100 / 3_600)
    two = planned(synthsmith, priced, "--throughput", 200, "--gpus", 4, "--tasks", 10)
    assert two["gpu_hours"] == approx(one["gpu_hours"] / 2)
    assert two["days"] == approx(one["days"] / 8)


def test_an_endpoint_in_place_of_the_teachers_is_never_asked(
    synthsmith: Command, priced: Path
) -> None:
    plan = planned(synthsmith, priced, "--endpoint", "http://127.0.0.1:9/v1", "--model", "m")
    (teacher,) = plan["by_teacher"]
    assert (teacher["name"], teacher["calls"]) == ("m", plan["calls"])
    assert plan["prompt_tokens"] == sum(k["calls"] * k["prompt_tokens"] for k in plan["by_kind"])


def test_seeds_are_read_where_there_are_some(
    synthsmith: Command, priced: Path, tmp_path: Path
) -> None:
    code = tmp_path / "code"
    code.mkdir()
    for i in range(3):
        (code / f"{i}.py").write_text(f"n = int(input())\nprint(sum(range(n)) * {i})\n" * 40)
    plan = planned(synthsmith, priced, "--seeds", code)
    assert plan["seeds"] == 3
    assumed = planned(synthsmith, priced)
    extract = [p["by_kind"][0]["prompt_tokens"] for p in (plan, assumed)]
    length = (code / "0.py").stat().st_size
    assert extract[1] - extract[0] == approx((2_000 - length) / 4, abs=1)


def test_the_tables_are_plain_and_aligned(synthsmith: Command) -> None:
    result = synthsmith("plan", ROOT / "recipes/mini.toml")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "\x1b" not in result.stdout
    solve = next(line for line in lines if line.startswith("solve"))
    assert solve.split()[:2] == ["solve", "1,280"]
    heads = next(line for line in lines if line.startswith("prompt "))
    assert len(heads.rstrip()) == len(solve.rstrip()), "figures stand right under their heads"
    for word in ("money", "GPU-hours", "judge core-hours", "ledger", "dataset", "docs/plan.md"):
        assert word in result.stdout
    assert "124 of" in result.stderr
    assert "no language model of the recipe has a price" in result.stdout
    assert "asked for once more" in result.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none.toml"], "no recipe at"),
        (["--seeds", "nowhere"], "nowhere"),
        (["--seeds", ""], "--seeds is empty"),
        (["--reasoning", "solve"], "KIND=TOKENS"),
        (["--reasoning", "sing=3"], "KIND=TOKENS"),
        (["--reasoning", "solve=-3"], "KIND=TOKENS"),
        (["--throughput", "0"], "--throughput"),
        (["--model", "m"], "--endpoint"),
    ],
)
def test_bad_settings_are_one_line(synthsmith: Command, args: list[str], said: str) -> None:
    recipe = [] if args[0].endswith(".toml") else [ROOT / "recipes/mini.toml"]
    assert said in one_line(synthsmith("plan", *recipe, *args))
