"""Writing Parquet in bounded memory."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BATCH_ROWS, BATCH_CHARACTERS = 1024, 8 * 2**20


class RowWriter:
    """Appends rows to a zstd Parquet file, a row group as often as memory asks for it."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.rows = 0
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._batch: list[dict[str, Any]] = []
        self._characters = 0

    def add(self, row: dict[str, Any], characters: int) -> None:
        """One row; ``characters`` is about how much text it holds."""
        self._batch.append(row)
        self._characters += characters
        self.rows += 1
        if len(self._batch) >= BATCH_ROWS or self._characters >= BATCH_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        if self._batch:
            self._writer.write_table(pa.Table.from_pylist(self._batch, schema=self._schema))
        self._batch, self._characters = [], 0

    def __enter__(self) -> RowWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self._writer.close()


def plain(text: str) -> str:
    """Text that can be stored as UTF-8: what cannot be encoded becomes a question mark."""
    return text.encode(errors="replace").decode()
