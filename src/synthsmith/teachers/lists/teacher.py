"""The lists teacher: every prompt of the road, answered within the lists world."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence

from synthsmith.recipe import SkillSettings
from synthsmith.records import CompletionRequest
from synthsmith.teachers.embedded import Answer, EmbeddedTeacher
from synthsmith.teachers.lists.programs import GENERATOR, VALIDATOR, mistaken, plan, program
from synthsmith.teachers.lists.world import (
    VALUES,
    Composition,
    Path,
    questions,
    random_values,
    read,
    steps,
    worthwhile,
    write,
)
from synthsmith.teachers.procedural.catalogue import extract_features
from synthsmith.teachers.procedural.prompts_read import (
    attribute,
    dice,
    feature_lines,
    features_wanted,
    inputs_wanted,
    prompt_text,
    section,
)

_TRIES = 30


class ListsTeacher(EmbeddedTeacher):
    """The lists world: it reads any code for features, but evolves, chooses and sets tasks about
    lists alone, in Python and in few words."""

    family, version = "lists", 1

    def answer(self, request: CompletionRequest) -> Answer:
        """The reply to a prompt of any kind, from its tagged sections."""
        prompt = prompt_text(request)
        match request.kind:
            case "extract":
                language = attribute(prompt, "code", "language")
                return _json({"features": extract_features(section(prompt, "code"), language)})
            case "evolve":
                return _json({"features": _evolved(prompt, dice(request, "evolve"))})
            case "select":
                return _json(_selected(prompt, dice(request, "select")))
            case "formulate":
                return _json(_formulated(request, self.skill))
            case "inputs":
                return _json({"inputs": _inputs(request, self.skill)})
            case "generator":
                return Answer(f"```python\n{GENERATOR}```\n")
            case "validator":
                return Answer(f"```python\n{VALIDATOR}```\n")
            case "solve":
                return _solved(request, self.skill)


def _solved(request: CompletionRequest, skill: SkillSettings) -> Answer:
    """A right or mistaken program with its plan, as it arrives: whole, cut, or out of form."""
    prompt, fate = prompt_text(request), dice(request, "fate")
    statement = section(prompt, "statement")
    composition = read(statement.split("\n", 1)[-1])
    if composition is None or "cpp" in section(prompt, "language"):
        return Answer("I only solve tasks about lists, in Python.")
    right = skill.right_easy if len(composition.steps) == 1 else skill.right_hard
    if fate.random() >= right:
        shared = fate.random() < skill.shared_misreading
        seed = hashlib.sha256(statement.encode("utf-8", "surrogatepass")).digest()
        composition = mistaken(composition, random.Random(seed) if shared else fate)
    thoughts = plan(composition)
    text = f"```python\n{program(composition, fate)}```\n"
    if fate.random() < skill.truncated:
        return Answer(text[: fate.randrange(10, len(text) - 5)], thoughts, "length")
    if fate.random() < skill.malformed:
        return Answer(text.replace("```", "``"), thoughts)
    return Answer(text, thoughts)


def _json(reply: dict[str, object]) -> Answer:
    return Answer(f"```json\n{json.dumps(reply, ensure_ascii=False)}\n```\n")


def _evolved(prompt: str, rng: random.Random) -> list[Path]:
    known = {path for _, path in feature_lines(section(prompt, "features"))}
    new = [one.path for one in (*steps(), *questions()) if one.path not in known]
    return rng.sample(new, min(len(new), features_wanted(prompt)))


def _selected(prompt: str, rng: random.Random) -> dict[str, object]:
    """A question and one or two steps of those offered, worth setting together."""
    offered = {path for _, path in feature_lines(section(prompt, "features"))}
    before = [one for one in steps() if one.path in offered]
    asked = [one for one in questions() if one.path in offered]
    for _ in range(_TRIES if before and asked else 0):
        chosen = rng.sample(before, min(len(before), rng.choice((1, 2, 2, 2, 2))))
        fixed = tuple((step, rng.choice(step.constants)) for step in chosen)
        composition = Composition(fixed, rng.choice(asked))
        if worthwhile(composition):
            roles = ("core", "support", "twist")
            features = [
                {"path": list(path), "role": role}
                for path, role in zip(composition.paths, roles, strict=False)
            ]
            return {"features": features, "strategy": f"In this order: {plan(composition)}."}
    return {"features": [], "strategy": "Nothing here makes a task about a list."}


def drawn(request: CompletionRequest) -> Composition | None:
    """The composition of a formulate request, its constants drawn; None for foreign features."""
    lines = [path for _, path in feature_lines(section(prompt_text(request), "features"))]
    by_path = {one.path: one for one in (*steps(), *questions())}
    operations = [by_path[path] for path in lines if path in by_path]
    asked = [one for one in operations if one in questions()]
    before = [one for one in operations if one in steps()]
    if len(asked) != 1 or not 1 <= len(before) <= 2:
        return None
    rng = dice(request, "composition")
    composition = Composition((), asked[0])
    for _ in range(_TRIES):
        fixed = tuple((step, rng.choice(step.constants)) for step in before)
        composition = Composition(fixed, asked[0])
        if worthwhile(composition):
            break
    return composition


def _formulated(request: CompletionRequest, skill: SkillSettings) -> dict[str, object]:
    composition, rng = drawn(request), dice(request, "words")
    if composition is None:
        return {"title": "", "statement": "I only write tasks about lists.", "samples": []}
    shown = composition
    if rng.random() < skill.wrong_sample:
        shown = mistaken(composition, rng)
    samples = []
    for _ in range(2):
        values = random_values(rng)
        samples.append({"input": _text(values), "output": f"{shown.answer(values)}\n"})
    return {
        "title": composition.question.name.capitalize(),
        "statement": write(composition, rng),
        "samples": samples,
        "fn_name": "",
        "starter_code": "",
    }


def _inputs(request: CompletionRequest, skill: SkillSettings) -> list[dict[str, str]]:
    rng = dice(request, "inputs")
    found: dict[str, str] = {}
    for number in range(inputs_wanted(prompt_text(request))):
        values = random_values(rng)[: number + 1]
        if rng.random() < skill.invalid_input:
            values[0] = VALUES[1] + rng.randint(1, 9)
        found[_text(values)] = "edge" if number < 3 else "typical"
    return [{"kind": kind, "input": text} for text, kind in found.items()]


def _text(values: Sequence[int]) -> str:
    return f"{len(values)}\n{' '.join(map(str, values))}\n"
