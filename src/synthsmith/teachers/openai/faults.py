"""What can go wrong with a call, and what is done about it.

``Fault`` never leaves the room: it is what a further try may cure. Everything else is one of the
errors of ``synthsmith.errors``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import msgspec

from synthsmith.errors import Drop, DropReason, EndpointError, InputError

FaultKind = Literal["limited", "overloaded", "timeout", "connection", "answer"]
"""limited: a rate limit (429), no fault of the endpoint; overloaded: 503; timeout: nothing came
in time, here or at a gateway; connection: refused, lost or cut; answer: an error, or an answer
that cannot be read."""

_UNPAID = {"insufficient_quota", "billing_hard_limit_reached", "insufficient_balance"}
_UNSUPPORTED = {"unsupported_parameter", "unsupported_value", "unknown_parameter"}
_KINDS: dict[int, FaultKind] = {
    408: "timeout",
    503: "overloaded",
    504: "timeout",
    524: "timeout",
    529: "overloaded",
}
_UNPARSABLE = "does not match the expected"
"""llama.cpp's HTTP 500 for a reply that breaks its own grammar, as when it is cut by length: the
same seed will do so again."""
_NO_KEY = "name the variable that holds it (api_key_env in the recipe, or --api-key-env)"
_LONGEST_WORDS = 300


class Fault(Exception):
    """One try failed and another may not; ``retry_after`` is what the endpoint asked for, s."""

    def __init__(self, kind: FaultKind, detail: str, retry_after: float | None = None) -> None:
        super().__init__(_line(detail))
        self.kind = kind
        self.retry_after = retry_after


class Origin(msgspec.Struct, frozen=True):
    """Where an answer came from, for the words of an error."""

    url: str
    model: str
    key_env: str


def refuse(status: int, body: bytes | str, origin: Origin, headers: Mapping[str, str]) -> Fault:
    """The fault behind an HTTP status of 300 or more (or the same in the body of a 200).

    Raises InputError where settings are wrong, EndpointError for an account without money, and
    Drop(REFUSED_BY_ENDPOINT) where only this one request is refused.
    """
    words, code = error_words(body)
    said = f"HTTP {status}: {words}" if words else f"HTTP {status}"
    if status == 402 or (status == 429 and code in _UNPAID):
        raise EndpointError(
            f"{origin.url} wants to be paid first ({said}); add credit and run the same "
            "command again to go on"
        )
    if status in (401, 403):
        if not origin.key_env:
            raise InputError(f"{origin.url} wants a key ({said}): {_NO_KEY}")
        raise InputError(f"{origin.url} refuses the key ({said}): see what {origin.key_env} holds")
    if status == 404:
        what = f"the model {origin.model}" if origin.model else "such a path"
        also = "the model, and " if origin.model else ""
        raise InputError(
            f"{origin.url} does not know {what} ({said}): check {also}that the url ends in the "
            "version, as in http://localhost:8000/v1"
        )
    if 300 <= status < 400:
        target = headers.get("Location", "elsewhere")
        raise InputError(f"{origin.url} redirects to {target}: set that url in the recipe")
    if status == 429:
        return Fault("limited", said, retry_after(headers))
    if status in (408, 409) or (status >= 500 and _UNPARSABLE not in words):
        return Fault(_KINDS.get(status, "answer"), said, retry_after(headers))
    if code in _UNSUPPORTED:
        raise InputError(
            f"{origin.url} does not take what the recipe sends ({said}): change token_field or "
            "extra_body of the teacher"
        )
    raise Drop(DropReason.REFUSED_BY_ENDPOINT, said)


def error_words(body: bytes | str) -> tuple[str, str]:
    """Message and code of an error body of any shape, on one short line; "" for what is missing."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        error: Any = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return _line(text), ""
    if isinstance(error, dict):
        error = error.get("error") or error.get("detail") or error
    if not isinstance(error, dict):
        return _line(error if isinstance(error, str) else text), ""
    message = error.get("message")
    return _line(message if isinstance(message, str) else text), str(error.get("code") or "")


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_WORDS else line[:_LONGEST_WORDS] + "…"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` (seconds or an HTTP date) asks to wait; None without one."""
    value = headers.get("Retry-After", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            date = parsedate_to_datetime(value)
        except ValueError:
            return None
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        seconds = (date - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if seconds < float("inf") else None
