"""Curate: leave out tasks that nearly repeat an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

from synthsmith.errors import DropReason
from synthsmith.records import Dropped, Task

_SIMILAR = 0.9
"""Jaccard similarity of two statements' word triples from which the later one is a repeat."""
_PERMUTATIONS, _BANDS = 128, 16


def curate(tasks: Iterable[Task]) -> Iterator[Task | Dropped]:
    """Each task in order, or a Dropped(NEAR_DUPLICATE) in its place.

    Titles and examples do not count; numbers do. Memory grows by one sketch
    (128 32-bit words) a task.
    """
    index = RMinHashLSH(_SIMILAR, _PERMUTATIONS, _BANDS)
    kept: list[tuple[str, RMinHash]] = []
    for task in tasks:
        words = re.findall(r"[a-z0-9]+", task.statement.lower())
        sketch = RMinHash(_PERMUTATIONS, 1)
        sketch.update([" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))])
        near = sorted(i for i in index.query(sketch) if kept[i][1].jaccard(sketch) >= _SIMILAR)
        if near:
            yield Dropped(
                kind="task",
                id=task.id,
                stage="curate",
                reason=DropReason.NEAR_DUPLICATE,
                detail=f"repeats {kept[near[0]][0]}",
            )
            continue
        index.insert(len(kept), sketch)
        kept.append((task.id, sketch))
        yield task
