"""Tables of figures on a terminal, and the same without lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

PLAIN_WIDTH = 160
"""Columns where there is no terminal."""


def show_table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, stderr: bool = False
) -> None:
    """Print a table; the first column and those headed "how …" are text, the others figures."""
    console = Console(stderr=stderr)
    if not console.is_terminal:
        console = Console(stderr=stderr, width=PLAIN_WIDTH)
    table = Table() if console.is_terminal else Table(box=None, pad_edge=False)
    for i, head in enumerate(heads):
        text = i == 0 or head.startswith("how")
        table.add_column(head, justify="left" if text else "right", no_wrap=i > 0, overflow="fold")
    for row in rows:
        table.add_row(*map(figure, row))
    console.print(table, markup=False)


def figure(cell: object) -> str:
    """Figures with separators, money with two places, None as a dash: it is not known."""
    if cell is None:
        return "—"
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
