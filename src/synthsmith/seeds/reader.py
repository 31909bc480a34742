"""From a path to the seeds of a run: read, check, drop duplicates, cut to the limit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from synthsmith.errors import Drop, DropReason, InputError
from synthsmith.recipe import SeedSettings
from synthsmith.records import Dropped, Seed
from synthsmith.seeds.folders import Found, Stream, dropped, from_file, from_folder, one_line
from synthsmith.seeds.language import SUFFIXES, check
from synthsmith.seeds.tables import from_jsonl, from_parquet
from synthsmith.seeds.text import decode, is_text, normalise

SAMPLES = Path(__file__).parent / "samples"
"""The bundled samples."""


def read_seeds(path: str, settings: SeedSettings) -> tuple[list[Seed], list[Dropped]]:
    """Seeds of a folder, code file, JSONL or Parquet, and a record of each unusable one.

    ``path`` empty means the bundled samples. A seed's id is a hash of its normalised code; seeds
    are sorted by id and cut to ``settings.limit``, so neither file names nor the order of rows
    matter. Drops come in the order of reading. Raises InputError when there is no such path, it
    cannot be read, or nothing in it is usable.
    """
    root = Path(path).expanduser() if path else SAMPLES
    max_bytes = settings.max_kb * 1024
    seeds: list[Seed] = []
    drops: list[Dropped] = []
    origins: dict[str, str] = {}
    for item in _stream(root, max_bytes):
        if isinstance(item, Dropped):
            drops.append(item)
            continue
        try:
            seed = _seed(item, max_bytes)
            if seed.id in origins:
                raise Drop(DropReason.DUPLICATE, f"same as {origins[seed.id]}")
        except Drop as drop:
            drops.append(dropped(item.origin, drop.reason, drop.detail))
            continue
        origins[seed.id] = seed.origin
        seeds.append(seed)
        if settings.limit and len(seeds) >= 2 * settings.limit + 1000:
            seeds = _cut(seeds, settings.limit)
    if not seeds:
        raise InputError(_nothing(root, drops))
    return _cut(seeds, settings.limit), drops


def seeds_digest(seeds: Iterable[Seed]) -> str:
    """sha256 (hexadecimal) over the ids in their order; it changes when the corpus does."""
    return hashlib.sha256("\n".join(seed.id for seed in seeds).encode()).hexdigest()


def _stream(root: Path, max_bytes: int) -> Stream:
    name = one_line(root)
    try:
        root.stat()
    except FileNotFoundError:
        raise InputError(f"no seeds at {name}: name a folder, JSONL or Parquet of code") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"cannot read the seeds at {name}: {why}") from None
    suffix = root.suffix.lower()
    if root.is_dir():
        return from_folder(root, max_bytes)
    if root.is_file() and suffix in (".jsonl", ".ndjson"):
        return from_jsonl(root)
    if root.is_file() and suffix == ".parquet":
        return from_parquet(root)
    if root.is_file() and suffix in SUFFIXES:
        return iter([from_file(root, root.name, max_bytes)])
    raise InputError(
        f"cannot read seeds from {name}: need a folder, a .jsonl or .parquet file, or a code file"
    )


def _seed(found: Found, max_bytes: int) -> Seed:
    """Raises Drop."""
    code = found.code
    size = len(code if isinstance(code, bytes) else code.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise Drop(DropReason.TOO_LARGE, f"{size} bytes")
    if isinstance(code, bytes):
        code = decode(code)
    elif not is_text(code):
        raise Drop(DropReason.NOT_TEXT, "control characters")
    code = normalise(code)
    language = check(code, found.language)
    name = hashlib.sha256(code.encode()).hexdigest()[:16]
    return Seed(id=name, language=language, code=code, origin=found.origin)


def _cut(seeds: list[Seed], limit: int) -> list[Seed]:
    seeds = sorted(seeds, key=lambda seed: seed.id)
    return seeds[:limit] if limit else seeds


def _nothing(root: Path, drops: list[Dropped]) -> str:
    """Why no seed is left, in one line."""
    if not drops:
        what = "folder" if root.is_dir() else "file"
        return f"the seeds {what} {one_line(root)} is empty"
    (reason, count), *_ = Counter(drop.reason for drop in drops).most_common(1)
    example = next(drop for drop in drops if drop.reason == reason)
    detail = f" ({one_line(example.detail)})" if example.detail else ""
    return (
        f"no usable seed in {one_line(root)}: {len(drops)} seen, {count} of them {reason.value}, "
        f"for example {one_line(example.id)}{detail}"
    )
