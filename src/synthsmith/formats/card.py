"""The dataset card: README.md with the hub's YAML front matter."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from synthsmith.records import Record, VerifiedTask


class CardInfo(Record, frozen=True):
    """What a card tells that the rows do not hold.

    ``funnel`` is (label, count) from first to last step, ``drops`` (reason, count); ``judge_tier``
    names the isolation the programs ran under.
    """

    name: str
    license: str = "apache-2.0"
    teachers: tuple[str, ...] = ()
    recipe_digest: str = ""
    prompt_digest: str = ""
    seeds_digest: str = ""
    seed: int = 0
    judge_tier: str = ""
    synthsmith_version: str = ""
    funnel: tuple[tuple[str, int], ...] = ()
    drops: tuple[tuple[str, int], ...] = ()


class CardCounts:
    """Counts over the verified tasks, taken as they stream by."""

    def __init__(self) -> None:
        self.tasks = self.tests = self.function_tasks = 0
        self.styles: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self._confidence = self._difficulty = 0.0

    def add(self, verified: VerifiedTask) -> None:
        """Count one task."""
        self.tasks += 1
        self.tests += len(verified.tests)
        self.function_tasks += verified.task.io == "function"
        self.styles[verified.task.style] += 1
        self.languages[verified.golden.language] += 1
        self._confidence += sum(test.confidence for test in verified.tests)
        self._difficulty += verified.difficulty

    @property
    def confidence(self) -> float:
        """Mean confidence of a test, 0 where there is none."""
        return self._confidence / self.tests if self.tests else 0.0

    @property
    def difficulty(self) -> float:
        """Mean difficulty of a task, 0 where there is none."""
        return self._difficulty / self.tasks if self.tasks else 0.0


def size_category(rows: int) -> str:
    """The hub's class of a dataset with so many rows."""
    edges = ("1K", "10K", "100K", "1M", "10M", "100M", "1B")
    above = sum(rows >= 10**power for power in range(3, 3 + len(edges)))
    if above == 0:
        return "n<1K"
    return f"{edges[above - 1]}<n<{edges[above]}" if above < len(edges) else "1B<n<10B"


def _cell(text: object) -> str:
    """Text that stays within a table cell or a line of Markdown."""
    line = " ".join(str(text).split())
    for mark in "\\|`<>*_[]":
        line = line.replace(mark, f"\\{mark}")
    return line


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("synthsmith.formats", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown and YAML, not HTML: each value is quoted by its own filter.
    )
    environment.filters["cell"] = _cell
    # Any JSON string is a YAML string.
    environment.filters["yaml"] = lambda text: json.dumps(str(text))
    environment.filters["n"] = lambda count: f"{count:,}"
    return environment.get_template("card.md.j2")


def render_card(info: CardInfo, counts: CardCounts, *, sft_rows: int, rl_rows: int) -> str:
    """The whole README.md."""
    return _template().render(
        info=info,
        counts=counts,
        sft_rows=sft_rows,
        rl_rows=rl_rows,
        size=size_category(max(sft_rows, rl_rows)),
    )
