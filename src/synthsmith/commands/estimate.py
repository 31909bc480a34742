"""What a run will take, by arithmetic: every figure's formula stands in docs/plan.md too."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import get_args

import msgspec

from synthsmith.prompts import render
from synthsmith.recipe import OpenAITeacherSettings, Price, Recipe, TeacherSettings
from synthsmith.records import PromptKind

KINDS: tuple[PromptKind, ...] = get_args(PromptKind)
CHARS_A_TOKEN = 4
SEED_CHARS = 2_000
"""Of a seed that is not there yet."""
STATEMENT_CHARS = 2_400
"""Of a whole statement with its samples."""
_LONG_STATEMENT, _CODE_CHARS_A_TOKEN = 8_000, 3
"""What a context should have room for: a long statement, in a language that takes more tokens."""
STRATEGY_CHARS = 400
FEATURE_CHARS = 50
"""Of one feature path with its line break."""
SHOWN_FEATURES = 30
"""In one prompt for evolution."""
SAMPLES = 3
"""Examples in a statement."""
REASONING: dict[PromptKind, int] = {
    "extract": 1_000,
    "evolve": 1_500,
    "select": 2_000,
    "formulate": 6_000,
    "solve": 17_700,
    "inputs": 3_000,
    "generator": 5_000,
    "validator": 3_000,
}
"""Tokens a call; that of solve is the mean of the paper, the others are assumed."""
THROUGHPUT = 2_000.0
"""Tokens a second that one GPU writes, many calls together."""
EXECUTIONS_A_CORE_S = 1_000
SLOW_SHARE, SLOW_S = 0.05, 0.025
"""Share of executions that need far more than a millisecond, and their mean CPU seconds."""
COMPILE_S = 0.6
"""CPU seconds to compile a C++ candidate."""
PACKED = 2.5
"""How far zstd shrinks the text of a completion."""
EXECUTION_BYTES = 570
INDEX_BYTES = 200
TEST_BYTES = 2_300
"""Of one labelled test, compressed."""


class Calls(msgspec.Struct, frozen=True):
    """Calls of one kind of prompt; tokens are of one call."""

    kind: PromptKind
    calls: int
    prompt_tokens: int
    answer_tokens: int
    reasoning_tokens: int

    @property
    def written(self) -> int:
        """Tokens of one reply."""
        return self.answer_tokens + self.reasoning_tokens


class TeacherTotals(msgspec.Struct, frozen=True):
    """What one teacher is asked and paid; ``money`` with and without any reasoning.

    The embedded teacher and a cassette write no tokens that anybody pays for.
    """

    name: str
    language_model: bool
    calls: int
    prompt_tokens: int
    answer_tokens: int
    reasoning_tokens: int
    money: float
    money_without_reasoning: float


class Estimate(msgspec.Struct, frozen=True):
    """All figures of a plan. Token counts are totals over language models, hours are of GPUs
    and cores, money is in the currency of the price tables."""

    seeds: int
    tasks: int
    by_kind: tuple[Calls, ...]
    by_teacher: tuple[TeacherTotals, ...]
    calls: int
    prompt_tokens: int
    answer_tokens: int
    reasoning_tokens: int
    money: float
    money_without_reasoning: float
    throughput: float
    gpus: int
    gpu_hours: float
    gpu_hours_without_reasoning: float
    days: float
    executions: int
    compilations: int
    core_hours: float
    ledger_bytes: int
    dataset_bytes: int


def estimate(
    recipe: Recipe,
    seeds: int,
    seed_chars: float,
    reasoning: Mapping[PromptKind, int],
    throughput: float,
    gpus: int,
) -> Estimate:
    """Every task goes the whole road and is verified, every prompt is asked once.

    ``seeds`` of ``seed_chars`` characters on the average; ``reasoning`` replaces single entries of
    ``REASONING``; ``throughput`` is tokens a second a GPU.
    """
    kinds = calls_by_kind(recipe, seeds, seed_chars, {**REASONING, **reasoning})
    teachers = _by_teacher(recipe, kinds)
    answers = sum(teacher.answer_tokens for teacher in teachers)
    thoughts = sum(teacher.reasoning_tokens for teacher in teachers)
    gpu_hours = (answers + thoughts) / throughput / 3600
    executions, compilations = _judged(recipe)
    cpu_s = executions * (1 / EXECUTIONS_A_CORE_S + SLOW_SHARE * SLOW_S) + compilations * COMPILE_S
    ledger, dataset = _disk(recipe, kinds, executions)
    return Estimate(
        seeds=seeds,
        tasks=recipe.tasks,
        by_kind=kinds,
        by_teacher=teachers,
        calls=sum(kind.calls for kind in kinds),
        prompt_tokens=sum(teacher.prompt_tokens for teacher in teachers),
        answer_tokens=answers,
        reasoning_tokens=thoughts,
        money=sum(teacher.money for teacher in teachers),
        money_without_reasoning=sum(teacher.money_without_reasoning for teacher in teachers),
        throughput=throughput,
        gpus=gpus,
        gpu_hours=gpu_hours,
        gpu_hours_without_reasoning=answers / throughput / 3600,
        days=gpu_hours / gpus / 24,
        executions=executions,
        compilations=compilations,
        core_hours=cpu_s / 3600,
        ledger_bytes=ledger,
        dataset_bytes=dataset,
    )


def calls_by_kind(
    recipe: Recipe, seeds: int, seed_chars: float, reasoning: Mapping[PromptKind, int]
) -> tuple[Calls, ...]:
    """Calls and tokens of every kind of prompt, in the order of the road."""
    inputs, tasks = recipe.inputs, recipe.tasks
    calls: dict[PromptKind, int] = {
        "extract": seeds,
        "evolve": recipe.features.evolve_rounds * recipe.features.evolve_prompts,
        "select": tasks,
        "formulate": tasks,
        "solve": tasks * recipe.solve.candidates,
        "inputs": tasks if inputs.prompted else 0,
        "generator": tasks if inputs.generated + inputs.stress else 0,
        "validator": tasks,
    }
    answers: dict[PromptKind, int] = {
        "extract": 250,
        "evolve": 20 * recipe.features.evolve_count,
        "select": 200,
        "formulate": 900,
        "solve": 700,
        "inputs": 60 * inputs.prompted,
        "generator": 700,
        "validator": 500,
    }
    most = recipe.solve.max_tokens
    return tuple(
        Calls(
            kind=kind,
            calls=calls[kind],
            prompt_tokens=prompt_tokens(kind, recipe, seed_chars),
            answer_tokens=min(answers[kind], most),
            reasoning_tokens=min(reasoning[kind], max(most - answers[kind], 0)),
        )
        for kind in KINDS
    )


def longest_prompt_tokens(teacher: TeacherSettings, recipe: Recipe) -> int:
    """Tokens of the longest prompt, cautiously, that a teacher should be able to read.

    Seeds of any length are left out: one that does not fit is dropped, and the run goes on.
    """
    kinds = [kind for kind in KINDS if teacher.weights.get(kind, teacher.weight)]
    lengths = [_prompt_chars(kind, recipe, SEED_CHARS, _LONG_STATEMENT) for kind in kinds]
    return math.ceil(max(lengths) / _CODE_CHARS_A_TOKEN)


def prompt_tokens(kind: PromptKind, recipe: Recipe, seed_chars: float) -> int:
    """Tokens of one prompt: the template with its sections filled to their assumed lengths."""
    return math.ceil(_prompt_chars(kind, recipe, seed_chars, STATEMENT_CHARS) / CHARS_A_TOKEN)


def _prompt_chars(kind: PromptKind, recipe: Recipe, seed_chars: float, statement_chars: int) -> int:
    features = {
        "evolve": SHOWN_FEATURES,
        "select": recipe.select.sampled,
        "formulate": recipe.select.most,
    }
    values = {
        "language": "python",
        "code": "x" * round(seed_chars),
        "features": "x" * FEATURE_CHARS * features.get(kind, 0),
        "count": 12,
        "style": "codeforces",
        "most": recipe.select.most,
        "strategy": "x" * STRATEGY_CHARS,
        "time_limit_s": "2",
        "memory_limit_mb": 512,
        "statement": "x" * statement_chars,
        "io": "stdin",
        "fn_name": "",
        "fence": "```python",
    }
    (message,) = render(kind, **values)
    return len(message.content)


def _by_teacher(recipe: Recipe, kinds: tuple[Calls, ...]) -> tuple[TeacherTotals, ...]:
    """Each teacher's share of every kind, by the weights; tokens and money of models only."""
    out: list[TeacherTotals] = []
    for teacher in recipe.teachers:
        shares = {kind.kind: _share(teacher, kind.kind, recipe) * kind.calls for kind in kinds}
        model = isinstance(teacher, OpenAITeacherSettings)
        price = teacher.price if isinstance(teacher, OpenAITeacherSettings) else Price()
        asked = sum(shares[kind.kind] * kind.prompt_tokens for kind in kinds) * model
        answered = sum(shares[kind.kind] * kind.answer_tokens for kind in kinds) * model
        thought = sum(shares[kind.kind] * kind.reasoning_tokens for kind in kinds) * model
        plain = (asked * price.input + answered * price.output) / 1e6
        out.append(
            TeacherTotals(
                name=teacher.name,
                language_model=model,
                calls=round(sum(shares.values())),
                prompt_tokens=round(asked),
                answer_tokens=round(answered),
                reasoning_tokens=round(thought),
                money=plain + thought * price.output / 1e6,
                money_without_reasoning=plain,
            )
        )
    return tuple(out)


