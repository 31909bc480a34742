"""The training task most similar to a question: what a model that only remembers would answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from synthsmith.train.data import SftRow


class Nearest:
    """Training rows by the words of their questions; at least one row."""

    def __init__(self, rows: Sequence[SftRow]) -> None:
        self._rows = rows
        places = defaultdict(list)
        sizes = []
        for place, row in enumerate(rows):
            words = set(row.query.split())
            sizes.append(len(words))
            for word in words:
                places[word].append(place)
        self._sizes = np.array(sizes)
        self._places = {word: np.array(found) for word, found in places.items()}

    def row(self, question: str) -> SftRow:
        """The row whose question shares the most words (Jaccard); the first of equals."""
        wanted = set(question.split())
        shared = np.zeros(len(self._rows), dtype=np.int64)
        for word in wanted & self._places.keys():
            shared[self._places[word]] += 1
        together = np.maximum(self._sizes + len(wanted) - shared, 1)
        return self._rows[int(np.argmax(shared / together))]
