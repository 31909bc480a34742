"""The ledger of a run: every body that was paid for, kept once, found by what it depends on."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Literal, Self

import zstandard

from synthsmith.errors import InputError
from synthsmith.files import cannot
from synthsmith.store import recovery
from synthsmith.store.frames import BrokenFrame, damaged, decode, encode
from synthsmith.store.index import Index, Row, explain
from synthsmith.store.packs import PackReader, PackWriter, pack_path, pack_sizes

Kind = Literal["completion", "execution", "outcome", "verified"]
Place = tuple[str, str]
"""Kind and key."""

_ENTRY_BYTES = 200
"""What an entry takes in memory besides its body."""
_COMPRESS_THREADS = 2
"""One core compresses about 16,000 bodies of 20 KB a second."""
_COMPRESS_TOGETHER = 64


def _compress(bodies: list[bytes]) -> list[bytes]:
    compress = zstandard.ZstdCompressor(level=1).compress
    return [compress(body) for body in bodies]


@dataclass(frozen=True, slots=True)
class KindTotals:
    """Sums over one kind. ``bytes`` is uncompressed, ``stored_bytes`` is on disk; ``repeated``
    counts the attempts at a key beyond its first: what kills and retries cost."""

    attempts: int = 0
    repeated: int = 0
    bodies: int = 0
    bytes: int = 0
    stored_bytes: int = 0
    cost: Mapping[str, float] = field(default_factory=dict)


class _Batch:
    """What one commit makes durable; ``rows`` is set once the bodies are in the packs."""

    def __init__(self) -> None:
        self.bodies: dict[Place, tuple[bytes, Mapping[str, float]]] = {}
        self.attempts: Counter[Place] = Counter()
        self.cost: Mapping[Place, float] = {}
        self.rows: list[Row] | None = None
        self.bytes = 0

    def __bool__(self) -> bool:
        return bool(self.bodies or self.attempts)


class Ledger:
    """Bodies and attempts of one run folder; ``async with`` commits about every second.

    ``put`` and ``attempt`` buffer, ``commit`` makes durable; one thread of its own does all
    writing. When the disk fails, the next ``put``, ``attempt`` or ``commit`` raises InputError,
    what was committed stays whole, and what was not stays buffered for the next commit.
    Call all methods from one thread (the event loop's); all raise InputError when the disk fails
    and ``get`` also when it meets damage.
    """

    PACK_BYTES = 1 << 30
    """A pack that holds so much is followed by a new one."""
    EARLY_BYTES = 8 << 20
    """So much buffered is committed without waiting for the second to end."""
    MOST_BYTES = 32 << 20
    """With so much buffered, ``put`` itself waits for a commit."""
    INTERVAL_S = 1.0

    def __init__(self, folder: Path) -> None:
        """Open or create the ledger in ``folder``, which must exist and be ours alone.

        Cuts an uncommitted tail and rebuilds a lost index, with a line for the person in
        ``messages``. Raises InputError for damage in what was committed.
        """
        self.messages: list[str] = []
        self._packs = folder / "packs"
        self._pending, self._batch = _Batch(), _Batch()
        self._swap = Lock()
        """Held while a buffer is changed or handed to the writing thread."""
        self._error: InputError | None = None
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = self._closed = False
        try:
            self._open(folder / "ledger.sqlite")
        except OSError as error:
            raise cannot("open the ledger in", folder, error) from None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._compressors = ThreadPoolExecutor(_COMPRESS_THREADS, thread_name_prefix="zstd")

    def _open(self, path: Path) -> None:
        self._packs.mkdir(exist_ok=True)
        lost = not path.exists() or path.stat().st_size == 0
        if lost and any(pack_sizes(self._packs).values()):
            self.messages += recovery.rebuild_index(path, self._packs)
        self._index = Index(path)
        try:
            recovery.check(self._index, self._packs)
            self.messages += recovery.cut_tails(self._index, self._packs)
            self._writer = PackWriter(
                self._packs, max(self._index.packs(), default=0), self.PACK_BYTES
            )
        except sqlite3.Error as error:
            self._index.close()
            raise explain(path, error) from None
        except BaseException:
            self._index.close()
            raise
        self._reader = PackReader(self._packs)

    def get(self, kind: Kind, key: str) -> bytes | None:
        """The body put under ``key``, committed or not yet; None where there is none."""
        place = (kind, key)
        if entry := self._buffered(place):
            return entry[0]
        row = self._find(place)
        return None if row is None else self._read(row)

    def get_many(self, kind: Kind, keys: Iterable[str]) -> list[bytes | None]:
        """``get`` for each key, in order."""
        return [self.get(kind, key) for key in keys]

    def keys(self, kind: Kind) -> list[str]:
        """Every key that has a body, sorted; commits first."""
        self.flush()
        rows = self._index.select("SELECT kind, key FROM bodies ORDER BY key")
        return [key for of_kind, key in rows if of_kind == kind]

    def _read(self, row: Row) -> bytes:
        path = pack_path(self._packs, row.pack)
        try:
            frame = decode(self._reader.read(row.pack, row.offset, row.length))
            if (frame.kind, frame.key) != (row.kind, row.key):
                raise BrokenFrame("it holds another body than the index says")
            return zstandard.ZstdDecompressor().decompress(frame.payload)
        except OSError as error:
            raise cannot("read", path, error) from None
        except (BrokenFrame, zstandard.ZstdError) as why:
            raise damaged(path, row.offset, why) from None

    def attempt(self, kind: Kind, key: str) -> None:
        """Count a call that is about to be paid."""
        self._make_room(_ENTRY_BYTES)
        with self._swap:
            self._pending.attempts[kind, key] += 1
            self._pending.bytes += _ENTRY_BYTES

    def put(
        self, kind: Kind, key: str, body: bytes, *, cost: Mapping[str, float] | None = None
    ) -> None:
        """Keep ``body``, with what it cost by unit (``{"completion_tokens": 812}``).

        The first body of a key is kept; putting another changes nothing.
        """
        place = (kind, key)
        size = _ENTRY_BYTES + len(body)
        self._make_room(size)
        if self._buffered(place) or self._find(place):
            return
        with self._swap:
            self._pending.bodies[place] = body, dict(cost or {})
            self._pending.bytes += size

    def _make_room(self, size: int) -> None:
        if self._error:
            raise self._error
        size += self._pending.bytes
        if size > self.MOST_BYTES:
            self.flush()
        elif size > self.EARLY_BYTES:
            self._wake.set()

    def _buffered(self, place: Place) -> tuple[bytes, Mapping[str, float]] | None:
        # In this order, for a commit moves bodies from pending to batch to index.
        return self._pending.bodies.get(place) or self._batch.bodies.get(place)

    def _find(self, place: Place) -> Row | None:
        try:
            return self._index.find(*place)
        except sqlite3.Error as error:
            raise explain(self._index.path, error) from None

    async def commit(self) -> None:
        """Return once everything put and attempted before is durable."""
        await asyncio.wrap_future(self._thread.submit(self._commit))

    def flush(self) -> None:
        """``commit`` where no event loop runs."""
        self._thread.submit(self._commit).result()

    def _commit(self) -> None:
        """On the writing thread: what an earlier commit could not finish, then what is new."""
        try:
            while self._batch or self._pending:
                if not self._batch:
                    with self._swap:
                        self._batch, self._pending = self._pending, _Batch()
                if self._batch.rows is None:
                    self._batch.rows = self._append(self._batch)
                self._index.record(self._batch.rows, self._batch.attempts, self._batch.cost)
                self._batch = _Batch()
            self._error = None
        except OSError as error:
            self._error = cannot("write", self._packs, error)
            raise self._error from None
        except sqlite3.Error as error:
            self._error = explain(self._index.path, error)
            raise self._error from None

    def _append(self, batch: _Batch) -> list[Row]:
        frames = []
        cost: defaultdict[Place, float] = defaultdict(float)
        payloads = self._compressed([body for body, _ in batch.bodies.values()])
        for ((kind, key), (_, paid)), payload in zip(batch.bodies.items(), payloads, strict=True):
            frames.append(encode(kind, key, paid, payload))
            for unit, amount in paid.items():
                cost[kind, unit] += amount
        places = self._writer.append(frames)
        self._writer.sync()
        batch.cost = cost
        return [
            Row(*key, *at, len(frame), len(body))
            for (key, (body, _)), at, frame in zip(
                batch.bodies.items(), places, frames, strict=True
            )
        ]

    def _compressed(self, bodies: list[bytes]) -> Iterable[bytes]:
        starts = range(0, len(bodies), _COMPRESS_TOGETHER)
        parts = (bodies[start : start + _COMPRESS_TOGETHER] for start in starts)
        return chain.from_iterable(self._compressors.map(_compress, parts))

    def totals(self) -> dict[str, KindTotals]:
        """Sums by kind over everything put and attempted; commits first."""
        self.flush()
        attempts = "SELECT kind, sum(count), sum(count - 1) FROM attempts GROUP BY kind"
        bodies = "SELECT kind, count(*), sum(size), sum(length) FROM bodies GROUP BY kind"
        sums: dict[str, dict[str, Any]] = defaultdict(dict)
        for kind, count, repeated in self._index.select(attempts):
            sums[kind] |= {"attempts": count, "repeated": repeated}
        for kind, count, size, stored in self._index.select(bodies):
            sums[kind] |= {"bodies": count, "bytes": size, "stored_bytes": stored}
        for kind, unit, total in self._index.select("SELECT * FROM cost"):
            sums[kind].setdefault("cost", {})[unit] = total
        return {kind: KindTotals(**values) for kind, values in sums.items()}

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._commit_regularly())
        return self

    async def _commit_regularly(self) -> None:
        while not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.INTERVAL_S):
                    await self._wake.wait()
            self._wake.clear()
            with suppress(InputError):  # kept in _error, for whoever puts next
                await self.commit()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping = True
        self._wake.set()
        try:
            if self._task:
                await self._task
        finally:
            self._close_after(error)

    def _close_after(self, error: BaseException | None) -> None:
        try:
            self.close()
        except InputError:
            if error is None:
                raise

    def close(self) -> None:
        """Commit and close; may be called again."""
        if self._closed:
            return
        self._closed = True
        try:
            self.flush()
        finally:
            self._thread.shutdown()
            self._compressors.shutdown()
            self._index.close()
            self._reader.close()
            self._writer.close()
