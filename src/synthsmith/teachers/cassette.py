"""Cassettes: the completions of a run in one file, to be played back without a network.

JSON lines, zstd-compressed where the name ends in ``.zst``. The first line is the header: format
version, number of completions, and for each teacher its model and extra fields, which are part
of the keys. Every other line is one completion: ``{"key", "completion"}``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from synthsmith.errors import InputError
from synthsmith.files import replaced
from synthsmith.records import Completion, PromptKind

_VERSION = 1


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A teacher as the ledger keys know it: its model, and the extra fields of its requests."""

    model: str
    extra: dict[PromptKind, dict[str, Any]] = {}


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """First line of a cassette; ``teachers`` by name."""

    cassette: int
    completions: int
    teachers: dict[str, Recorded]


class _Line(msgspec.Struct, frozen=True):
    key: str
    completion: msgspec.Raw


class Cassette:
    """A cassette in memory, the completions still as JSON (about their size on disk unpacked)."""

    def __init__(self, path: Path) -> None:
        """Read ``path``; raises InputError for a file that is missing, damaged or no cassette."""
        self.path = path
        self._bodies: dict[str, bytes] = {}
        try:
            with _reading(path) as lines:
                self.teachers = self._read(lines)
        except (OSError, zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise InputError(f"cannot read the cassette {path}: {error}") from None

    def _read(self, lines: Iterator[bytes]) -> dict[str, Recorded]:
        try:
            header = msgspec.json.decode(next(lines, b""), type=Header)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise InputError(
                f"{self.path} is not a cassette: name a file that synthsmith record wrote"
            ) from None
        if header.cassette != _VERSION:
            raise InputError(
                f"{self.path} is a cassette of version {header.cassette}, this SynthSmith reads "
                f"{_VERSION}: record it again"
            )
        decoder = msgspec.json.Decoder(_Line)
        for line in lines:
            one = decoder.decode(line)
            self._bodies[one.key] = bytes(one.completion)
        if len(self._bodies) != header.completions:
            raise InputError(
                f"{self.path} is cut: it holds {len(self._bodies)} of {header.completions} "
                "completions; record it again"
            )
        return header.teachers

    def find(self, key: str) -> Completion | None:
        """The completion recorded under a ledger key. Raises InputError for a damaged one."""
        body = self._bodies.get(key)
        if body is None:
            return None
        try:
            return msgspec.json.decode(body, type=Completion)
        except msgspec.MsgspecError as error:
            raise InputError(f"the cassette {self.path} is damaged at {key}: {error}") from None


@contextmanager
def _reading(path: Path) -> Iterator[Iterator[bytes]]:
    with path.open("rb") as file:
        if path.suffix == ".zst":
            with zstandard.ZstdDecompressor().stream_reader(file) as plain:
                yield iter(io.BufferedReader(plain))
        else:
            yield iter(file)


def write_cassette(
    path: Path, teachers: dict[str, Recorded], count: int, bodies: Iterable[tuple[str, Completion]]
) -> None:
    """Write ``count`` pairs of ledger key and completion, whole or not at all.

    Raises InputError when the file system refuses.
    """
    header = Header(cassette=_VERSION, completions=count, teachers=teachers)
    encode = msgspec.json.encode
    with replaced(path) as temporary, temporary.open("wb") as file:
        compressor = zstandard.ZstdCompressor(level=9, write_checksum=True)
        packed = path.suffix == ".zst"
        sink = compressor.stream_writer(file, closefd=False) if packed else file
        sink.write(encode(header) + b"\n")
        for key, completion in bodies:
            line = {"key": key, "completion": completion}
            sink.write(encode(line) + b"\n")
        if packed:
            sink.close()
