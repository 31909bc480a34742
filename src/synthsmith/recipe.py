"""The one settings schema: a recipe is a TOML file, decoded strictly, with a digest.

Secrets never stand in a recipe; it names the environment variable that holds one.
"""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
import tomli_w
from msgspec import Meta

from synthsmith.errors import InputError
from synthsmith.records import Limits, PromptKind, Style, digest
from synthsmith.settings import Count, Few, Positive, Settings, Share, Weight
from synthsmith.train_settings import TrainSettings

IsolationSetting = Literal["auto", "A", "B", "C", "none-i-accept-the-risk"]
"""A tier of the judge; see docs/security.md."""
QuestionForm = Literal["full", "statement"]


class SeedSettings(Settings, frozen=True):
    """``path`` is a folder, JSONL or Parquet of code; empty means the bundled samples."""

    path: str = ""
    """Where the code is; ``--seeds`` goes before it."""
    max_kb: Positive = 64
    """A larger sample is dropped."""
    limit: Count = 0
    """At most so many seeds, 0 for all."""


class FeatureSettings(Settings, frozen=True):
    """How far the extracted features are evolved."""

    evolve_rounds: Count = 2
    """Rounds, each over the tree that the one before left."""
    evolve_prompts: Positive = 12
    """Prompts a round, each over a sampled part of the tree."""
    evolve_count: Positive = 12
    """New features asked for in one prompt."""


class SelectSettings(Settings, frozen=True):
    """The subtree a task's features are selected from."""

    sampled: Positive = 12
    """Features offered to the teacher."""
    most: Positive = 4
    """Features it may choose."""


class SolveSettings(Settings, frozen=True):
    """Candidates a task and how they are sampled."""

    candidates: Annotated[int, Meta(ge=2, le=1000)] = 8
    """Solutions sampled for each task."""
    cpp_share: Share = 0.25
    """Share of candidates asked for in C++ (never of function-style tasks)."""
    temperature: Annotated[float, Meta(ge=0, le=2)] = 1.0
    """Of every prompt, not only of solutions."""
    max_tokens: Positive = 32_768
    """Longest reply, reasoning included."""


class InputSettings(Settings, frozen=True):
    """Test inputs asked for by each way, a task."""

    prompted: Count = 12
    """Written out by the teacher, about half of them edge cases."""
    generated: Count = 24
    """Printed by the teacher's generator program, sizes spread over the constraints."""
    stress: Count = 3
    """Printed by it at the largest size."""
    mutated: Count = 8
    """Others with one small change, if the validator program accepts them."""


class VerifySettings(Settings, frozen=True):
    """Dual verification: what a label and a golden solution must reach."""

    min_confidence: Share = 0.5
    """Share of the answers that must agree on a test's output, one vote a candidate."""
    min_tests: Positive = 8
    """Labelled tests a task needs, both halves together."""
    holdout_share: Annotated[float, Meta(gt=0, lt=1)] = 0.5
    """Share of the tests that only confirm the golden solution."""
    min_support: Positive = 2
    """Candidates (the golden one among them) that must pass all tests."""


class SkillSettings(Settings, frozen=True):
    """Skill profile of a procedural teacher; every field is a probability."""

    right_easy: Share = 0.9
    """Chance of a right program for the easiest compositions."""
    right_hard: Share = 0.6
    """The same for the hardest; in between it falls evenly."""
    shared_misreading: Share = 0.3
    """Of wrong programs, the share that follow the one misreading common to the task."""
    truncated: Share = 0.02
    """Chance that a solution is cut by length."""
    malformed: Share = 0.02
    """Chance that a reply cannot be read."""
    wrong_sample: Share = 0.03
    """Chance that a written task shows a wrong example."""
    invalid_input: Share = 0.03
    """Chance that a proposed input breaks the constraints."""


class BaseTeacherSettings(Settings, frozen=True, tag_field="kind"):
    """What every teacher has."""

    name: str
    """As it stands in the published rows."""
    weight: Annotated[float, Meta(gt=0, le=1_000_000)] = 1.0
    """Its share of the prompts, against the other teachers' weights."""
    weights: dict[PromptKind, Weight] = msgspec.field(default_factory=dict)
    """The same for single prompt kinds, ``{ formulate = 1, solve = 3 }``; 0 is never."""


class ProceduralTeacherSettings(BaseTeacherSettings, frozen=True, tag="procedural"):
    """The embedded teacher, ``kind = "procedural"``. It is not a language model."""

    world: Literal["contests", "lists"] = "contests"
    """What it sets tasks about: contest problems, or one or two operations on a short list, in
    few words and Python only, which is what a model of a million parameters can learn."""
    skill: SkillSettings = SkillSettings()


class Price(Settings, frozen=True):
    """Money for a million tokens, in the currency of ``budget.max_cost``."""

    input: Weight = 0.0
    cached_input: Weight | None = None
    """Of prompt tokens served from a cache; as ``input`` where it is left out."""
    output: Weight = 0.0
    """Reasoning included."""


