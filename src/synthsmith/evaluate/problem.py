"""One problem of an evaluation, whatever file it came from."""

from __future__ import annotations

from synthsmith.evaluate.grade import Grading
from synthsmith.records import Message, Record


class EvalProblem(Record, frozen=True):
    """A problem without its tests, which may be large and are read when they are needed.

    ``date`` is ISO with a time, "" where none is known; ``prompt`` is what the file itself asks a
    model, empty where that is left to the reader; ``digest`` is of everything that a grade
    depends on, tests included, and empty until those are read.
    """

    id: str
    title: str
    statement: str
    platform: str
    difficulty: str
    grading: Grading
    date: str = ""
    starter_code: str = ""
    prompt: tuple[Message, ...] = ()
    digest: str = ""

    @property
    def month(self) -> str:
        """``2024-08``, or "" without a date."""
        return self.date[:7]
