"""Teachers: what answers prompts."""

from __future__ import annotations

from typing import Protocol

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