class EndpointSettings(Settings, frozen=True):
    """One server of an OpenAI-compatible API. None of its keys can alter results."""

    url: str
    """Up to and including the version, ``http://localhost:8000/v1``."""
    api_key_env: str = ""
    """Name of the environment variable that holds the key."""
    concurrency: Few = 64
    """Calls at once at most; how many it bears is found out."""


class OpenAITeacherSettings(BaseTeacherSettings, frozen=True, kw_only=True, tag="openai"):
    """A model behind one or more OpenAI-compatible endpoints, ``kind = "openai"``."""

    endpoints: tuple[EndpointSettings, ...]
    """Servers of the same model, balanced by what they finish."""
    model: str = ""
    """As the endpoints call it; empty is the only one they serve."""
    token_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """What the endpoint calls the longest reply."""
    thinking: bool | None = None
    """Switches a hybrid model's reasoning by the chat template, where it has such a switch."""
    extra_body: dict[str, Any] = msgspec.field(default_factory=dict)
    """Anything else to send with every call."""
    json_schema: bool = False
    """Ask for structured output where a reply is JSON, if the endpoint can enforce it."""
    stream: bool = False
    """For proxies that cut connections on which nothing comes for long."""
    batch: bool = False
    """Use the Batch API (files and batches): slower, at half the price, so that half the usual
    figures belong into ``price``. A batch takes what waits: raise ``concurrency`` of the recipe."""
    context_length: Count = 0
    """Tokens of prompt and reply together; 0 asks the endpoint."""
    queue_s: Annotated[float, Meta(gt=0, le=1_000_000)] = 600.0
    """How long a call may wait at the endpoint before it is answered, seconds."""
    slowest_tokens_s: Annotated[float, Meta(gt=0, le=1_000_000)] = 5.0
    """A reply slower than so many tokens a second is given up."""
    patience_s: Annotated[float, Meta(gt=0, le=1_000_000)] = 300.0
    """An endpoint on which everything fails for so long ends the run, resumably."""
    price: Price = Price()


class ReplayTeacherSettings(BaseTeacherSettings, frozen=True, kw_only=True, tag="replay"):
    """A recorded teacher, ``kind = "replay"``: answers from a cassette, no network."""

    cassette: str
    """The file that ``synthsmith record`` wrote."""


TeacherSettings = ProceduralTeacherSettings | OpenAITeacherSettings | ReplayTeacherSettings


class PublishSettings(Settings, frozen=True):
    """How verified tasks become a dataset."""

    question: QuestionForm = "full"
    """What is asked in a row: the whole task and how to answer, or the bare statement."""
    solutions: Literal["golden", "all"] = "golden"
    """SFT rows of a task: the golden solution, or every one that passes all tests."""


class BudgetSettings(Settings, frozen=True):
    """Where a run stops by itself, with exit code 3; the same command with a larger one goes on."""

    max_cost: Weight | None = None
    """Money, by the price tables."""
    max_tokens_total: Count | None = None
    """Prompt and reply tokens of all teachers."""


class JudgeSettings(Settings, frozen=True):
    """Where untrusted programs run."""

    workers: Annotated[int, Meta(ge=0, le=10_000)] = 0
    """Executions at once; 0 is one a core."""
    isolation: IsolationSetting = "auto"
    """How programs are isolated: the strongest tier there is, or exactly one (docs/security.md).
    Less than tier C only by ``"none-i-accept-the-risk"``."""


class Recipe(Settings, frozen=True):
    """All settings of a run."""

    name: Annotated[str, Meta(pattern=r"^\w[\w.-]{0,99}$")]
    """The run folder is runs/NAME unless ``--out`` says otherwise."""
    seed: Annotated[int, Meta(ge=0, le=2**53)] = 1
    """Of every random choice."""
    tasks: Positive = 100
    """Tasks attempted."""
    concurrency: Few = 16
    """Tasks in flight."""
    styles: dict[Style, Weight] = msgspec.field(
        default_factory=lambda: {"codeforces": 1.0, "atcoder": 1.0, "leetcode": 1.0}
    )
    """Weights of the styles that tasks are written in."""
    seeds: SeedSettings = SeedSettings()
    features: FeatureSettings = FeatureSettings()
    select: SelectSettings = SelectSettings()
    solve: SolveSettings = SolveSettings()
    inputs: InputSettings = InputSettings()
    limits: Limits = Limits()
    verify: VerifySettings = VerifySettings()
    judge: JudgeSettings = JudgeSettings()
    publish: PublishSettings = PublishSettings()
    budget: BudgetSettings = BudgetSettings()
    train: TrainSettings = TrainSettings()
    teachers: tuple[TeacherSettings, ...] = (ProceduralTeacherSettings(name="apprentice"),)


_FREE_KEYS = (
    "concurrency",
    "judge.isolation",
    "judge.workers",
    "seeds.path",
    "budget.*",
    "train.*",
    "teachers.*.endpoints*",
    "teachers.*.price.*",
    "teachers.*.queue_s",
    "teachers.*.slowest_tokens_s",
    "teachers.*.patience_s",
    "teachers.*.context_length",
    "teachers.*.stream",
    "teachers.*.batch",
    "teachers.*.cassette",
)
"""Patterns of keys that cannot alter results, so that a resumed run may change them. Seeds are
compared by their contents, wherever they lie."""


