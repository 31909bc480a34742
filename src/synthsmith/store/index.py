"""ledger.sqlite: where every body lies, how often each key was paid, what it cost.

One connection writes (several writers or checkpointers can corrupt a WAL in the SQLite that
most Pythons link); a second, read-only one keeps reads from waiting on a commit's fsync.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from synthsmith.errors import InputError
from synthsmith.files import cannot
from synthsmith.store.frames import Frame
from synthsmith.store.locks import on_network

_VERSION = 2
_TABLES = """
BEGIN;
CREATE TABLE bodies (kind TEXT, key TEXT, pack INTEGER, "offset" INTEGER, length INTEGER,
    size INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE attempts (kind TEXT, key TEXT, count INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE cost (kind TEXT, unit TEXT, total REAL, PRIMARY KEY (kind, unit)) WITHOUT ROWID;
CREATE TABLE packs (pack INTEGER PRIMARY KEY, bytes INTEGER, bodies INTEGER);
PRAGMA user_version = 2;
COMMIT;
"""
_NOT_DAMAGE = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM,
)


class Row(NamedTuple):
    """Where one body lies: ``length`` bytes of frame in a pack, ``size`` bytes uncompressed."""

    kind: str
    key: str
    pack: int
    offset: int
    length: int
    size: int

    @classmethod
    def of(cls, frame: Frame, pack: int, offset: int) -> Row:
        """The row of a frame found in a pack."""
        return cls(frame.kind, frame.key, pack, offset, frame.length, frame.size)


def explain(path: Path, error: sqlite3.Error) -> InputError:
    """An error of SQLite as one clear line."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return InputError(
            f"cannot write {path}: no space left; free some and run the same command again"
        )
    if code in _NOT_DAMAGE:
        return cannot("write", path, error)
    return InputError(
        f"{path} is damaged ({error}): delete {path.name}* beside it and run the same command "
        "again; it is rebuilt from the packs"
    )


class Index:
    """The open index. ``record`` belongs to the writing thread, ``find`` to the reading one.

    Every method may raise sqlite3.Error.
    """

    def __init__(self, path: Path, *, journal: str = "") -> None:
        """Open or create; ``journal`` is chosen by the file system unless it is given.

        Raises InputError when the file is damaged or of another version.
        """
        self.path = path
        try:
            self._writer = sqlite3.connect(
                path, timeout=30, isolation_level=None, check_same_thread=False
            )
            self._prepare(journal or ("DELETE" if on_network(path.parent) else "WAL"))
            self._reader = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro",
                timeout=30,
                isolation_level=None,
                check_same_thread=False,
                uri=True,
            )
            (version,) = self._reader.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error as error:
            self.close()
            raise explain(path, error) from None
        if version != _VERSION:
            self.close()
            raise InputError(f"{path} has version {version}: this SynthSmith reads {_VERSION}")

    def _prepare(self, journal: str) -> None:
        try:
            self._writer.execute(f"PRAGMA journal_mode = {journal}")
        except sqlite3.OperationalError:
            if journal == "DELETE":
                raise
            # No shared memory on this file system; the rollback journal needs none.
            self._writer.execute("PRAGMA journal_mode = DELETE")
        self._writer.execute("PRAGMA synchronous = FULL")
        if not self._writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self._writer.executescript(_TABLES)

    def find(self, kind: str, key: str) -> Row | None:
        """Where a body lies."""
        row = self._reader.execute(
            "SELECT * FROM bodies WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return Row(*row) if row else None

    def record(
        self,
        rows: Iterable[Row],
        attempts: Mapping[tuple[str, str], int],
        cost: Mapping[tuple[str, str], float],
    ) -> None:
        """One durable transaction: all of it or, when it raises, nothing."""
        rows = list(rows)
        write = self._writer.executemany
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            write("INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?)", rows)
            write(
                "INSERT INTO packs VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET "
                "bytes = max(bytes, excluded.bytes), bodies = bodies + 1",
                [(row.pack, row.offset + row.length) for row in rows],
            )
            write(
                "INSERT INTO attempts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
                "count = count + excluded.count",
                [(*key, count) for key, count in attempts.items()],
            )
            write(
                "INSERT INTO cost VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
                "total = total + excluded.total",
                [(*key, amount) for key, amount in cost.items()],
            )
            self._writer.execute("COMMIT")
        except sqlite3.Error:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    def packs(self) -> dict[int, tuple[int, int]]:
        """Committed bytes and bodies of every pack."""
        rows = self._writer.execute("SELECT * FROM packs ORDER BY pack")
        return {pack: (size, bodies) for pack, size, bodies in rows}

    def select(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query over what is committed."""
        return self._reader.execute(query).fetchall()

    def close(self) -> None:
        """Close both connections, the reading one first, so that the writing one checkpoints."""
        for name in ("_reader", "_writer"):
            if connection := self.__dict__.get(name):
                connection.close()
