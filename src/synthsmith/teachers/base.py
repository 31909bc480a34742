"""What every teacher is."""

from __future__ import annotations

from typing import Any, Protocol

from synthsmith.recipe import Price
from synthsmith.records import Completion, CompletionRequest, PromptKind


class Teacher(Protocol):
    """Anything that answers prompts; ``name`` and ``model`` stand in rows and ledger keys."""

    name: str
    model: str
    price: Price = Price()

    def extra(self, kind: PromptKind) -> dict[str, Any]:
        """What requests of this kind carry beside the standard parameters; part of their keys."""
        return {}

    async def complete(self, request: CompletionRequest) -> Completion:
        """One sample of one prompt.

        Whatever an endpoint charges for (a reply cut by length, a malformed one) is a Completion.
        Raises Drop when this one request is refused (a prompt too long for the model), and
        EndpointError when the teacher is gone for good.
        """
        ...

    async def close(self) -> None:
        """Let go of connections; calls in flight must have ended."""
        return
