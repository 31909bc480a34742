"""``synthsmith eval``: a score with everything it depends on."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from synthsmith import __version__
from synthsmith.commands.progress import print_line, progress, stop_on_signal, tier_line
from synthsmith.errors import InputError
from synthsmith.evaluate import summary
from synthsmith.evaluate.answering import (
    Answerer,
    CheckpointAnswerer,
    EndpointAnswerer,
    FileAnswerer,
    requests_for,
)
from synthsmith.evaluate.contamination import check_cutoff
from synthsmith.evaluate.evaluation import AnswerRow, Evaluation
from synthsmith.evaluate.local_model import LocalModel
from synthsmith.evaluate.page import page
from synthsmith.evaluate.problem_set import ProblemSet
from synthsmith.evaluate.prompting import Prompter
from synthsmith.evaluate.responses import Responses, read_responses
from synthsmith.evaluate.result import Environment, Result, build_result, compare, read_result
from synthsmith.evaluate.settings import (
    SETTINGS_FILE,
    EvalSettings,
    ModelSettings,
    ProblemSettings,
    PromptSettings,
    SamplingSettings,
    differences,
    settings_digest,
    settle,
)
from synthsmith.evaluate.windows import EVERYTHING, parse_window
from synthsmith.files import replaced
from synthsmith.judge import Judge
from synthsmith.recipe import (
    EndpointSettings,
    OpenAITeacherSettings,
    Recipe,
    ReplayTeacherSettings,
    SolveSettings,
    TeacherSettings,
    load_recipe,
)
from synthsmith.records import Message, digest
from synthsmith.store import RunFolder
from synthsmith.teachers import open_teachers
from synthsmith.teachers.openai import require_context, with_model
from synthsmith.tools import Tools

_AT_ONCE = 4
"""Samples under way for each call an endpoint bears, so that grading holds up no call."""


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    model: str | None
    model_name: str
    responses: Path | None
    n: int
    window: str
    out: Path | None
    temperature: float
    top_p: float
    max_tokens: int
    seed: int
    batch: int
    template: Path | None
    cutoff: str
    api_key_env: str
    concurrency: int


@dataclass(frozen=True)
class Source:
    """What answers: a teacher of a recipe, a checkpoint, or a file of answers."""

    settings: ModelSettings
    teacher: TeacherSettings
    checkpoint: LocalModel | None = None
    responses: Responses | None = None


def evaluate_file(problems: Path, wish: Wish, reproduce: Path | None, judge: Judge) -> None:
    """Evaluate and print the score and the path of the report. Raises SynthSmithError."""
    before = read_result(reproduce) if reproduce else None
    if before:
        wish = _as_before(wish, before)
    if (wish.model is None) == (wish.responses is None):
        raise InputError("name either --model, what should answer, or --responses, its answers")
    prompter = Prompter(wish.template)
    window = parse_window(wish.window) if wish.window else EVERYTHING
    found = ProblemSet(problems, window, progress)
    print_line(f"problems: {len(found.problems)} in {window}")
    if wish.cutoff:
        check_cutoff(found.problems, wish.cutoff)
    source = _source(found, wish)
    prompts = [prompter.messages(problem) for problem in found.problems]
    settings = _settings(found, source, prompter, prompts, wish)
    if before and (changed := differences(before.settings, settings)):
        raise InputError(f"cannot reproduce {reproduce}: {', '.join(changed)} changed")
    folder = _folder(source.settings.name, found.path, wish, reproduce)
    settle(folder, settings)
    result = asyncio.run(_run(folder, settings, source, found, prompts, wish, judge))
    print_line(summary.headline(result).replace("**", ""))
    if before:
        print_line(summary.comparison(before, compare(before, result)))
    print(folder / "report.html")


def _as_before(wish: Wish, before: Result) -> Wish:
    """The wish with what a result was made with in place of what the command line says."""
    settings = before.settings
    cutoff = wish.cutoff or (before.drop.cutoff if before.drop else "")
    wish = replace(wish, n=settings.n, window=settings.problems.window.name, cutoff=cutoff)
    if settings.model.kind == "responses" and wish.responses is None:
        raise InputError("that result is of existing answers: give them with --responses")
    if settings.prompt and settings.prompt.template and wish.template is None:
        name = settings.prompt.name
        raise InputError(f"that result was asked with {name}: give it with --prompt-template")
    if drawn := settings.sampling:
        wish = replace(
            wish, temperature=drawn.temperature, top_p=drawn.top_p, max_tokens=drawn.max_tokens,
            seed=drawn.seed, batch=drawn.batch or wish.batch,
        )  # fmt: skip
    if settings.model.kind == "endpoint" and not wish.model_name:
        wish = replace(wish, model_name=settings.model.name)
    return wish


def _source(problems: ProblemSet, wish: Wish) -> Source:
    if wish.responses:
        answers = read_responses(wish.responses, problems, wish.n)
        name = wish.model_name or wish.responses.stem
        return Source(
            ModelSettings(kind="responses", name=name, digest=answers.digest),
            ReplayTeacherSettings(name=name, cassette=str(wish.responses)),
            responses=answers,
        )
    assert wish.model is not None
    path = Path(wish.model)
    if path.is_dir():
        checkpoint = LocalModel(path)
        name = wish.model_name or path.resolve().name
        return Source(
            ModelSettings(kind="checkpoint", name=name, digest=checkpoint.digest),
            ReplayTeacherSettings(name=name, cassette=str(path)),
            checkpoint=checkpoint,
        )
    teacher = asyncio.run(_teacher(wish))
    model = teacher.model if isinstance(teacher, OpenAITeacherSettings) else teacher.name
    return Source(ModelSettings(kind="endpoint", name=model), teacher)


async def _teacher(wish: Wish) -> TeacherSettings:
    """The teacher at a URL, or one of a recipe; its model is named and has room."""
    assert wish.model is not None
    if wish.model.endswith(".toml"):
        teachers = load_recipe(Path(wish.model)).teachers
        name = wish.model_name or teachers[0].name
        named = [one for one in teachers if name in (one.name, getattr(one, "model", ""))]
        if not named:
            raise InputError(f"{wish.model} has no teacher {name}")
        teacher: TeacherSettings = named[0]
    elif wish.model.startswith(("http://", "https://")):
        endpoint = EndpointSettings(
            url=wish.model, api_key_env=wish.api_key_env, concurrency=wish.concurrency
        )
        teacher = OpenAITeacherSettings(
            name=wish.model_name or "model", model=wish.model_name, endpoints=(endpoint,)
        )
    else:
        raise InputError(
            f"--model {wish.model} is neither a URL, nor a folder with a checkpoint, nor a recipe"
        )
    if isinstance(teacher, OpenAITeacherSettings):
        teacher = await with_model(teacher)
        teacher = msgspec.structs.replace(teacher, name=teacher.model)
        await require_context(teacher, 0, wish.max_tokens)
    return teacher


def _settings(
    problems: ProblemSet,
    source: Source,
    prompter: Prompter,
    prompts: list[tuple[Message, ...]],
    wish: Wish,
) -> EvalSettings:
    dates = sorted(problem.date[:10] for problem in problems.problems if problem.date)
    asked = source.responses is None
    return EvalSettings(
        problems=ProblemSettings(
            name=problems.path.name,
            kind=problems.kind,
            window=problems.window,
            count=len(problems.problems),
            first_date=dates[0] if dates else "",
            last_date=dates[-1] if dates else "",
            digest=problems.digest,
        ),
        model=source.settings,
        prompt=PromptSettings(
            name=prompter.name, template=prompter.digest, digest=digest(prompts)
        ) if asked else None,
        sampling=SamplingSettings(
            temperature=wish.temperature, top_p=wish.top_p, max_tokens=wish.max_tokens,
            seed=wish.seed, batch=wish.batch if source.checkpoint else 0,
        ) if asked else None,
        n=wish.n,
    )  # fmt: skip


def _folder(model: str, problems: Path, wish: Wish, reproduce: Path | None) -> Path:
    """The run folder, never that of the result to reproduce, whose answers it would find again."""
    name = re.sub(r"[^\w.-]+", "-", f"{model}-{problems.stem}").strip("-")[:80]
    folder = wish.out or Path("runs") / f"eval-{name}{'-again' if reproduce else ''}"
    if reproduce:
        theirs = reproduce if reproduce.is_dir() else reproduce.parent
        if folder.resolve() == theirs.resolve():
            raise InputError(f"{folder} holds the result to reproduce: name another --out")
    return folder


async def _run(
    path: Path,
    settings: EvalSettings,
    source: Source,
    problems: ProblemSet,
    prompts: list[tuple[Message, ...]],
    wish: Wish,
    judge: Judge,
) -> Result:
    recipe = Recipe(
        name=re.sub(r"[^\w.-]+", "-", path.name).strip("-.")[:100] or "evaluation",
        seed=wish.seed,
        tasks=len(problems.problems),
        solve=SolveSettings(temperature=wish.temperature, max_tokens=wish.max_tokens),
        teachers=(source.teacher,),
    )
    folder = RunFolder.open(path, recipe, settings_digest(settings))
    for message in folder.messages:
        print_line(message)
    file = path / SETTINGS_FILE
    if not file.exists():
        _write(file, msgspec.json.format(msgspec.json.encode(settings)).decode() + "\n")
    async with folder, judge, AsyncExitStack() as stack:
        tier_line(judge)
        served = [] if source.settings.kind != "endpoint" else [source.teacher]
        teachers = await stack.enter_async_context(open_teachers(served))
        tools = Tools(recipe, folder.ledger, judge, teachers)
        stop_on_signal(tools.stop)
        evaluation = Evaluation(tools, problems, settings.n, _under_way(source.teacher))
        answerer = await _answerer(source, tools, problems, prompts, settings, stack)
        rows = await evaluation.run(answerer, progress)
    where = Environment(synthsmith=__version__, judge_tier=judge.tier, judge_version=judge.version)
    result = build_result(settings, where, problems.problems, rows, wish.cutoff)
    _publish(folder, result, rows)
    return result


def _under_way(teacher: TeacherSettings) -> int:
    """How many samples are asked for at once, 0 for all: a batch wants every one, and what
    answers in this process takes them one by one."""
    if not isinstance(teacher, OpenAITeacherSettings) or teacher.batch:
        return 0
    return _AT_ONCE * sum(endpoint.concurrency for endpoint in teacher.endpoints)


async def _answerer(
    source: Source,
    tools: Tools,
    problems: ProblemSet,
    prompts: list[tuple[Message, ...]],
    settings: EvalSettings,
    stack: AsyncExitStack,
) -> Answerer:
    if source.responses:
        return FileAnswerer(problems.problems, source.responses)
    assert settings.sampling is not None
    if source.checkpoint:
        model = f"checkpoint:{source.checkpoint.digest}@{source.checkpoint.device}"
        extra: dict[str, object] = {"batch": settings.sampling.batch}
        requests = requests_for(
            problems.problems, prompts, model, settings.sampling, settings.n, extra
        )
        return await stack.enter_async_context(
            CheckpointAnswerer(tools, source.checkpoint, requests)
        )
    teacher = tools.teachers[0]
    requests = requests_for(
        problems.problems, prompts, teacher.model, settings.sampling, settings.n,
        teacher.extra("solve"),
    )  # fmt: skip
    return EndpointAnswerer(tools, teacher, requests)


def _publish(folder: RunFolder, result: Result, rows: list[list[AnswerRow]]) -> None:
    folder.write_table("answers", (row for samples in rows for row in samples), AnswerRow)
    _write(folder.path / "result.md", summary.markdown(result))
    _write(folder.path / "report.html", page(result))
    _write(
        folder.path / "result.json",
        msgspec.json.format(msgspec.json.encode(result), indent=1).decode() + "\n",
    )


def _write(path: Path, text: str) -> None:
    with replaced(path) as temporary:
        temporary.write_text(text, "utf-8")
