"""Pack frames: one body each, with its key and a checksum, so that a pack explains itself.

``magic 4s | kind length B | key length H | cost length H | payload length Q | crc32 I``, then
kind, key, cost (JSON) and the zstd payload. The checksum covers all but itself.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
import zstandard

from synthsmith.errors import InputError

MAGIC = b"SSF1"
_HEADER = struct.Struct("<4sBHHQ")
_CRC = struct.Struct("<I")
HEADER_BYTES = _HEADER.size + _CRC.size


class Frame(NamedTuple):
    """One frame, taken apart. ``payload`` is compressed; ``length`` is that of the whole frame."""

    kind: str
    key: str
    cost: dict[str, float]
    payload: bytes
    length: int

    @property
    def size(self) -> int:
        """Bytes of the body, uncompressed."""
        return int(zstandard.frame_content_size(self.payload))


class BrokenFrame(Exception):
    """A frame that is not whole; ``str()`` says in what way."""


def encode(kind: str, key: str, cost: Mapping[str, float], payload: bytes) -> bytes:
    """The bytes of one frame."""
    names = kind.encode(), key.encode(), msgspec.json.encode(cost) if cost else b""
    header = _HEADER.pack(MAGIC, *map(len, names), len(payload))
    rest = b"".join((*names, payload))
    return b"".join((header, _CRC.pack(zlib.crc32(rest, zlib.crc32(header))), rest))


def frame_length(header: bytes) -> int:
    """Length of the frame that begins with these HEADER_BYTES; raises BrokenFrame."""
    if len(header) < HEADER_BYTES:
        raise BrokenFrame("the file ends inside a frame header")
    magic, kind, key, cost, payload = _HEADER.unpack_from(header)
    if magic != MAGIC:
        raise BrokenFrame("no frame begins here")
    return HEADER_BYTES + int(kind + key + cost + payload)


def decode(data: bytes) -> Frame:
    """Take apart exactly one frame; raises BrokenFrame unless it is whole."""
    length = frame_length(data[:HEADER_BYTES])
    if length != len(data):
        raise BrokenFrame("the frame's length is not what its header says")
    (crc,) = _CRC.unpack_from(data, _HEADER.size)
    rest = memoryview(data)[HEADER_BYTES:]
    if zlib.crc32(rest, zlib.crc32(data[: _HEADER.size])) != crc:
        raise BrokenFrame("the checksum does not match")
    _, kind, key, cost, _ = _HEADER.unpack_from(data)
    after = kind + key, kind + key + cost
    return Frame(
        str(rest[:kind], "utf-8"),
        str(rest[kind : after[0]], "utf-8"),
        msgspec.json.decode(rest[after[0] : after[1]], type=dict[str, float]) if cost else {},
        bytes(rest[after[1] :]),
        length,
    )


def walk(file: BinaryIO, end: int) -> Iterator[tuple[int, Frame]]:
    """Offset and frame, from the start of a pack up to ``end``.

    Raises BrokenFrame after the last whole one; the file then stands somewhere behind it.
    """
    offset = 0
    file.seek(0)
    while offset < end:
        header = file.read(HEADER_BYTES)
        length = frame_length(header)
        if offset + length > end:
            raise BrokenFrame("the frame reaches past its end of the file")
        yield offset, decode(header + file.read(length - HEADER_BYTES))
        offset += length


def damaged(path: Path, offset: int, why: object) -> InputError:
    """The error for damage in what was committed."""
    return InputError(
        f"{path.parent.name}/{path.name} at offset {offset} is damaged: {why}; "
        f"restore {path} from a copy, or start again with another --out"
    )
