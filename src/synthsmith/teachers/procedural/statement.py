"""Statements: a composition written out in a style, and the same grammar read backwards."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from synthsmith.records import Style
from synthsmith.teachers.procedural import grammar
from synthsmith.teachers.procedural.algebra import Composition, Scale, Step
from synthsmith.teachers.procedural.kinds import (
    KINDS,
    arg_type,
    count_name,
    element_name,
    leet_name,
    limits_of,
    shown_name,
    value_names,
)
from synthsmith.teachers.procedural.parts import solvers, sources, transforms

HEROES = (
    *("Alma", "Bora", "Cleo", "Dario", "Edda", "Faro", "Greta", "Hugo", "Ilka", "Jonas"),
    *("Kira", "Lorin", "Mara", "Nilo", "Oda", "Pavel", "Quinn", "Rosa", "Silvan", "Tilda"),
    *("Umberto", "Vera", "Wanda", "Xaver", "Yara", "Zeno"),
)

_OPENINGS = (
    "On a rainy evening {hero} clears out the attic of the old observatory.",
    "{hero} spends the summer as the keeper of a lighthouse.",
    "The night train is late again, and {hero} has run out of books.",
    "{hero} has taken over the archive of a small town.",
    "In the workshop of {hero} nothing is ever thrown away.",
    "At the harbour {hero} is known for solving what others leave undone.",
    "{hero} writes a puzzle page for the local newspaper.",
    "A letter without a sender has reached {hero}.",
    "{hero} teaches arithmetic to the crew of a research ship.",
    "The museum closes at six, but {hero} is allowed to stay.",
    "Before the festival begins, {hero} has one task left.",
    "{hero} once promised to help a neighbour with a riddle.",
)
_TITLES = ("{title}", "{title}", "{hero} and {title}", "{title} for {hero}")


def names_of(composition: Composition, style: Style, hero: str) -> list[dict[str, str]]:
    """The slots for the source, each step, and the solver, in this order."""
    kind = KINDS[composition.source.kind]
    shown = value_names(kind, style)
    later = iter("cd" if kind.name == "pair" else "bc")
    base = {"hero": hero}
    base |= {count: shown_name(count, style) for count in kind.counts}
    base |= {param.name: shown_name(param.name, style) for param in composition.solver.params}
    now = {"x": shown[0], "z": shown[-1]}
    slots = [{**base, **now}]
    for step in composition.steps:
        after = shown_name(next(later), style)
        slots.append({**base, **now, "y": after, "c": str(step.constant)})
        now = {"x": after}
    return [*slots, {**base, **now, "c": str(composition.constant)}]


@dataclass(frozen=True)
class Written:
    """A composition in words: the title and the statement without examples."""

    title: str
    statement: str


def write(composition: Composition, style: Style, rng: random.Random) -> Written:
    """The statement, wordings drawn with ``rng``."""
    hero = rng.choice(HEROES)
    slots = names_of(composition, style, hero)
    sentences = [
        grammar.fill(rng.choice(grammar.wordings(part, style)), names)
        for part, names in zip(composition.parts, slots, strict=True)
    ]
    if style == "codeforces":
        opening = grammar.fill(rng.choice(_OPENINGS), {"hero": hero})
        body = [f"{opening} {sentences[0]}", *sentences[1:]]
    else:
        body = sentences
    form = rng.choice(_TITLES) if style == "codeforces" else "{title}"
    title = grammar.fill(form, {"title": rng.choice(composition.solver.titles), "hero": hero})
    sections = [
        "\n\n".join(body),
        _input_section(composition, style, slots[0]),
        _output_section(composition, style, slots[-1]),
        _constraints(composition, style, slots[0]),
    ]
    return Written(title, "\n\n".join(sections))


def _input_section(composition: Composition, style: Style, slots: dict[str, str]) -> str:
    kind = KINDS[composition.source.kind]
    params = [param.name for param in composition.solver.params]
    if style == "leetcode":
        lines = [f"- `{leet_name(a)}`: {arg_type(kind, a, 'python')}" for a in kind.args]
        lines += [f"- `{name}`: int" for name in params]
        return "## Parameters\n\n" + "\n".join(lines)
    first = [slots[name] for name in (*kind.counts, *params)]
    words = "one integer" if len(first) == 1 else f"{len(first)} integers"
    lines = [f"The first line contains {words}: {', '.join(first)}."]
    for field in kind.fields:
        said = grammar.fill(field.said, slots)
        if field.form in ("list", "text"):
            lines.append(f"The next line contains {said}.")
        else:
            lines.append(f"Each of the next {slots[field.count]} lines contains {said}.")
    return "## Input\n\n" + "\n".join(lines)


def _output_section(composition: Composition, style: Style, slots: dict[str, str]) -> str:
    solver = composition.solver
    thing = {"int": "one integer", "list": "integers", "string": "one string"}[solver.gives]
    if style == "leetcode":
        thing = {"int": "An integer", "list": "A list of integers", "string": "A string"}[
            solver.gives
        ]
        lines = [f"{thing}: {solver.answer}."]
    else:
        spaced = ", separated by spaces" if solver.gives == "list" else ""
        lines = [f"Print {thing}: {solver.answer}{spaced}."]
    if composition.may_be_empty:
        lines.append(f"If {slots['x']} has no elements, the answer is {solver.empty}.")
    return ("## Returns" if style == "leetcode" else "## Output") + "\n\n" + "\n".join(lines)


def _range(low: int | str, name: str, high: int | str, style: Style) -> str:
    if style == "leetcode":
        return f"- `{low} <= {name} <= {high}`"
    return rf"- ${low} \le {name} \le {high}$"


def _constraints(composition: Composition, style: Style, slots: dict[str, str]) -> str:
    source, kind = composition.source, KINDS[composition.source.kind]
    limits = limits_of(kind, source.n_min, composition.n_max)
    lines = [
        _range(low, count_name(kind, count, style), high, style)
        for count, (low, high) in limits.items()
    ]
    if element := element_name(kind, style):
        least, most = composition.values
        lines.append(_range(least, element, most, style))
    size = count_name(kind, next(iter(kind.counts)), style)
    for field in kind.fields:
        bounded = [name for name, of in field.columns if of == "n"]
        if bounded:
            lines.append(_range(1, ", ".join(bounded), size, style))
    for param in composition.solver.params:
        low, high = param.bounds(composition.shape)
        name = param.name.upper() if style == "atcoder" else param.name
        lines.append(_range(low, name, size if high == "n" else high, style))
    lines += [f"- {grammar.fill(note, slots)}" for note in source.notes]
    return "## Constraints\n\n" + "\n".join(lines)


def starter_code(composition: Composition) -> str:
    """The class a function-style solver completes."""
    return f"from typing import List\n\n\nclass Solution:\n    {signature(composition)}\n"


def signature(composition: Composition) -> str:
    """The method's ``def`` line."""
    kind = KINDS[composition.source.kind]
    args = [f"{leet_name(arg)}: {arg_type(kind, arg, 'python')}" for arg in kind.args]
    args += [f"{param.name}: int" for param in composition.solver.params]
    gives = {"int": "int", "list": "List[int]", "string": "str"}[composition.solver.gives]
    return f"def {composition.solver.fn_name}(self, {', '.join(args)}) -> {gives}:"


