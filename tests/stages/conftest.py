"""A scripted teacher, and tools around it, for stages that ask."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from synthsmith.judge import Judge
from synthsmith.recipe import Recipe
from synthsmith.records import Completion, CompletionRequest, Finish, Usage
from synthsmith.store import RunFolder
from synthsmith.teachers import Teacher
from synthsmith.tools import Tools

Script = Callable[[CompletionRequest], str | tuple[str, Finish]]


class Scripted(Teacher):
    """Answers by a function of the request; counts what it was asked."""

    def __init__(self, script: Script) -> None:
        self.name = self.model = "scripted"
        self.script = script
        self.asked: list[CompletionRequest] = []

    async def complete(self, request: CompletionRequest) -> Completion:
        self.asked.append(request)
        said = self.script(request)
        text, finish = said if isinstance(said, tuple) else (said, "stop")
        return Completion(text=text, reasoning="", finish=finish, usage=Usage(), model=self.model)


MakeTools = Callable[..., Tools]


@pytest.fixture
async def make_tools(tmp_path: Path) -> AsyncIterator[MakeTools]:
    """``make_tools(script, **recipe keys)``: tools on a fresh run folder and a real judge."""
    folders: list[RunFolder] = []
    async with Judge(workers=2) as judge:

        def make(script: Script, **keys: object) -> Tools:
            recipe = Recipe(name="t", **keys)  # type: ignore[arg-type]
            folder = RunFolder.open(tmp_path / f"run{len(folders)}", recipe, "seeds")
            folders.append(folder)
            return Tools(recipe, folder.ledger, judge, [Scripted(script)])

        yield make
        for folder in folders:
            folder.close()
