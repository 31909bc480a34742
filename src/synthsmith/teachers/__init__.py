"""Teachers: what answers prompts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from synthsmith.errors import InputError
from synthsmith.recipe import ProceduralTeacherSettings, TeacherSettings
from synthsmith.teachers.base import Teacher

__all__ = ["Teacher", "open_teachers"]


@asynccontextmanager
async def open_teachers(settings: Iterable[TeacherSettings]) -> AsyncIterator[list[Teacher]]:
    """The teachers of a recipe, in its order, closed on leaving.

    Raises InputError for settings that cannot work, EndpointError where nothing answers.
    """
    teachers = [_opened(one) for one in settings]
    try:
        yield teachers
    finally:
        for teacher in teachers:
            await teacher.close()


def _opened(settings: TeacherSettings) -> Teacher:
    match settings:
        case ProceduralTeacherSettings():
            from synthsmith.teachers.procedural import ProceduralTeacher

            return ProceduralTeacher(settings.name, settings.skill)
        case _:
            raise InputError(f"teacher {settings.name}: its kind is not supported yet")
