"""The part of ``synthsmith plan`` about a recipe's ``[train]`` table."""

from __future__ import annotations

from collections.abc import Sequence

from synthsmith.commands.estimate import Calls
from synthsmith.commands.progress import print_line
from synthsmith.commands.tables import show_table
from synthsmith.errors import InputError
from synthsmith.recipe import ProceduralTeacherSettings, Recipe
from synthsmith.train.cost import GPUS, Lengths, TrainCost, rl_cost, sft_cost
from synthsmith.train.shape import shape_of
from synthsmith.train_settings import TrainSettings


def training_costs(
    recipe: Recipe, kinds: Sequence[Calls], gpu: str, utilization: float, throughput: float
) -> tuple[TrainCost, ...]:
    """SFT and RL on what the recipe's run publishes; () for a recipe without a ``[train]`` table
    and, with a line that says so, for a model of unknown shape.

    Raises InputError for an unknown GPU or a utilization that cannot be.
    """
    if gpu not in GPUS:
        raise InputError(f"--gpu {gpu}: want one of {', '.join(GPUS)}")
    if not 0 < utilization <= 1:
        raise InputError("--utilization: need more than 0 and at most 1")
    if recipe.train == TrainSettings():
        return ()
    try:
        shape = shape_of(recipe.train)
    except InputError as error:
        print_line(f"no plan of the training: {error}")
        return ()
    solve = next(kind for kind in kinds if kind.kind == "solve")
    thought = solve.reasoning_tokens if _reasons(recipe) else 0
    lengths = Lengths(solve.prompt_tokens, solve.answer_tokens + thought)
    rows = recipe.tasks * (recipe.solve.candidates if recipe.publish.solutions == "all" else 1)
    return (
        sft_cost(shape, recipe.train, rows, lengths, GPUS[gpu], utilization),
        rl_cost(shape, recipe.train, lengths, GPUS[gpu], throughput, utilization),
    )


def _reasons(recipe: Recipe) -> bool:
    """Whether solutions come with reasoning: those of the embedded teacher do not."""
    return any(
        teacher.weights.get("solve", teacher.weight)
        for teacher in recipe.teachers
        if not isinstance(teacher, ProceduralTeacherSettings)
    )


def show_training(costs: Sequence[TrainCost], utilization: float, throughput: float) -> None:
    """Print the costs side by side, and a line for each that does not fit into its GPU."""
    if not costs:
        return
    one = costs[0]
    at = f"on {one.gpus:,} × {one.gpu} (--gpu) at {utilization:.0%} of peak (--utilization)"
    writes = f"at {throughput:,.0f} tokens/s a GPU (--throughput)"
    rows = [
        ("steps", *(cost.steps for cost in costs), ""),
        ("tokens", *(cost.tokens for cost in costs), "through the model, prompts included"),
        ("GPU-hours", *(f"{cost.gpu_hours:,.1f}" for cost in costs), at),
        ("of it rollouts", *(f"{cost.rollout_gpu_hours:,.1f}" for cost in costs), writes),
        ("days", *(f"{cost.gpu_hours / cost.gpus / 24:,.1f}" for cost in costs), ""),
        ("GB a GPU", *(f"{cost.memory_total / 1e9:,.1f}" for cost in costs), "at full length"),
    ]
    show_table(("training", *(cost.kind.upper() for cost in costs), "how (docs/plan.md)"), rows)
    for cost in costs:
        room = GPUS[cost.gpu].memory
        if cost.memory_total > room:
            print_line(
                f"{cost.kind.upper()} does not fit into the {room / 1e9:,.0f} GB of one {cost.gpu}:"
                " use more GPUs, parallel, lora, shorter lengths"
                + (' or rollout_engine = "vllm"' if cost.memory.cache else "")
            )
