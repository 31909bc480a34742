"""``synthsmith plan``: what a run will take, before a single call."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from synthsmith.commands.endpoints import at_endpoint
from synthsmith.commands.estimate import KINDS, SEED_CHARS, Estimate, estimate
from synthsmith.commands.plan_training import show_training, training_costs
from synthsmith.commands.progress import print_line
from synthsmith.commands.tables import show_table
from synthsmith.errors import InputError
from synthsmith.recipe import Recipe, load_recipe
from synthsmith.records import PromptKind
from synthsmith.seeds import read_seeds


def plan_recipe(
    path: Path,
    seeds: str | None,
    tasks: int | None,
    reasoning: Iterable[str],
    throughput: float,
    gpus: int,
    as_json: bool,
    endpoint: str | None,
    model: str,
    gpu: str,
    utilization: float,
) -> None:
    """Print the plan of a recipe, of which nothing is asked at any endpoint. Raises InputError."""
    if throughput <= 0:
        raise InputError("--throughput: need more than 0 tokens a second")
    recipe = at_endpoint(load_recipe(path), endpoint, model, "")
    if tasks is not None:
        recipe = msgspec.structs.replace(recipe, tasks=tasks)
    count, chars, whence = _seeds(recipe, seeds)
    plan = estimate(recipe, count, chars, _reasoning(reasoning), throughput, gpus)
    training = training_costs(recipe, plan.by_kind, gpu, utilization, throughput)
    if as_json:
        whole = {**msgspec.to_builtins(plan), "training": training}
        print(msgspec.json.format(msgspec.json.encode(whole), indent=2).decode())
        return
    print_line(f"seeds: {count:,} of {chars:,.0f} characters on the average, {whence}")
    _show(plan)
    show_training(training, utilization, throughput)


def _seeds(recipe: Recipe, path: str | None) -> tuple[int, float, str]:
    """How many seeds, their mean characters, and whether that was read or assumed."""
    place = recipe.seeds.path if path is None else path
    if path == "":
        raise InputError("--seeds is empty: name a folder or file, or leave it out")
    if path is None and place and recipe.seeds.limit and not Path(place).expanduser().exists():
        return recipe.seeds.limit, SEED_CHARS, f"assumed (seeds.limit; nothing at {place} yet)"
    found, dropped = read_seeds(place, recipe.seeds)
    mean = sum(len(seed.code) for seed in found) / len(found)
    return len(found), mean, f"read ({len(dropped)} unusable)"


def _reasoning(options: Iterable[str]) -> dict[PromptKind, int]:
    """``solve=8000`` and the like. Raises InputError."""
    out: dict[PromptKind, int] = {}
    for option in options:
        kind, _, tokens = option.partition("=")
        if kind not in KINDS or not tokens.isdecimal():
            raise InputError(
                f"--reasoning {option}: want KIND=TOKENS, KIND one of {', '.join(KINDS)}"
            )
        out[kind] = int(tokens)
    return out


def _show(plan: Estimate) -> None:
    calls = [
        (c.kind, c.calls, c.prompt_tokens, c.answer_tokens, c.reasoning_tokens)
        for c in plan.by_kind
    ]
    heads: tuple[str, ...] = (
        "prompt",
        "calls",
        "tokens in a call",
        "answer a call",
        "reasoning a call",
    )
    show_table(heads, calls)
    teachers = [
        (t.name, t.calls, t.prompt_tokens, t.answer_tokens, t.reasoning_tokens, t.money or None)
        for t in plan.by_teacher
    ]
    heads = ("teacher", "calls", "tokens in", "tokens out, answers", "reasoning", "money")
    show_table(heads, teachers)
    show_table(("together", "", "how (docs/plan.md)"), _together(plan))


def _together(plan: Estimate) -> list[tuple[object, ...]]:
    rate = f"{plan.throughput:,.0f} tokens/s a GPU (--throughput)"
    out = plan.answer_tokens + plan.reasoning_tokens
    bare = plan.answer_tokens
    tests = f"{plan.executions:,} executions at 1,000/s a core, 5% of them 25 ms more, "
    tests += f"{plan.compilations:,} compilations of 0.6 s"
    return [
        (
            "calls",
            f"{plan.calls:,}",
            f"{plan.tasks:,} tasks, {plan.seeds:,} seeds; all go the whole way",
        ),
        ("", "", "unreadable replies are asked for once more: that comes on top"),
        ("tokens in", f"{plan.prompt_tokens:,}", "4 characters a token, of language models only"),
        ("tokens out", f"{out:,}", f"{bare:,} without reasoning"),
        _money(plan),
        ("GPU-hours", f"{plan.gpu_hours:,.1f}", f"tokens out at {rate}"),
        ("", f"{plan.gpu_hours_without_reasoning:,.1f}", "without reasoning"),
        ("days", f"{plan.days:,.1f}", f"on {plan.gpus:,} GPUs (--gpus)"),
        ("judge core-hours", f"{plan.core_hours:,.1f}", tests),
        ("ledger", _size(plan.ledger_bytes), "replies, executions and verified tasks, packed"),
        ("dataset", _size(plan.dataset_bytes), "every task verified"),
    ]


def _money(plan: Estimate) -> tuple[object, ...]:
    if not plan.money:
        return ("money", None, "no language model of the recipe has a price")
    return ("money", plan.money, f"{plan.money_without_reasoning:,.2f} without reasoning")


def _size(count: int) -> str:
    """Bytes in the unit that leaves one to three digits before the point."""
    size = float(count)
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1000:
            return f"{size:,.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} TB"
