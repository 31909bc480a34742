"""``synthsmith record``: the completions of a run as a cassette for the replay teacher."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from synthsmith.commands.progress import print_line
from synthsmith.errors import InputError
from synthsmith.prompts import reply_schemas
from synthsmith.records import Completion
from synthsmith.store import Ledger, opened_ledger
from synthsmith.teachers import recorded
from synthsmith.teachers.cassette import write_cassette


def record_run(folder: Path, output: Path) -> None:
    """Write all completions in a run folder to ``output`` and say how to play them.

    Raises InputError for a folder that is not a run's, in use or damaged, and for a file that
    cannot be written.
    """
    with opened_ledger(folder) as (recipe, ledger):
        schemas = reply_schemas()
        teachers = {one.name: recorded(one, schemas) for one in recipe.teachers}
        keys = ledger.keys("completion")
        if not keys:
            raise InputError(f"{folder} holds no completions: run a recipe in it first")
        write_cassette(output, teachers, len(keys), _completions(ledger, keys))
    print_line(
        f"{len(keys)} completions of {', '.join(teachers)}; to play them, give each teacher of "
        f'the recipe kind = "replay", cassette = "{output}", and its name and weights as before'
    )
    print(output)


def _completions(ledger: Ledger, keys: list[str]) -> Iterator[tuple[str, Completion]]:
    for key in keys:
        body = ledger.get("completion", key)
        if body is not None:
            yield key, msgspec.msgpack.decode(body, type=Completion)
