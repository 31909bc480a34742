"""Opening a ledger: check what was committed, cut what was not, rebuild a lost index."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from synthsmith.errors import InputError
from synthsmith.files import sync_folder
from synthsmith.store.frames import MAGIC, BrokenFrame, Frame, damaged, decode, frame_length, walk
from synthsmith.store.index import Index, Row, explain
from synthsmith.store.packs import pack_path, pack_sizes

READ_ALL_BYTES = 64 << 20
"""Packs smaller than this together are read and checked whole when the ledger opens."""
MOST_UNCOMMITTED_BYTES = 256 << 20
"""More than this beyond the index is not a cut second of work: the index itself is old."""
_REBUILD_BATCH = 10_000


def check(index: Index, packs: Path) -> None:
    """Raise InputError for damage in the committed range, with file and offset.

    Sizes and the first frame of every pack always; every byte where the packs are small.
    """
    known, sizes = index.packs(), pack_sizes(packs)
    for number, (committed, _) in known.items():
        path = pack_path(packs, number)
        if number not in sizes:
            raise damaged(path, 0, "the file is missing")
        if sizes[number] < committed:
            raise damaged(
                path, sizes[number], f"the file ends {committed - sizes[number]} bytes too early"
            )
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise damaged(path, 0, "no frame begins here")
    if sum(committed for committed, _ in known.values()) <= READ_ALL_BYTES:
        for number, (committed, bodies) in known.items():
            _check_whole(index, pack_path(packs, number), committed, bodies)


def _check_whole(index: Index, path: Path, committed: int, bodies: int) -> None:
    number, found = int(path.stem), 0
    for offset, frame in _frames(path, committed):
        found += 1
        if index.find(frame.kind, frame.key) != Row.of(frame, number, offset):
            raise explain(
                index.path, sqlite3.DatabaseError(f"it misplaces a body of {path.name} at {offset}")
            )
    if found != bodies:
        raise explain(index.path, sqlite3.DatabaseError(f"it miscounts the bodies of {path.name}"))


def _frames(path: Path, end: int) -> Iterator[tuple[int, Frame]]:
    """The frames of a pack up to ``end``; raises InputError where one is not whole."""
    offset = 0
    try:
        with path.open("rb") as file:
            for offset, frame in walk(file, end):
                yield offset, frame
                offset += frame.length
    except BrokenFrame as broken:
        raise damaged(path, offset, broken) from None


def cut_tails(index: Index, packs: Path) -> list[str]:
    """Cut what was appended but never committed; returns a line for the person per pack.

    Raises InputError when there is so much of it that the index must be an old copy.
    """
    known = index.packs()
    tails = {
        number: size - known.get(number, (0, 0))[0] for number, size in pack_sizes(packs).items()
    }
    if sum(tails.values()) > MOST_UNCOMMITTED_BYTES:
        raise InputError(
            f"{index.path} is older than the packs beside it: delete {index.path.name}* and run "
            "the same command again; it is rebuilt from the packs"
        )
    lines = []
    for number, tail in tails.items():
        path = pack_path(packs, number)
        if number not in known:
            path.unlink()
        elif tail:
            os.truncate(path, known[number][0])
        if tail:
            lines.append(
                f"cut {tail} uncommitted bytes off packs/{path.name}: the last run was stopped "
                "while writing, and this work is done again"
            )
    sync_folder(packs)
    return lines


def rebuild_index(path: Path, packs: Path) -> list[str]:
    """Write the index anew from the packs; returns lines for the person.

    Only a torn end of the last pack is cut; damage anywhere else raises InputError. How often a
    key was paid is lost: each body counts as one attempt.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    for file in (path, temporary):
        for suffix in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    index = Index(temporary, journal="DELETE")
    lines, bodies = [], 0
    try:
        sizes = pack_sizes(packs)
        for number, size in sizes.items():
            file = pack_path(packs, number)
            if number == max(sizes):
                size, cut = _cut_torn(file, size)
                lines += cut
            bodies += _record_pack(index, file, size)
    except sqlite3.Error as error:
        raise explain(temporary, error) from None
    finally:
        index.close()
    temporary.replace(path)
    sync_folder(path.parent)
    return [f"{path.name} was missing: rebuilt it from the packs ({bodies} bodies)", *lines]


def _record_pack(index: Index, path: Path, size: int) -> int:
    number, bodies = int(path.stem), 0
    frames = _frames(path, size)
    while batch := list(islice(frames, _REBUILD_BATCH)):
        cost: defaultdict[tuple[str, str], float] = defaultdict(float)
        fresh = {}
        for offset, frame in batch:
            row = Row.of(frame, number, offset)
            fresh[row.kind, row.key] = row
            for unit, amount in frame.cost.items():
                cost[row.kind, unit] += amount
        index.record(fresh.values(), dict.fromkeys(fresh, 1), cost)
        bodies += len(fresh)
    return bodies


def _cut_torn(path: Path, size: int) -> tuple[int, list[str]]:
    """Cut a torn end off a pack; returns the new size and what to tell."""
    end = 0
    try:
        with path.open("rb") as file:
            for offset, frame in walk(file, size):
                end = offset + frame.length
    except BrokenFrame as broken:
        if _whole_frame_after(path, end):
            raise damaged(path, end, broken) from None
        os.truncate(path, end)
        return end, [f"cut {size - end} torn bytes off packs/{path.name}"]
    return size, []


def _whole_frame_after(path: Path, offset: int) -> bool:
    """Whether a whole frame begins anywhere behind ``offset``: then it is damage, not a tear."""
    with path.open("rb") as file:
        file.seek(offset + 1)
        rest = file.read(MOST_UNCOMMITTED_BYTES)
    place = rest.find(MAGIC)
    while place >= 0:
        try:
            decode(rest[place : place + frame_length(rest[place : place + 64])])
        except (BrokenFrame, ValueError):
            place = rest.find(MAGIC, place + 1)
        else:
            return True
    return False
