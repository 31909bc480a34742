"""The formulate and select prompts: choosing features that fit, and writing a task."""

from __future__ import annotations

import random

from synthsmith.recipe import SkillSettings
from synthsmith.records import CompletionRequest, Io, Style
from synthsmith.teachers.procedural.algebra import STYLES, Composition, Part, Path
from synthsmith.teachers.procedural.draw import affinity, chains, draw
from synthsmith.teachers.procedural.kinds import KINDS, value_names
from synthsmith.teachers.procedural.parts import solvers, sources, transforms
from synthsmith.teachers.procedural.prompts_read import dice, feature_lines, prompt_text, section
from synthsmith.teachers.procedural.running import (
    Args,
    Choice,
    outcome,
    reference_choice,
    small_args,
    stages,
    telling,
    text_of,
)
from synthsmith.teachers.procedural.statement import starter_code, write
from synthsmith.teachers.procedural.testers import input_text


def asked_style(request: CompletionRequest) -> Style:
    """The style a prompt asks for."""
    wanted = section(prompt_text(request), "style").strip().lower()
    return next((style for style in STYLES if style in wanted), "codeforces")


def drawn(request: CompletionRequest) -> Composition:
    """The composition of a formulate request."""
    lines = feature_lines(section(prompt_text(request), "features"))
    return draw(lines, dice(request, "composition"))


def formulated(request: CompletionRequest, skill: SkillSettings) -> dict[str, object]:
    """The reply to a formulate request: title, statement, samples, fn_name, starter_code."""
    composition, style = drawn(request), asked_style(request)
    written = write(composition, style, dice(request, "words"))
    io: Io = "function" if style == "leetcode" else "stdin"
    rng = dice(request, "samples")
    samples = _samples(composition, style, io, rng)
    if rng.random() < skill.wrong_sample:
        _spoil(composition, io, samples, rng)
    return {
        "title": written.title,
        "statement": written.statement,
        "samples": [text for _, text in samples],
        "fn_name": composition.solver.fn_name if io == "function" else "",
        "starter_code": starter_code(composition) if io == "function" else "",
    }


Shown = list[tuple[Args, dict[str, str]]]


def _samples(composition: Composition, style: Style, io: Io, rng: random.Random) -> Shown:
    """Two to four different examples, an ordinary one first."""
    wanted = rng.randint(2, 4)
    found: dict[str, tuple[Args, dict[str, str]]] = {}
    right = reference_choice(composition)
    for number in (5, *range(40)):
        args = small_args(composition, rng, number)
        text = input_text(composition, args, io)
        if len(found) < wanted and len(text) < 400 and text not in found:
            shown = {"input": text, "output": outcome(composition, right, args) + "\n"}
            if io == "function":
                shown["output"] = shown["output"].replace(" ", ", ")
                if composition.solver.gives == "list":
                    shown["output"] = f"[{shown['output'].strip()}]\n"
            found[text] = (args, shown)
    samples = list(found.values())
    args, shown = samples[0]
    shown["explanation"] = explanation(composition, style, args)
    return samples


def explanation(composition: Composition, style: Style, args: Args) -> str:
    """One or two sentences on how an answer comes about."""
    right = reference_choice(composition)
    values = stages(composition, right, args)
    names = value_names(KINDS[composition.source.kind], style)
    said = []
    later = iter("cd" if len(names) == 2 else "bc")
    for step, value in zip(composition.steps, values[1:], strict=True):
        said.append(f"By {step.transform.name}, {next(later)} is {text_of(list(value[0]))}.")
    result = outcome(composition, right, args)
    said.append(f"Here {composition.solver.answer} is {result}.")
    return " ".join(said)


def _spoil(composition: Composition, io: Io, samples: Shown, rng: random.Random) -> None:
    """Make one sample's output what a mistaken setter would have computed."""
    wrong = [*telling(composition, True), *telling(composition, False)]
    rng.shuffle(wrong)
    places = list(range(len(samples)))
    rng.shuffle(places)
    for choice in wrong:
        for place in places:
            args, shown = samples[place]
            output = _printed(composition, choice, args, io)
            if output is not None and output != shown["output"]:
                shown["output"] = output
                return


def _printed(composition: Composition, choice: Choice, args: Args, io: Io) -> str | None:
    result = outcome(composition, choice, args)
    if result.isidentifier() and composition.solver.gives != "string":
        return None
    if io == "function" and composition.solver.gives == "list":
        return f"[{', '.join(result.split())}]\n"
    return result + "\n"


def selected(request: CompletionRequest, most: int) -> dict[str, object]:
    """The reply to a select request: features with roles, and a strategy."""
    paths = [path for _, path in feature_lines(section(prompt_text(request), "features"))]
    rng = dice(request, "select")
    ranked = [
        (affinity(path, solver), i, path)
        for path in paths
        for i, solver in enumerate(solvers())
        if affinity(path, solver) > 0
    ]
    if not ranked:
        return {"features": [], "strategy": "None of these features is the core of a problem."}
    weights = [float(score) ** 2 for score, _, _ in ranked]
    _, place, core = rng.choices(ranked, weights)[0]
    solver = solvers()[place]
    chosen: list[tuple[Path, str]] = [(core, "core")]
    support = _support(solver.takes, [path for path in paths if path != core])
    chosen += [(path, "support") for path in support[: max(0, most - 1)]]
    if len(chosen) > 2 and rng.random() < 0.5:
        chosen[-1] = (chosen[-1][0], "twist")
    features = [{"path": list(path), "role": role} for path, role in chosen]
    return {"features": features, "strategy": _strategy(solver.answer, chosen)}


def _support(kind: str, paths: list[Path]) -> list[Path]:
    """The paths that speak of something that can come before a value of ``kind``."""
    usable: dict[int, Part] = {}
    for source, steps in chains(kind):
        usable.update({id(part): part for part in (source, *steps)})
    parts = [part for part in (*sources(), *transforms()) if id(part) in usable]
    scored = [(max((affinity(path, part) for part in parts), default=0), path) for path in paths]
    return [path for score, path in sorted(scored, key=lambda pair: -pair[0]) if score > 1]


def _strategy(answer: str, chosen: list[tuple[Path, str]]) -> str:
    core, *others = [path[-1] for path, _ in chosen]
    given = f", prepared by {' and '.join(others)}," if others else ""
    return (
        f"The solver is given an input{given} and asked for {answer}. The core is {core}: with it "
        "one pass or a short chain of cheap steps is enough, well within a second, while the "
        "direct way is slower. The answer is a fixed quantity and therefore unique."
    )
