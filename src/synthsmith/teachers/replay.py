"""The replay teacher: what a recorded teacher answered, from a cassette."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from synthsmith.errors import InputError
from synthsmith.recipe import ReplayTeacherSettings
from synthsmith.records import Completion, CompletionRequest, PromptKind, completion_key
from synthsmith.teachers.base import Teacher
from synthsmith.teachers.cassette import Cassette

_open: WeakValueDictionary[Path, Cassette] = WeakValueDictionary()
"""Several teachers of a recipe share one cassette."""


class ReplayTeacher(Teacher):
    """Plays a recorded teacher of the same name, whose ledger keys it shares.

    Raises InputError for a cassette that cannot be read or does not hold this teacher.
    """

    def __init__(self, settings: ReplayTeacherSettings) -> None:
        path = Path(settings.cassette).resolve()
        cassette = _open.get(path) or Cassette(path)
        self._cassette = _open[path] = cassette
        if settings.name not in cassette.teachers:
            names = ", ".join(cassette.teachers) or "none"
            raise InputError(
                f"teacher {settings.name} is not in the cassette {settings.cassette}, "
                f"which has {names}: give it the name it was recorded under"
            )
        recorded = cassette.teachers[settings.name]
        self.name = settings.name
        self.model = recorded.model
        self._extra = recorded.extra

    def extra(self, kind: PromptKind) -> dict[str, Any]:
        """As it was recorded."""
        return self._extra.get(kind, {})

    async def complete(self, request: CompletionRequest) -> Completion:
        """The recorded completion. Raises InputError where there is none."""
        found = self._cassette.find(completion_key(request))
        if found is None:
            raise InputError(
                f"a {request.kind} prompt of teacher {self.name} is not in the cassette "
                f"{self._cassette.path}: it was recorded with another recipe, seeds or prompts, "
                "or before its run ended"
            )
        return found
