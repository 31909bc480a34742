"""Published tables: zstd Parquet with the schema of a record type, whole or absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import msgspec.inspect as mi
import pyarrow as pa
import pyarrow.parquet as pq

from synthsmith.errors import InputError
from synthsmith.files import cannot, replaced
from synthsmith.records import Record
from synthsmith.store.columns import Column, column_of

R = TypeVar("R", bound=Record)

BATCH_ROWS = 64
"""Rows converted, or read, at a time."""
GROUP_ROWS = 16_384
GROUP_BYTES = 64 << 20
"""A row group ends with the batch that reaches either."""


@cache
def _column(record_type: type[Record]) -> Column:
    return column_of(mi.type_info(record_type))


def schema_of(record_type: type[Record]) -> pa.Schema:
    """The Arrow schema of a table of these records."""
    return pa.schema(list(_column(record_type).type))


def write_table(path: Path, rows: Iterable[R], record_type: type[R]) -> Path:
    """Write ``rows`` to ``path``; memory is bounded by a row group, not by their number.

    The file appears whole, replacing any of that name, or not at all. Raises InputError when the
    disk fails, and for text with lone surrogates, which Parquet cannot hold.
    """
    schema = schema_of(record_type)
    with (
        replaced(path) as temporary,
        temporary.open("wb") as file,
        pq.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        group: list[pa.RecordBatch] = []
        for batch in _batches(path, rows, record_type, schema):
            group.append(batch)
            count = sum(b.num_rows for b in group)
            if count >= GROUP_ROWS or sum(b.nbytes for b in group) >= GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(group), row_group_size=count)
                group = []
        if group:
            writer.write_table(pa.Table.from_batches(group), row_group_size=GROUP_ROWS * 2)
    return path


def _batches(
    path: Path, rows: Iterable[R], record_type: type[R], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    store = _column(record_type).store or (lambda row: row)
    source, number = iter(rows), 0
    while chunk := list(islice(source, BATCH_ROWS)):
        values: list[dict[str, Any]] = []
        try:
            values.extend(store(msgspec.to_builtins(row)) for row in chunk)
            yield pa.RecordBatch.from_pylist(values, schema=schema)
        except UnicodeEncodeError:
            raise InputError(
                f"cannot write {path}: one of rows {number} to {number + len(chunk) - 1} holds "
                "text that is not valid Unicode; drop such rows before they are published"
            ) from None
        number += len(chunk)


def read_table(path: Path, record_type: type[R]) -> Iterator[R]:
    """The rows of a table, in order, a batch at a time.

    Raises InputError when the file is missing, damaged, or holds other records; rows before the
    damage have been given by then.
    """
    load = _column(record_type).load or (lambda row: row)
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH_ROWS):
                for row in batch.to_pylist():
                    yield msgspec.convert(load(row), record_type)
    except FileNotFoundError:
        raise InputError(f"no table at {path}: run the recipe first") from None
    except (KeyError, msgspec.ValidationError) as error:
        raise InputError(f"{path} does not hold {record_type.__name__} records: {error}") from None
    except (OSError, pa.ArrowException) as error:
        raise cannot("read", path, error) from None