def _share(teacher: TeacherSettings, kind: PromptKind, recipe: Recipe) -> float:
    """The part of a kind's prompts that a teacher answers."""
    weights = [one.weights.get(kind, one.weight) for one in recipe.teachers]
    return teacher.weights.get(kind, teacher.weight) / sum(weights)


def tests_a_task(recipe: Recipe) -> int:
    """Inputs of one task if all that is asked for comes and none is dropped."""
    inputs = recipe.inputs
    return SAMPLES + inputs.prompted + inputs.generated + inputs.stress + inputs.mutated


def _judged(recipe: Recipe) -> tuple[int, int]:
    """Executions (candidates, generators and validators on inputs) and C++ compilations."""
    inputs, solve = recipe.inputs, recipe.solve
    tests = tests_a_task(recipe)
    of_generator = inputs.generated + inputs.stress
    of_validator = tests + 2 * inputs.mutated  # three mutations are tried for each one kept
    a_task = solve.candidates * tests + of_generator + of_validator
    weights = recipe.styles
    stdin = 1 - weights.get("leetcode", 0.0) / sum(weights.values())
    compiled = recipe.tasks * round(solve.candidates * solve.cpp_share) * stdin
    return recipe.tasks * a_task, round(compiled)


def _disk(recipe: Recipe, kinds: tuple[Calls, ...], executions: int) -> tuple[int, int]:
    """Bytes of the ledger with its packs, and of everything published."""
    calls = sum(kind.calls for kind in kinds)
    replies = sum(kind.calls * kind.written for kind in kinds) * CHARS_A_TOKEN / PACKED
    index = (calls + executions) * INDEX_BYTES
    solution = next(kind.written for kind in kinds if kind.kind == "solve") * CHARS_A_TOKEN / PACKED
    tests = tests_a_task(recipe) * TEST_BYTES
    verified = tests + recipe.solve.candidates * solution
    ledger = replies + executions * EXECUTION_BYTES + index + recipe.tasks * verified
    # verified.parquet, the tests again in the RL set, the golden solution twice in the SFT set
    dataset = recipe.tasks * (verified + tests + 2 * solution)
    return round(ledger), round(dataset)
