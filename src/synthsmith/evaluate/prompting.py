"""What a model is asked: the words of our own training sets, or anybody's template."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from synthsmith.errors import InputError
from synthsmith.evaluate.problem import EvalProblem
from synthsmith.formats.chat import question
from synthsmith.records import Message, Task

OURS = "synthsmith"
_SYSTEM_ENDS = "=== user ==="
"""A line of a template: what stands before it is the system message."""


class Prompter:
    """Writes the messages for a problem, by a Jinja template or, without one, by our own words.

    A template knows ``statement, title, starter_code, fn_name, io, platform``. ``name`` and
    ``digest`` say which template it was. Raises InputError for one that cannot be read.
    """

    def __init__(self, template: Path | None) -> None:
        self.name, self.digest = OURS, ""
        self._template = None
        if template is None:
            return
        try:
            text = template.read_text("utf-8")
            environment = SandboxedEnvironment(
                undefined=StrictUndefined, keep_trailing_newline=True
            )
            self._template = environment.from_string(text)
        except (OSError, UnicodeError, TemplateError) as error:
            raise InputError(f"cannot use the prompt template {template}: {error}") from None
        self.name, self.digest = template.name, hashlib.sha256(text.encode()).hexdigest()

    def messages(self, problem: EvalProblem) -> tuple[Message, ...]:
        """What the model is asked for this problem. Raises InputError where the template fails."""
        if self._template is None:
            return problem.prompt or (Message(role="user", content=_ours(problem)),)
        try:
            text = self._template.render(
                statement=problem.statement,
                title=problem.title,
                starter_code=problem.starter_code,
                fn_name=problem.grading.fn_name,
                io=problem.grading.io,
                platform=problem.platform,
            )
        except Exception as error:  # whatever a template computes may fail
            raise InputError(f"the prompt template {self.name} failed: {error}") from None
        system, found, user = text.partition(f"{_SYSTEM_ENDS}\n")
        if not found:
            return (Message(role="user", content=text),)
        return (
            Message(role="system", content=system.strip()),
            Message(role="user", content=user),
        )


def _ours(problem: EvalProblem) -> str:
    function = problem.grading.io == "function"
    task = Task(
        id=problem.id,
        style="leetcode" if function else "codeforces",
        title=problem.title or problem.id,
        statement=problem.statement,
        samples=(),
        io=problem.grading.io,
        fn_name=problem.grading.fn_name,
        starter_code=problem.starter_code,
    )
    return question(task, "python")
