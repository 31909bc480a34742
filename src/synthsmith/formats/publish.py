"""Publishing a dataset: the SFT set, the RL set and the card, in one pass over verified tasks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from synthsmith.files import replaced
from synthsmith.formats.card import CardCounts, CardInfo, render_card
from synthsmith.formats.parquet import RowWriter
from synthsmith.formats.rl import RL_SCHEMA, rl_row
from synthsmith.formats.sft import SFT_SCHEMA, sft_rows
from synthsmith.recipe import PublishSettings
from synthsmith.records import Record, VerifiedTask


class Published(Record, frozen=True):
    """What was written."""

    tasks: int
    tests: int
    sft_rows: int
    rl_rows: int


def publish(
    folder: Path,
    verified: Iterable[VerifiedTask],
    info: CardInfo,
    settings: PublishSettings = PublishSettings(),  # noqa: B008
) -> Published:
    """Write ``sft/train.parquet``, ``rl/train.parquet`` and ``README.md`` under ``folder``.

    Rows keep the order of ``verified``, which is read once and never held whole. Each file appears
    whole or not at all. Raises InputError when the folder cannot be written.
    """
    counts = CardCounts()
    with (
        replaced(folder / "sft" / "train.parquet") as sft_path,
        replaced(folder / "rl" / "train.parquet") as rl_path,
        RowWriter(sft_path, SFT_SCHEMA) as sft,
        RowWriter(rl_path, RL_SCHEMA) as rl,
    ):
        for task in verified:
            for row in sft_rows(task, settings):
                sft.add(row, 2 * (len(row["query"]) + len(row["response"])))
            row = rl_row(task, rl.rows, settings)
            rl.add(row, len(row["reward_model"]["ground_truth"]))
            counts.add(task)
    done = Published(tasks=counts.tasks, tests=counts.tests, sft_rows=sft.rows, rl_rows=rl.rows)
    with replaced(folder / "README.md") as path:
        card = render_card(info, counts, sft_rows=done.sft_rows, rl_rows=done.rl_rows)
        path.write_text(card, "utf-8", errors="replace")
    return done
