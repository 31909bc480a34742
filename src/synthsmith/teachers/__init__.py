"""Teachers: what answers prompts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from synthsmith.recipe import TeacherSettings
from synthsmith.records import Completion, CompletionRequest


class Teacher(Protocol):
    """Anything that answers prompts. ``model`` is part of every ledger key."""

    name: str
    model: str

    async def complete(self, request: CompletionRequest) -> Completion:
        """One sample of one prompt.

        Raises EndpointError when the teacher is gone for good; everything else it can say
        (cut by length, malformed text) is a Completion, paid for and kept.
        """
        ...


def open_teachers(settings: Iterable[TeacherSettings]) -> list[Teacher]:
    """The teachers of a recipe, in its order."""
    from synthsmith.teachers.procedural import ProceduralTeacher

    return [ProceduralTeacher(one.name, one.skill) for one in settings]
