"""Everything a score depends on, as it stands in the result and decides what may be resumed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from synthsmith.errors import InputError
from synthsmith.evaluate.windows import Window
from synthsmith.recipe import flat
from synthsmith.records import Record, digest

SETTINGS_FILE = "evaluation.json"


class ModelSettings(Record, frozen=True):
    """What answers. ``digest`` is of a checkpoint's or a response file's contents."""

    kind: Literal["endpoint", "checkpoint", "responses"]
    name: str
    digest: str = ""


class SamplingSettings(Record, frozen=True):
    """How answers are drawn; ``batch`` is for checkpoints, 0 elsewhere."""

    temperature: float
    top_p: float
    max_tokens: int
    seed: int
    batch: int = 0


class ProblemSettings(Record, frozen=True):
    """Which problems: ``count`` of them fall into ``window``, ``digest`` is of them and tests."""

    name: str
    kind: str
    window: Window
    count: int
    first_date: str
    last_date: str
    digest: str


class PromptSettings(Record, frozen=True):
    """``name`` is a template's file or ours; ``template`` its digest ("" for ours); ``digest`` is
    of all messages that were asked."""

    name: str
    template: str
    digest: str


class EvalSettings(Record, frozen=True):
    """The whole of it."""

    problems: ProblemSettings
    model: ModelSettings
    prompt: PromptSettings | None
    sampling: SamplingSettings | None
    n: int
    extraction: str = "between the last two lines that hold a fence"
    grading: str = (
        "all tests passed; LiveCodeBench's problems: 6 s of CPU time a test, stripped lines equal"
        " as text or exact decimals, functions' results equal as values; others: as they say"
    )


def settle(folder: Path, settings: EvalSettings) -> None:
    """See that a folder is of these settings, where it has any.

    Raises InputError naming the keys that differ.
    """
    path = folder / SETTINGS_FILE
    if not path.exists():
        return
    try:
        before = msgspec.json.decode(path.read_bytes(), type=EvalSettings)
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(f"cannot read {path}: {error}") from None
    if changed := differences(before, settings):
        raise InputError(
            f"{folder} was begun with other settings: {', '.join(changed)} changed; "
            "restore them or name another --out"
        )


def differences(before: EvalSettings, now: EvalSettings) -> list[str]:
    """Dotted names of what differs, with the beginnings of both values.

    Names of files are no difference, what they hold is.
    """
    old, new = _deciding(before), _deciding(now)
    return [
        f"{key} (was {str(old.get(key, ''))[:24]}, now {str(new.get(key, ''))[:24]})"
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def settings_digest(settings: EvalSettings) -> str:
    """One digest of everything in the settings that decides a score."""
    return digest(_deciding(settings))


def _deciding(settings: EvalSettings) -> dict[str, object]:
    """What decides a score, by dotted name: what files hold, not what they are called."""
    found = flat(settings)
    names = {"problems.name", "prompt.name"} | ({"model.name"} if settings.model.digest else set())
    return {key: value for key, value in found.items() if key not in names}