def _is_free(key: str) -> bool:
    return any(fnmatchcase(key, pattern) for pattern in _FREE_KEYS)


def load_recipe(path: Path) -> Recipe:
    """Read and check a recipe; raises InputError with the key that is wrong."""
    try:
        return checked(msgspec.convert(tomllib.loads(path.read_text("utf-8")), Recipe))
    except FileNotFoundError:
        raise InputError(
            f"no recipe at {path}: name a TOML file, for example recipes/mini.toml"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the recipe {path}: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {_plain(str(error))}") from None


def _plain(message: str) -> str:
    """msgspec's "… - at `$.a.b`" in the words of a recipe."""
    text, _, place = message.partition(" - at `$")
    key = place.rstrip("`").lstrip(".")
    text = text.replace("Object contains unknown field", "unknown key")
    text = text.replace("Object missing required field", "missing key")
    return (
        f"{text} in [{key}]"
        if text.startswith(("unknown", "missing")) and key
        else (f"{text}, at key {key}" if key else text)
    )


def checked(recipe: Recipe) -> Recipe:
    """The recipe, once all is right that a type cannot say. Raises InputError."""
    names = [teacher.name for teacher in recipe.teachers]
    if not names:
        raise InputError("the recipe names no teacher: add a [[teachers]] table")
    if len(set(names)) != len(names):
        raise InputError("two teachers of the recipe have the same name: give each its own")
    for teacher in recipe.teachers:
        if isinstance(teacher, OpenAITeacherSettings) and not teacher.endpoints:
            raise InputError(f"teacher {teacher.name} has no endpoints: name at least one url")
    models = [one for one in recipe.teachers if isinstance(one, OpenAITeacherSettings)]
    priced = any(one.price.input or one.price.output for one in models)
    if recipe.budget.max_cost is not None and models and not priced:
        raise InputError(
            "budget.max_cost could never be reached, for no teacher has a price: give the "
            "teacher price = { input = …, output = … }, or set budget.max_tokens_total"
        )
    for kind in get_args(PromptKind):
        if not any(teacher.weights.get(kind, teacher.weight) for teacher in recipe.teachers):
            raise InputError(f"no teacher answers {kind} prompts: every weight of it is 0")
    if sum(recipe.styles.values()) <= 0:
        raise InputError("styles: at least one style needs a weight above 0")
    if not 0 < recipe.limits.time_limit_s <= 3600:
        raise InputError("limits.time_limit_s: need more than 0 and at most 3600 seconds")
    if not 16 <= recipe.limits.memory_limit_mb <= 2**20:
        raise InputError("limits.memory_limit_mb: need 16 to 1048576")
    if not 1 <= recipe.limits.output_limit_mb <= 2**12:
        raise InputError("limits.output_limit_mb: need 1 to 4096")
    if recipe.verify.min_support > recipe.solve.candidates:
        raise InputError("verify.min_support: no task can reach it with fewer solve.candidates")
    wanted = msgspec.structs.astuple(recipe.inputs)
    if sum(wanted) < recipe.verify.min_tests:
        raise InputError("verify.min_tests: no task can reach it with so few [inputs]")
    return recipe


def to_toml(recipe: Recipe) -> str:
    """The resolved recipe, every key present, as TOML that ``load_recipe`` reads back."""
    return tomli_w.dumps(_without_none(msgspec.to_builtins(recipe)))


def _without_none(value: Any) -> Any:
    """TOML has no null: a key that is None is left out, which reads back as its default."""
    if isinstance(value, dict):
        return {k: _without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, (list, tuple)):
        return [_without_none(item) for item in value]
    return value


def recipe_digest(recipe: Recipe) -> str:
    """Digest of every key that can alter results (``tasks`` is not one: it may grow)."""
    keys = {k: v for k, v in flat(recipe).items() if k != "tasks" and not _is_free(k)}
    return digest(keys)[:16]


def flat(settings: msgspec.Struct) -> dict[str, Any]:
    """All keys of a recipe, or of a table of one, with dotted names: ``{"verify.min_tests": 8,
    "teachers.0.name": …}``."""
    out: dict[str, Any] = {}

    def walk(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            items = value.items()
        elif isinstance(value, (list, tuple)):
            items = enumerate(value)  # type: ignore[assignment]
        else:
            out[prefix] = value
            return
        for name, inner in items:
            walk(f"{prefix}.{name}" if prefix else str(name), inner)

    walk("", msgspec.to_builtins(settings))
    return out


def changed_keys(before: Recipe, now: Recipe) -> list[str]:
    """Dotted names of the keys in which ``now`` may not resume ``before``."""
    old, new = flat(before), flat(now)
    every = sorted(old.keys() | new.keys())
    keys = [k for k in every if not _is_free(k) and old.get(k) != new.get(k)]
    return [k for k in keys if k != "tasks" or now.tasks < before.tasks]
