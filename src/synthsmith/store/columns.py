"""Arrow columns for record types: the schema, and the way there and back.

Records become structs, tuples lists, dicts maps; a union of more than a type and None becomes a
column of JSON text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import msgspec.inspect as mi
import pyarrow as pa

Convert = Callable[[Any], Any]


class Column(NamedTuple):
    """An Arrow type and how builtins become its values and come back (None: unchanged)."""

    type: pa.DataType
    nullable: bool = False
    store: Convert | None = None
    load: Convert | None = None

    def field(self, name: str) -> pa.Field:
        """This column under a name."""
        return pa.field(name, self.type, nullable=self.nullable)


_PLAIN: dict[type[mi.Type], pa.DataType] = {
    mi.StrType: pa.large_string(),
    mi.LiteralType: pa.large_string(),
    mi.EnumType: pa.large_string(),
    mi.BoolType: pa.bool_(),
    mi.IntType: pa.int64(),
    mi.FloatType: pa.float64(),
}
# large_string: offsets of 64 bits, for a batch of long outputs can pass 2 GiB.


def column_of(kind: mi.Type) -> Column:
    """The column of a type; raises TypeError for one that no record uses."""
    while isinstance(kind, mi.Metadata):
        kind = kind.type
    if isinstance(kind, mi.LiteralType) and not all(isinstance(v, str) for v in kind.values):
        raise TypeError(f"no column for {kind}")
    if plain := _PLAIN.get(type(kind)):
        return Column(plain)
    if isinstance(kind, mi.StructType):
        return _struct(kind)
    if isinstance(kind, mi.VarTupleType | mi.ListType):
        return _list(column_of(kind.item_type))
    if isinstance(kind, mi.DictType):
        return _map(column_of(kind.key_type), column_of(kind.value_type))
    if isinstance(kind, mi.UnionType):
        return _union(kind)
    raise TypeError(f"no column for {kind}")


def _struct(kind: mi.StructType) -> Column:
    columns = {field.encode_name: column_of(field.type) for field in kind.fields}
    stores = {name: column.store for name, column in columns.items() if column.store}
    loads = {name: column.load for name, column in columns.items() if column.load}
    return Column(
        pa.struct([column.field(name) for name, column in columns.items()]),
        store=_each_field(stores),
        load=_each_field(loads),
    )


def _each_field(converts: dict[str, Convert]) -> Convert | None:
    if not converts:
        return None

    def convert(value: dict[str, Any]) -> dict[str, Any]:
        return value | {name: change(value[name]) for name, change in converts.items()}

    return convert


def _list(item: Column) -> Column:
    return Column(
        pa.list_(item.field("element")), store=_each_item(item.store), load=_each_item(item.load)
    )


def _each_item(convert: Convert | None) -> Convert | None:
    return convert and (lambda values: [convert(value) for value in values])


def _map(key: Column, value: Column) -> Column:
    store, load = value.store or _same, value.load or _same
    return Column(
        pa.map_(key.field("key"), value.field("value")),
        store=lambda values: [(name, store(inner)) for name, inner in values.items()],
        load=lambda pairs: {name: load(inner) for name, inner in pairs},
    )


def _same(value: Any) -> Any:
    return value


def _union(kind: mi.UnionType) -> Column:
    some = [one for one in kind.types if not isinstance(one, mi.NoneType)]
    if len(some) > 1:
        return Column(
            pa.large_string(),
            store=lambda value: msgspec.json.encode(value).decode(),
            load=msgspec.json.decode,
        )
    inner = column_of(some[0])
    return Column(inner.type, True, _unless_none(inner.store), _unless_none(inner.load))


def _unless_none(convert: Convert | None) -> Convert | None:
    return convert and (lambda value: None if value is None else convert(value))
