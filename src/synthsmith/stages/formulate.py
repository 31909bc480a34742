"""Formulate: a complete task in one of the three styles."""

from __future__ import annotations

import ast
import json
import re

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import FormulateReply, reader
from synthsmith.records import Sample, Selection, Style, Task
from synthsmith.tools import Desk, stage

_SECTIONS: dict[str, tuple[str, ...]] = {
    "stdin": ("## Input", "## Output", "## Constraints"),
    "function": ("## Parameters", "## Returns", "## Constraints"),
}


@stage
async def formulate(selection: Selection, style: Style, desk: Desk) -> Task:
    """The task a teacher writes from a selection.

    Raises Drop(MALFORMED_REPLY) when the reply cannot be read, Drop(INCOMPLETE_TASK) when a
    section, the samples or the function's name are missing.
    """
    limits = desk.recipe.limits
    reply, _ = await desk.ask(
        "formulate",
        reader(FormulateReply),
        features="\n".join(f"{f.role}: {' > '.join(f.path)}" for f in selection.features),
        strategy=selection.strategy,
        style=style,
        time_limit_s=f"{limits.time_limit_s:g}",
        memory_limit_mb=limits.memory_limit_mb,
    )
    function = style == "leetcode"
    task = Task(
        id=desk.place,
        style=style,
        title=re.sub(r"\s+", " ", reply.title).strip(),
        statement=reply.statement.strip(),
        samples=tuple(
            Sample(input=s.input, output=s.output, explanation=s.explanation) for s in reply.samples
        ),
        io="function" if function else "stdin",
        fn_name=reply.fn_name.strip() if function else "",
        starter_code=reply.starter_code.strip() if function else "",
        limits=limits,
        features=tuple(feature.path for feature in selection.features),
    )
    missing = _missing(task)
    if missing:
        raise Drop(DropReason.INCOMPLETE_TASK, missing)
    return task


def _missing(task: Task) -> str:
    """What a complete task of its kind lacks, or ""."""
    if not task.title or len(task.statement) < 80:
        return "no title or hardly a statement"
    for heading in _SECTIONS[task.io]:
        if heading.lower() not in task.statement.lower():
            return f"no section {heading}"
    if len(task.samples) < 2:
        return f"{len(task.samples)} samples, two are needed"
    if any(not sample.output.strip() for sample in task.samples):
        return "a sample without an output"
    return _function_lacks(task) if task.io == "function" else ""


def _function_lacks(task: Task) -> str:
    if not task.fn_name.isidentifier():
        return f"{task.fn_name!r} is not a function name"
    try:
        tree = ast.parse(task.starter_code + "\n        pass\n")
    except SyntaxError:
        try:
            tree = ast.parse(task.starter_code)
        except SyntaxError:
            return "the starter code is not Python"
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    if task.fn_name not in names:
        return f"the starter code does not define {task.fn_name}"
    for sample in task.samples:
        try:
            for line in [*sample.input.strip().splitlines(), sample.output]:
                json.loads(line)
        except ValueError:
            return "a sample of a function-style task is not JSON"
    return ""
