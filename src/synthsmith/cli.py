"""The command line: declares the verbs, turns errors into one line and an exit code."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from synthsmith import __version__
from synthsmith.errors import SynthSmithError

app = typer.Typer(
    name="synthsmith",
    help="Verified competitive-programming training data from a language model and a compiler.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
serve = typer.Typer(help="Serve a part of SynthSmith over HTTP.", no_args_is_help=True)
app.add_typer(serve, name="serve")
train = typer.Typer(help="Train a model on a published dataset.", no_args_is_help=True)
app.add_typer(train, name="train")
study = typer.Typer(help="Repeat a study of the paper.", no_args_is_help=True)
app.add_typer(study, name="study")

Data = Annotated[
    Path | None, typer.Option(help="The dataset folder. (Default: runs/NAME/dataset.)")
]
Start = Annotated[Path | None, typer.Option("--from", help="Checkpoint folder to go on from.")]
MaxSteps = Annotated[int, typer.Option(min=0, help="Optimizer steps instead of the recipe's.")]
TrainSeed = Annotated[int | None, typer.Option(min=0, help="Instead of the recipe's.")]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Check data, model, memory and cluster; train nothing."),
]
Workers = Annotated[int, typer.Option(min=0, help="Executions at once, 0 for one a core.")]
Isolation = Annotated[
    str,
    typer.Option(help="auto, exactly tier A, B or C, or none-i-accept-the-risk; see docs."),
]
Include = Annotated[
    Path | None, typer.Option(help="Folder of headers (testlib.h) for checkers in C++.")
]
Endpoint = Annotated[
    str | None,
    typer.Option(help="URL of an OpenAI-compatible server that answers all prompts instead."),
]
Model = Annotated[str, typer.Option(help="Its model. (Default: the only one it serves.)")]
ApiKeyEnv = Annotated[
    str, typer.Option(help="Environment variable that holds its key. (Default: it needs none.)")
]

Answering = Annotated[
    str | None,
    typer.Option(help="URL of a server, folder of a checkpoint, or recipe with a teacher."),
]
AnsweringName = Annotated[
    str,
    typer.Option(
        help="The model there, and its name in the report. (Default: the only one served.)"
    ),
]
Responses = Annotated[
    Path | None, typer.Option(help="Answers that exist already, instead of a model.")
]
Window = Annotated[
    str,
    typer.Option(help="v5, v6, release_v1 to release_v6, or START:END. (Default: all problems.)"),
]
EvalFolder = Annotated[
    Path | None,
    typer.Option(help="The run folder. (Default: runs/eval-MODEL-FILE, to reproduce …-again.)"),
]
Temperature = Annotated[float, typer.Option(min=0, max=2, help="0 is greedy.")]
TopP = Annotated[float, typer.Option(min=0.01, max=1, help="1 is off.")]
MaxTokens = Annotated[
    int, typer.Option(min=1, max=10**9, help="Longest answer, reasoning included.")
]
Batch = Annotated[
    int, typer.Option(min=1, max=10_000, help="Answers a checkpoint writes together.")
]
PromptTemplate = Annotated[
    Path | None, typer.Option(help="A Jinja file instead of our own prompt; see docs.")
]
Cutoff = Annotated[
    str,
    typer.Option(help="Day that divides old from new problems. (Default: one in the middle.)"),
]
Reproduce = Annotated[
    Path | None, typer.Option(help="A result.json: do the same again and compare.")
]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"synthsmith {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of the command itself."""


