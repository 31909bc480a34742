"""Tables: every record comes back as it went, and a file is whole or absent."""

import os
import types
import typing
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synthsmith import records
from synthsmith.errors import DropReason, InputError
from synthsmith.records import Dropped, Record, Seed, Task, VerifiedTask
from synthsmith.store import read_table, tables, write_table

# A request is never a row: it is a key, and holds whatever an endpoint wants.
NO_ROWS = (Record, records.CompletionRequest)
ALL_RECORDS = [
    one
    for one in vars(records).values()
    if isinstance(one, type) and issubclass(one, Record) and one not in NO_ROWS
]


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """A strategy for the type of a record's field."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return st.lists(values_of(inner[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(values_of(inner[0]), values_of(inner[1]), max_size=3)
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([values_of(one) for one in inner])
    if isinstance(hint, type) and issubclass(hint, Record):
        hints = typing.get_type_hints(hint)
        return st.builds(hint, **{name: values_of(one) for name, one in hints.items()})
    return {
        str: st.text(max_size=20),
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False),
        bool: st.booleans(),
        type(None): st.none(),
        DropReason: st.sampled_from(DropReason),
    }[hint]


@pytest.mark.parametrize("kind", ALL_RECORDS, ids=lambda kind: kind.__name__)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_record_comes_back(tmp_path: Path, kind: type[Record], data: st.DataObject) -> None:
    rows = data.draw(st.lists(values_of(kind), max_size=3))
    path = write_table(tmp_path / "rows.parquet", rows, kind)
    assert list(read_table(path, kind)) == rows


def seeds(count: int) -> Iterator[Seed]:
    for number in range(count):
        yield Seed(id=f"s{number}", language="python", code="x" * 100, origin="a.py")


def test_many_rows_come_back_in_order_in_several_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "GROUP_ROWS", 200)
    path = write_table(tmp_path / "seeds.parquet", seeds(1001), Seed)
    assert list(read_table(path, Seed)) == list(seeds(1001))
    assert pq.ParquetFile(path).metadata.num_row_groups > 3


def test_a_group_ends_by_its_bytes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "GROUP_BYTES", 1)
    path = write_table(tmp_path / "seeds.parquet", seeds(tables.BATCH_ROWS * 3), Seed)
    assert pq.ParquetFile(path).metadata.num_row_groups == 3


def test_the_schema_is_typed_and_compressed(tmp_path: Path) -> None:
    path = write_table(tmp_path / "verified.parquet", [], VerifiedTask)
    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow
    assert str(schema.field("pass_rates").type).startswith("map<")
    assert str(schema.field("task").type).startswith("struct<")
    assert not schema.field("holdout_pass_rate").nullable
    path = write_table(tmp_path / "seeds.parquet", seeds(3), Seed)
    with pq.ParquetFile(path) as file:
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_failing_source_leaves_the_old_table(tmp_path: Path) -> None:
    path = write_table(tmp_path / "seeds.parquet", seeds(3), Seed)

    def failing() -> Iterator[Seed]:
        yield from seeds(100)
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        write_table(path, failing(), Seed)
    assert list(read_table(path, Seed)) == list(seeds(3))
    assert [entry.name for entry in tmp_path.iterdir()] == ["seeds.parquet"]


def test_a_kill_before_the_rename_leaves_the_old_table(tmp_path: Path) -> None:
    path = write_table(tmp_path / "seeds.parquet", seeds(3), Seed)
    (tmp_path / "seeds.parquet.tmp").write_bytes(b"PAR1 half")
    assert list(read_table(path, Seed)) == list(seeds(3))
    write_table(path, seeds(5), Seed)
    assert list(read_table(path, Seed)) == list(seeds(5))
    assert [entry.name for entry in tmp_path.iterdir()] == ["seeds.parquet"]


def test_text_that_is_not_unicode_is_refused_by_row(tmp_path: Path) -> None:
    rows = [*seeds(70), Seed(id="s", language="cpp", code="\udc80", origin="b.cpp")]
    with pytest.raises(InputError, match=r"seeds\.parquet: one of rows 64 to 70 .*Unicode"):
        write_table(tmp_path / "seeds.parquet", rows, Seed)
    assert not any(tmp_path.iterdir())


def test_a_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no table at .*: run the recipe first"):
        list(read_table(tmp_path / "none.parquet", Seed))


def test_a_table_of_other_records_is_refused(tmp_path: Path) -> None:
    path = write_table(tmp_path / "seeds.parquet", seeds(1), Seed)
    for kind in (Dropped, Task, VerifiedTask):
        with pytest.raises(InputError, match=f"does not hold {kind.__name__} records"):
            list(read_table(path, kind))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_cut_table_is_refused(tmp_path: Path, share: float) -> None:
    path = write_table(tmp_path / "seeds.parquet", seeds(500), Seed)
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(InputError, match=r"cannot read .*seeds\.parquet"):
        list(read_table(path, Seed))


def test_rows_are_not_kept_while_more_are_read(tmp_path: Path) -> None:
    class Watched(Seed, frozen=True, weakref=True):
        pass

    alive: weakref.WeakSet[Watched] = weakref.WeakSet()
    most = 0

    def rows() -> Iterator[Watched]:
        nonlocal most
        for seed in seeds(20 * tables.BATCH_ROWS):
            row = Watched(**msgspec.structs.asdict(seed))
            alive.add(row)
            most = max(most, len(alive))
            yield row

    write_table(tmp_path / "seeds.parquet", rows(), Watched)
    assert most <= 3 * tables.BATCH_ROWS