@dataclass(frozen=True)
class Reading:
    """What a statement was understood as."""

    composition: Composition
    style: Style


_BOUND = re.compile(r"^- [$`](-?\d+) (?:\\le|<=) (.+?) (?:\\le|<=) (-?\d+)[$`]$", re.M)


def read(text: str) -> Reading | str:
    """The composition a statement describes, or in plain words why it cannot be read."""
    style: Style = "leetcode" if "\n## Parameters" in text else "codeforces"
    body = " ".join(text.partition("\n## ")[0].split())
    found = [(part, grammar.find(part, body)) for part in sources()]
    origins = [part for part, hits in found if hits]
    if len(origins) != 1:
        return "I cannot tell what the input is."
    goals = [(part, places[0]) for part in solvers() if (places := grammar.find(part, body))]
    if len(goals) != 1:
        return "I cannot tell what is asked."
    found_steps = sorted(
        (place, i, constant)
        for i, part in enumerate(transforms())
        for place, constant in grammar.find(part, body)
    )
    steps = tuple(Step(transforms()[i], constant) for _, i, constant in found_steps)
    kind = KINDS[origins[0].kind]
    bounds = {name: (int(low), int(high)) for low, name, high in _BOUND.findall(text)}
    if style == "codeforces" and count_name(kind, next(iter(kind.counts)), style) not in bounds:
        style = "atcoder"
    size = bounds.get(count_name(kind, next(iter(kind.counts)), style))
    element = element_name(kind, style)
    values = bounds.get(element) if element else (0, 0)
    if size is None or values is None:
        return "I cannot find the constraints."
    goal, (_, constant) = goals[0]
    scale: Scale = "large" if size[1] > max(origins[0].sizes["small"]) else "small"
    composition = Composition(origins[0], steps, goal, constant, scale, size[1], values)
    if composition.shapes() is None:
        return "What is asked does not fit the input as I understand it."
    return Reading(composition, style)
