"""The procedural teacher: every prompt of the road, answered from its tagged sections."""

from __future__ import annotations

import json
import random
import re

from synthsmith.recipe import SkillSettings
from synthsmith.records import CompletionRequest, Io
from synthsmith.teachers.embedded import Answer, EmbeddedTeacher
from synthsmith.teachers.procedural.catalogue import evolve_features, extract_features
from synthsmith.teachers.procedural.formulate import formulated, selected
from synthsmith.teachers.procedural.prompts_read import (
    attribute,
    dice,
    feature_lines,
    features_wanted,
    inputs_wanted,
    prompt_text,
    section,
)
from synthsmith.teachers.procedural.running import Args, small_args
from synthsmith.teachers.procedural.solve import solved
from synthsmith.teachers.procedural.statement import Reading, read
from synthsmith.teachers.procedural.testers import generator_code, input_text, validator_code


class ProceduralTeacher(EmbeddedTeacher):
    """The world of contest problems: a typed algebra of problem parts."""

    family, version = "procedural", 2

    def answer(self, request: CompletionRequest) -> Answer:
        """The reply to a prompt of any kind, from its tagged sections."""
        prompt = prompt_text(request)
        match request.kind:
            case "extract":
                language = attribute(prompt, "code", "language")
                paths = extract_features(section(prompt, "code"), language)
                return _json({"features": paths}, f"I see {len(paths)} ideas in this program.")
            case "evolve":
                return _evolved(request)
            case "select":
                found = re.search(r"Choose 1 to (\d+)", prompt)
                reply = selected(request, int(found.group(1)) if found else 4)
                return _json(reply, "I look for one idea that can carry a problem.")
            case "formulate":
                reply = formulated(request, self.skill)
                return _json(reply, "I set a problem from these parts and work out examples.")
            case "solve":
                return solved(request, self.skill)
            case "inputs" | "generator" | "validator":
                return self._tested(request)

    def _tested(self, request: CompletionRequest) -> Answer:
        """The reply to a prompt that wants inputs, a generator or a validator."""
        prompt = prompt_text(request)
        reading = read(section(prompt, "statement"))
        if isinstance(reading, str):
            return Answer(f"I cannot test this problem. {reading}", "")
        io: Io = "function" if "function" in section(prompt, "io") else "stdin"
        composition = reading.composition
        if request.kind == "inputs":
            wanted = inputs_wanted(prompt)
            return _json(_inputs(request, reading, wanted, io, self.skill), "Small sizes first.")
        code = generator_code if request.kind == "generator" else validator_code
        return Answer(
            f"```python\n{code(composition, io)}```\n", "All limits are in the statement."
        )


def _json(reply: dict[str, object], thought: str) -> Answer:
    return Answer(f"```json\n{json.dumps(reply, ensure_ascii=False)}\n```\n", thought)


def _evolved(request: CompletionRequest) -> Answer:
    prompt = prompt_text(request)
    paths = [path for _, path in feature_lines(section(prompt, "features"))]
    new = evolve_features(paths, features_wanted(prompt), dice(request, "evolve"))
    return _json({"features": new}, f"I add {len(new)} features beside and below these.")


def _inputs(
    request: CompletionRequest, reading: Reading, wanted: int, io: Io, skill: SkillSettings
) -> dict[str, object]:
    rng = dice(request, "inputs")
    composition = reading.composition
    found: dict[str, str] = {}
    for number in range(wanted * 4):
        args = small_args(composition, rng, number)
        if rng.random() < skill.invalid_input:
            args = _broken(reading, args, rng)
        text = input_text(composition, args, io)
        if len(text) <= 2000 and len(found) < wanted:
            found.setdefault(text, "edge" if number < wanted // 2 else "typical")
    return {"inputs": [{"kind": kind, "input": text} for text, kind in found.items()]}


def _broken(reading: Reading, args: Args, rng: random.Random) -> Args:
    """An input with one number outside its range."""
    value, params = list(args[0]), list(args[1])
    composition = reading.composition
    if params and rng.random() < 0.5:
        place = rng.randrange(len(params))
        params[place] = composition.solver.params[place].bounds(composition.shape)[0] - 1
        return tuple(value), tuple(params)
    last = value[-1]
    if isinstance(last, str):
        value[-1] = last[:-1] + "?"
    elif isinstance(last, int):
        value[-1] = 0
    elif last and isinstance(last[0], str):
        value[-1] = ["?" + last[0][1:], *last[1:]]
    elif last and isinstance(last[0], int):
        value[-1] = [composition.values[1] + 10**7, *last[1:]]
    elif last:
        value[-1] = [[*last[0][:-1], 10**8], *last[1:]]
    else:
        value[0] = 0
    return tuple(value), tuple(params)
