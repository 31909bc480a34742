"""Teachers: what answers prompts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from synthsmith.errors import InputError
from synthsmith.recipe import OpenAITeacherSettings, ProceduralTeacherSettings, TeacherSettings
from synthsmith.records import PromptKind
from synthsmith.teachers.base import Teacher

__all__ = ["Teacher", "open_teachers"]


@asynccontextmanager
async def open_teachers(
    settings: Iterable[TeacherSettings], schemas: Mapping[PromptKind, dict[str, Any]] | None = None
) -> AsyncIterator[list[Teacher]]:
    """The teachers of a recipe, in its order, closed on leaving.

    ``schemas`` are the JSON schemas of those prompt kinds whose reply is JSON, for endpoints that
    can enforce them. Raises InputError for settings that cannot work, EndpointError where nothing
    answers.
    """
    async with AsyncExitStack() as stack:
        teachers = []
        for one in settings:
            teachers.append(await _opened(one, schemas or {}))
            stack.push_async_callback(teachers[-1].close)
        yield teachers


async def _opened(
    settings: TeacherSettings, schemas: Mapping[PromptKind, dict[str, Any]]
) -> Teacher:
    match settings:
        case ProceduralTeacherSettings():
            from synthsmith.teachers.procedural import ProceduralTeacher

            return ProceduralTeacher(settings.name, settings.skill)
        case OpenAITeacherSettings():
            from synthsmith.teachers.openai import OpenAITeacher, with_model

            return OpenAITeacher(await with_model(settings), schemas)
        case _:
            raise InputError(f"teacher {settings.name}: its kind is not supported yet")