@app.command()
def run(
    recipe: Annotated[
        Path, typer.Argument(help="The recipe, a TOML file such as recipes/mini.toml.")
    ],
    seeds: Annotated[
        str | None,
        typer.Option(
            help="Code samples: a folder, JSONL, Parquet or one file. (Default: the recipe's own.)"
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The run folder. (Default: runs/NAME.)")] = None,
    tasks: Annotated[
        int | None, typer.Option(min=1, help="Tasks to attempt. (Default: the recipe's own.)")
    ] = None,
    endpoint: Endpoint = None,
    model: Model = "",
    api_key_env: ApiKeyEnv = "",
) -> None:
    """From code samples to a verified dataset.

    Run the same command again to go on where it stopped, whatever stopped it.
    Nothing paid for is paid again.
    """
    from synthsmith.commands.run import run_recipe

    run_recipe(recipe, seeds, out, tasks, endpoint, model, api_key_env)


@app.command()
def judge(
    problems: Annotated[
        Path, typer.Argument(help="JSON lines, one problem with candidates a line.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSON lines, one a candidate.")],
    outputs: Annotated[
        bool, typer.Option("--outputs", help="Keep each test's output as well.")
    ] = False,
    workers: Workers = 0,
    isolation: Isolation = "auto",
    include: Include = None,
) -> None:
    """Judge candidate solutions on their problems' tests.

    An existing output file is continued.
    """
    from synthsmith.commands.judge import judge_file, new_judge

    judge_file(problems, output, outputs, new_judge(workers, isolation, include))


@app.command()
def verify(
    problems: Annotated[
        Path, typer.Argument(help="JSON lines, one problem with candidates a line.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSON lines, one a problem.")],
    compare: Annotated[
        bool, typer.Option("--compare", help="Score the vote against outputs the file knows.")
    ] = False,
    workers: Workers = 0,
    isolation: Isolation = "auto",
    include: Include = None,
) -> None:
    """Label tests by a vote of the candidates, and confirm a golden solution on held-out ones.

    An existing output file is continued.
    """
    from synthsmith.commands.judge import new_judge
    from synthsmith.commands.verify import verify_file

    verify_file(problems, output, compare, new_judge(workers, isolation, include))


@app.command(name="eval")
def evaluate(
    problems: Annotated[
        Path,
        typer.Argument(help="LiveCodeBench problems or an RL set: JSONL, Parquet or a folder."),
    ],
    model: Answering = None,
    model_name: AnsweringName = "",
    responses: Responses = None,
    n: Annotated[int, typer.Option("--n", min=1, max=1000, help="Samples a problem.")] = 8,
    window: Window = "",
    out: EvalFolder = None,
    temperature: Temperature = 0.6,
    top_p: TopP = 0.95,
    max_tokens: MaxTokens = 32_768,
    seed: Annotated[int, typer.Option(min=0, max=2**53, help="Of all samples.")] = 1,
    batch: Batch = 16,
    prompt_template: PromptTemplate = None,
    cutoff: Cutoff = "",
    reproduce: Reproduce = None,
    api_key_env: Annotated[
        str, typer.Option(help="Environment variable that holds the key, of a URL.")
    ] = "",
    concurrency: Annotated[
        int, typer.Option(min=1, max=10_000, help="Calls at once at most, of a URL.")
    ] = 64,
    workers: Workers = 0,
    isolation: Isolation = "auto",
) -> None:
    """Score a model: avg@k and pass@k with their errors, by LiveCodeBench's rules.

    Needs --model, what should answer, or --responses, a file of its answers.
    Run the same command again to go on where it stopped.
    """
    from synthsmith.commands.evaluate import Wish, evaluate_file
    from synthsmith.commands.judge import new_judge

    wish = Wish(
        model=model, model_name=model_name, responses=responses, n=n, window=window, out=out,
        temperature=temperature, top_p=top_p, max_tokens=max_tokens, seed=seed, batch=batch,
        template=prompt_template, cutoff=cutoff, api_key_env=api_key_env, concurrency=concurrency,
    )  # fmt: skip
    evaluate_file(problems, wish, reproduce, new_judge(workers, isolation, None))


@app.command()
def record(
    run_folder: Annotated[Path, typer.Argument(help="The folder of a run.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The cassette: NAME.jsonl or NAME.jsonl.zst.")
    ],
) -> None:
    """Write a run's completions to a cassette, which a replay teacher plays without a network."""
    from synthsmith.commands.record import record_run

    record_run(run_folder, output)


@app.command()
def plan(
    recipe: Annotated[Path, typer.Argument(help="The recipe.")],
    seeds: Annotated[
        str | None, typer.Option(help="Code samples. (Default: the recipe's own.)")
    ] = None,
    tasks: Annotated[
        int | None, typer.Option(min=1, help="Tasks to attempt. (Default: the recipe's own.)")
    ] = None,
    reasoning: Annotated[
        list[str] | None,
        typer.Option(help="KIND=TOKENS: mean reasoning of a kind of prompt; may be repeated."),
    ] = None,
    throughput: Annotated[
        float, typer.Option(min=0, help="Tokens a second that one GPU writes.")
    ] = 2_000.0,
    gpus: Annotated[int, typer.Option(min=1, help="GPUs that write at once.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    endpoint: Endpoint = None,
    model: Model = "",
    gpu: Annotated[
        str, typer.Option(help="What trains: H100, H200, H20, A100, L40S, or core of a CPU.")
    ] = "H100",
    utilization: Annotated[
        float, typer.Option(help="Share of its peak that training reaches.")
    ] = 0.4,
) -> None:
    """What a run will take, before a single call: calls, tokens, money, hours, disk, training."""
    from synthsmith.commands.plan import plan_recipe

    plan_recipe(recipe, seeds, tasks, reasoning or [], throughput, gpus, as_json, endpoint, model,
                gpu, utilization)  # fmt: skip


@app.command()
def doctor(
    recipe: Annotated[
        Path | None, typer.Argument(help="Look at this recipe's teachers as well.")
    ] = None,
    endpoint: Endpoint = None,
    model: Model = "",
    api_key_env: ApiKeyEnv = "",
) -> None:
    """What this machine can do, a line each: ok, warn or fail, and what to do."""
    from synthsmith.commands.doctor import examine

    raise typer.Exit(examine(recipe, endpoint, model, api_key_env))


@train.command("sft")
def train_sft(
    recipe: Annotated[Path, typer.Argument(help="A TOML recipe; see docs/training.md.")],
    data: Data = None,
    out: Annotated[Path | None, typer.Option(help="Default: runs/NAME/sft.")] = None,
    start: Start = None,
    max_steps: MaxSteps = 0,
    seed: TrainSeed = None,
    dry_run: DryRun = False,
) -> None:
    """Supervised fine-tuning on the SFT set; resumes where it stopped."""
    from synthsmith.commands.train import TrainWish, train

    train(TrainWish(kind="sft", recipe=recipe, data=data, out=out, start=start,
                    max_steps=max_steps, seed=seed, dry_run=dry_run))  # fmt: skip


@train.command("rl")
def train_rl(
    recipe: Annotated[Path, typer.Argument(help="A TOML recipe; see docs/training.md.")],
    data: Data = None,
    out: Annotated[Path | None, typer.Option(help="Default: runs/NAME/rl.")] = None,
    start: Start = None,
    max_steps: MaxSteps = 0,
    seed: TrainSeed = None,
    dry_run: DryRun = False,
) -> None:
    """GRPO with execution reward, from the SFT model or --from; resumes where it stopped."""
    from synthsmith.commands.train import TrainWish, train

    train(TrainWish(kind="rl", recipe=recipe, data=data, out=out, start=start,
                    max_steps=max_steps, seed=seed, dry_run=dry_run))  # fmt: skip


@train.command("cluster")
def train_cluster(
    recipe: Annotated[Path, typer.Argument(help="A TOML recipe; see docs/training.md.")],
    out: Annotated[Path | None, typer.Option(help="Default: runs/NAME/cluster.")] = None,
    cpu: Annotated[bool, typer.Option("--cpu", help="Processes of CPUs instead of GPUs.")] = False,
) -> None:
    """Write an accelerate configuration and a launch script for SFT or RL on many GPUs."""
    from synthsmith.commands.train_cluster import prepare_cluster

    prepare_cluster(recipe, out, cpu)


@train.command("verl")
def train_verl(
    recipe: Annotated[Path, typer.Argument(help="A TOML recipe; see docs/training.md.")],
    data: Data = None,
    out: Annotated[Path | None, typer.Option(help="Default: runs/NAME/verl.")] = None,
    start: Annotated[
        str, typer.Option("--from", help="Checkpoint or hub id. (Default: the SFT model.)")
    ] = "",
) -> None:
    """Write what verl 0.9.1 needs to train RL on a cluster: rows, settings, launch scripts."""
    from synthsmith.commands.train_verl import prepare_verl

    prepare_verl(recipe, data, out, start)


@study.command("rl")
def study_rl(
    recipe: Annotated[Path, typer.Argument(help="A TOML recipe with a train table.")],
    data: Data = None,
    out: Annotated[Path | None, typer.Option(help="Default: runs/NAME/study-rl.")] = None,
    seed: Annotated[
        list[int] | None, typer.Option(min=0, help="A seed; may be given again. (Default: 1.)")
    ] = None,
    n: Annotated[int, typer.Option("--n", min=2, max=1000, help="Samples a task.")] = 8,
) -> None:
    """What RL adds to SFT, against more SFT for the same CPU time and a memory baseline."""
    from synthsmith.commands.study import study_rl_gain

    study_rl_gain(recipe, data, out, seed or [1], n)


@serve.command()
def teacher(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    skill: Annotated[
        Path | None, typer.Option(help="A recipe, to answer as well as a teacher of it.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="Which teacher of that recipe. (Default: the first.)")
    ] = "",
    context_length: Annotated[
        int, typer.Option(min=1, help="Tokens of prompt and reply together.")
    ] = 131_072,
    api_key_env: Annotated[
        str, typer.Option(help="Ask for the key that this environment variable holds.")
    ] = "",
) -> None:
    """The embedded teacher as an OpenAI-compatible server. It is not a language model.

    The first line of standard output is its URL; Ctrl-C ends it.
    """
    from synthsmith.commands.serve import serve_teacher

    serve_teacher(host, port, skill, name, context_length, api_key_env)


def main() -> None:
    """Run the command line: one line on standard error for what went wrong, and an exit code."""
    try:
        app()
    except SystemExit as ended:
        if ended.code == 130:
            _fail("stopped; run the same command again to go on", 130)
        raise
    except SynthSmithError as error:
        _fail(str(error), error.exit_code)
    except (OSError, UnicodeError) as error:
        _fail(str(error), 2)
    except KeyboardInterrupt:
        _fail("stopped; run the same command again to go on", 130)


def _fail(message: str, code: int) -> NoReturn:
    with suppress(OSError):
        print(f"synthsmith: {' '.join(message.split())}", file=sys.stderr)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
