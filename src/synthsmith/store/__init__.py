"""The run folder: a ledger of everything that cost something, and the published tables."""

from synthsmith.records import SCHEMA_VERSION, completion_key, digest
from synthsmith.store.keys import execution_key
from synthsmith.store.ledger import KindTotals, Ledger
from synthsmith.store.run_folder import RunFolder, opened_ledger
from synthsmith.store.spending import Spending, Spent, by_kind, by_teacher, spendings, together
from synthsmith.store.tables import read_table, write_table

__all__ = [
    "SCHEMA_VERSION",
    "KindTotals",
    "Ledger",
    "RunFolder",
    "Spending",
    "Spent",
    "by_kind",
    "by_teacher",
    "completion_key",
    "digest",
    "execution_key",
    "opened_ledger",
    "read_table",
    "spendings",
    "together",
    "write_table",
]
