"""Durable inserts and random reads a second: the ledger beside a plain store of SQLite blobs.

``python bench/store.py [--bodies 20000] [--kb 20] [--runs 5] [--folder DIR]``

The rival keeps one zstd blob a row (level 1, on one thread) in SQLite, WAL, synchronous FULL,
with commits of the same size. Bodies are half compressible, as reasoning is. Runs alternate; the
table has medians with the least and the most.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import zstandard

from synthsmith.store import Ledger

Result = tuple[float, float, float]
"""Inserts a second, microseconds a read, bytes on disk for one of body."""


def text(source: random.Random, words: list[str], size: int) -> bytes:
    """A body of ``size`` bytes."""
    return " ".join(source.choices(words, k=size // 8)).encode()[:size]


def workload(count: int, size: int) -> tuple[list[str], Callable[[int], bytes]]:
    """Keys, and the body of each by number: distinct, and made at no cost to speak of."""
    source = random.Random(1)
    words = [source.randbytes(4).hex() for _ in range(3000)]
    some = [text(source, words, size - 64) for _ in range(256)]
    keys = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]
    return keys, lambda number: keys[number].encode() + some[number % len(some)]


def on_disk(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def shuffled(keys: list[str]) -> list[str]:
    return random.Random(2).sample(keys, min(len(keys), 5000))


async def ledger(folder: Path, keys: list[str], body: Callable[[int], bytes]) -> Result:
    async with Ledger(folder) as store:
        start = time.perf_counter()
        for number, key in enumerate(keys):
            store.attempt("completion", key)
            store.put("completion", key, body(number), cost={"tokens": 1.0})
            if number % 100 == 0:
                await asyncio.sleep(0)
        await store.commit()
        inserted = time.perf_counter() - start
        chosen = shuffled(keys)
        start = time.perf_counter()
        for key in chosen:
            assert store.get("completion", key)
        read = time.perf_counter() - start
    raw = sum(len(body(number)) for number in range(len(keys)))
    return len(keys) / inserted, read / len(chosen) * 1e6, on_disk(folder) / raw


def sqlite_blobs(folder: Path, keys: list[str], body: Callable[[int], bytes]) -> Result:
    path = folder / "blobs.sqlite"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")
        store.execute(
            "CREATE TABLE bodies (kind TEXT, key TEXT, body BLOB, PRIMARY KEY (kind, key))"
        )
        compress = zstandard.ZstdCompressor(level=1).compress
        start, waiting = time.perf_counter(), 0
        store.execute("BEGIN")
        for number, key in enumerate(keys):
            data = body(number)
            store.execute(
                "INSERT OR IGNORE INTO bodies VALUES (?, ?, ?)", ("completion", key, compress(data))
            )
            waiting += len(data)
            if waiting > Ledger.EARLY_BYTES:
                store.execute("COMMIT")
                store.execute("BEGIN")
                waiting = 0
        store.execute("COMMIT")
        inserted = time.perf_counter() - start
        chosen = shuffled(keys)
        query = "SELECT body FROM bodies WHERE kind = 'completion' AND key = ?"
        start = time.perf_counter()
        for key in chosen:
            assert zstandard.decompress(store.execute(query, (key,)).fetchone()[0])
        read = time.perf_counter() - start
    raw = sum(len(body(number)) for number in range(len(keys)))
    return len(keys) / inserted, read / len(chosen) * 1e6, on_disk(folder) / raw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=20_000)
    parser.add_argument("--kb", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", default=None, help="where to write (default: the temporary)")
    options = parser.parse_args()
    keys, body = workload(options.bodies, options.kb * 1000)
    results: dict[str, list[Result]] = {"ledger": [], "SQLite blobs": []}
    for _ in range(options.runs):
        for name, found in results.items():
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                if name == "ledger":
                    found.append(asyncio.run(ledger(Path(folder), keys, body)))
                else:
                    found.append(sqlite_blobs(Path(folder), keys, body))
    print(f"{options.bodies} bodies of {options.kb} KB, {options.runs} runs, median (least - most)")
    print(f"{'':14}{'inserts/s':>26}{'µs a read':>26}{'disk/raw':>10}")
    for name, found in results.items():
        cells = [
            f"{statistics.median(values):,.0f} ({min(values):,.0f} - {max(values):,.0f})"
            for values in list(zip(*found, strict=True))[:2]
        ]
        print(f"{name:14}{cells[0]:>26}{cells[1]:>26}{found[0][2]:>10.2f}")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
