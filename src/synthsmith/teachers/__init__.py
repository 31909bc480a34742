"""Teachers: what answers prompts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from synthsmith.recipe import (
    OpenAITeacherSettings,
    ProceduralTeacherSettings,
    ReplayTeacherSettings,
    TeacherSettings,
)
from synthsmith.records import PromptKind
from synthsmith.teachers.base import Teacher

if TYPE_CHECKING:
    from synthsmith.teachers.cassette import Recorded
    from synthsmith.teachers.embedded import EmbeddedTeacher

__all__ = ["Teacher", "embedded_teacher", "open_teachers", "recorded"]


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
            return embedded_teacher(settings)
        case OpenAITeacherSettings():
            from synthsmith.teachers.openai import BatchTeacher, OpenAITeacher, with_model

            if settings.batch:
                return BatchTeacher(await with_model(settings), schemas)
            return OpenAITeacher(await with_model(settings), schemas)
        case ReplayTeacherSettings():
            from synthsmith.teachers.replay import ReplayTeacher

            return ReplayTeacher(settings)


def recorded(
    settings: TeacherSettings, schemas: Mapping[PromptKind, dict[str, Any]] | None = None
) -> Recorded:
    """How the ledger keys of a resolved recipe know a teacher, for a cassette.

    Raises InputError for a replay teacher whose cassette cannot be read.
    """
    from synthsmith.teachers.cassette import Recorded

    if isinstance(settings, OpenAITeacherSettings):
        from synthsmith.teachers.openai.body import extra_fields

        kinds: tuple[PromptKind, ...] = get_args(PromptKind)
        extra = {kind: extra_fields(settings, kind, schemas or {}) for kind in kinds}
        return Recorded(model=settings.model, extra=extra)
    if isinstance(settings, ReplayTeacherSettings):
        from synthsmith.teachers.cassette import Cassette

        return Cassette(Path(settings.cassette)).teachers[settings.name]
    return Recorded(model=embedded_teacher(settings).model)


def embedded_teacher(settings: ProceduralTeacherSettings) -> EmbeddedTeacher:
    """The teacher in process of these settings, of the world that they name."""
    if settings.world == "lists":
        from synthsmith.teachers.lists import ListsTeacher

        return ListsTeacher(settings.name, settings.skill)
    from synthsmith.teachers.procedural import ProceduralTeacher

    return ProceduralTeacher(settings.name, settings.skill)
