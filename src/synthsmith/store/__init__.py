"""The run folder: a ledger of everything that cost something, and the published tables."""

from synthsmith.store.keys import SCHEMA_VERSION, completion_key, digest, execution_key
from synthsmith.store.ledger import KindTotals, Ledger
from synthsmith.store.run_folder import RunFolder
from synthsmith.store.tables import read_table, write_table

__all__ = [
    "SCHEMA_VERSION",
    "KindTotals",
    "Ledger",
    "RunFolder",
    "completion_key",
    "digest",
    "execution_key",
    "read_table",
    "write_table",
]
