"""The folder of one run: its recipe, its ledger, its tables, and the right to write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from synthsmith.errors import InputError
from synthsmith.files import cannot, replaced
from synthsmith.recipe import Recipe, changed_keys, flat, load_recipe, recipe_digest, to_toml
from synthsmith.records import SCHEMA_VERSION, Record
from synthsmith.store.ledger import Ledger
from synthsmith.store.locks import lock_folder, unlock
from synthsmith.store.tables import read_table, write_table

R = TypeVar("R", bound=Record)

_MARK = "run.json"
_RECIPE = "recipe.toml"
_OURS_BEFORE_THE_MARK = {".lock", f"{_MARK}.tmp"}
"""What a run killed in its first moment may leave in a folder that has no mark yet."""


class RunMark(Record, frozen=True):
    """``run.json``: what a run depends on besides the keys of its recipe."""

    schema_version: int
    recipe_digest: str
    seeds_digest: str
    prompt_digest: str


class RunFolder:
    """An open run folder, locked for this process.

    ``async with`` it: the ledger then commits in the background. Leaving commits and unlocks, as
    does ``close()``. ``messages`` are lines for the person, about what was found on opening.
    """

    def __init__(self, path: Path, recipe: Recipe, ledger: Ledger, lock: int) -> None:
        """Use ``open``."""
        self.path, self.recipe, self.ledger = path, recipe, ledger
        self.messages = list(ledger.messages)
        self._lock = lock

    @classmethod
    def open(
        cls, path: Path, recipe: Recipe, seeds_digest: str, *, prompt_digest: str = ""
    ) -> Self:
        """Create the folder or resume the run in it.

        Raises InputError when the folder is not ours, in use, damaged or not writable, and when
        the recipe or the seeds' contents changed in a way that alters results.
        """
        mark = RunMark(
            schema_version=SCHEMA_VERSION,
            recipe_digest=recipe_digest(recipe),
            seeds_digest=seeds_digest,
            prompt_digest=prompt_digest,
        )
        try:
            _claim(path)
            lock = lock_folder(path)
        except OSError as error:
            raise cannot("use the run folder", path, error) from None
        try:
            messages = _settle(path, recipe, mark)
            folder = cls(path, recipe, Ledger(path), lock)
        except OSError as error:
            unlock(lock)
            raise cannot("use the run folder", path, error) from None
        except BaseException:
            unlock(lock)
            raise
        folder.messages += messages
        return folder

    def write_table(self, name: str, rows: Iterable[R], record_type: type[R]) -> Path:
        """Publish ``NAME.parquet``; see ``tables.write_table``."""
        return write_table(self.path / f"{name}.parquet", rows, record_type)

    def read_table(self, name: str, record_type: type[R]) -> Iterator[R]:
        """The rows of ``NAME.parquet``; see ``tables.read_table``."""
        return read_table(self.path / f"{name}.parquet", record_type)

    def close(self) -> None:
        """Commit, close and unlock; may be called again."""
        try:
            self.ledger.close()
        finally:
            self._unlock()

    def _unlock(self) -> None:
        if self._lock >= 0:
            unlock(self._lock)
            self._lock = -1

    async def __aenter__(self) -> Self:
        await self.ledger.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self.ledger.__aexit__(kind, error, trace)
        finally:
            self._unlock()


@contextmanager
def opened_ledger(path: Path) -> Iterator[tuple[Recipe, Ledger]]:
    """Recipe and ledger of a run that is not going on, locked meanwhile, to be read.

    Raises InputError for a folder that is not a run's, in use or damaged.
    """
    if not (path / _MARK).exists():
        raise InputError(f"{path} is not a run folder (it has no {_MARK}): name one of a run")
    recipe = load_recipe(path / _RECIPE)
    try:
        lock = lock_folder(path)
    except OSError as error:
        raise cannot("use the run folder", path, error) from None
    try:
        with closing(Ledger(path)) as ledger:
            yield recipe, ledger
    finally:
        unlock(lock)


def _claim(path: Path) -> None:
    """Make the folder, or see that an existing one is ours; raises InputError or OSError."""
    path.mkdir(parents=True, exist_ok=True)
    if not (path / _MARK).exists():
        others = sorted({entry.name for entry in path.iterdir()} - _OURS_BEFORE_THE_MARK)
        if others:
            raise InputError(
                f"{path} is not a run folder (it holds {others[0]} and no {_MARK}): "
                "name a new or empty folder with --out"
            )


def _settle(path: Path, recipe: Recipe, mark: RunMark) -> list[str]:
    """Compare with what the run was begun with, and record what may change.

    Returns lines for the person; raises InputError naming the keys that may not change.
    """
    messages = []
    if not (path / _MARK).exists():
        _write_mark(path, mark)
    before = _read_mark(path)
    if before.schema_version != SCHEMA_VERSION:
        raise InputError(
            f"{path} is of schema version {before.schema_version}, this SynthSmith writes "
            f"{SCHEMA_VERSION}: name another --out"
        )
    _refuse_changes(path, recipe, mark, before)
    if before.prompt_digest != mark.prompt_digest:
        messages.append(f"the prompts changed since {path} was begun: their calls are paid again")
    if before != mark:
        _write_mark(path, mark)
    text = to_toml(recipe)
    if not (path / _RECIPE).exists() or (path / _RECIPE).read_text("utf-8") != text:
        with replaced(path / _RECIPE) as temporary:
            temporary.write_text(text, "utf-8")
    return messages


def _refuse_changes(path: Path, recipe: Recipe, mark: RunMark, before: RunMark) -> None:
    changes = []
    if (path / _RECIPE).exists():
        stored = load_recipe(path / _RECIPE)
        old, new = flat(stored), flat(recipe)
        changes = [
            f"{key} (was {old.get(key, 'absent')!r}, now {new.get(key, 'absent')!r})"
            for key in changed_keys(stored, recipe)
        ]
    elif before.recipe_digest != mark.recipe_digest:
        changes = [f"the recipe ({_RECIPE} is missing from the folder)"]
    if before.seeds_digest != mark.seeds_digest:
        changes.append("seeds (their contents)")
    if changes:
        raise InputError(
            f"{path} was begun with other settings: {', '.join(changes)} changed; "
            "restore them or name another --out"
        )


def _write_mark(path: Path, mark: RunMark) -> None:
    with replaced(path / _MARK) as temporary:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(mark)) + b"\n")


def _read_mark(path: Path) -> RunMark:
    try:
        return msgspec.json.decode((path / _MARK).read_bytes(), type=RunMark)
    except OSError as error:
        raise cannot("read", path / _MARK, error) from None
    except msgspec.MsgspecError as error:
        raise InputError(
            f"{path} is not a run folder of ours ({_MARK}: {error}): name another --out"
        ) from None
