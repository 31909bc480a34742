"""Supervised fine-tuning rows: ``messages`` for TRL and others, ``query``/``response`` beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from synthsmith.formats.chat import MESSAGES, answer, question
from synthsmith.formats.parquet import plain
from synthsmith.recipe import PublishSettings
from synthsmith.records import VerifiedTask

SFT_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("task_id", pa.string()),
        ("style", pa.string()),
        ("title", pa.string()),
        ("messages", MESSAGES),
        ("query", pa.string()),
        ("response", pa.string()),
        ("teacher", pa.string()),
        ("language", pa.string()),
        ("golden", pa.bool_()),
        ("pass_rate", pa.float64()),
        ("difficulty", pa.float64()),
        ("features", pa.list_(pa.string())),
    ]
)


def sft_rows(verified: VerifiedTask, settings: PublishSettings) -> Iterator[dict[str, Any]]:
    """A row for the golden solution or, golden first, for every solution that passes all tests."""
    task = verified.task
    others = [s for s in verified.solutions if s.id != verified.golden.id]
    for candidate in [verified.golden, *(others if settings.solutions == "all" else [])]:
        query = question(task, candidate.language, settings.question)
        response = answer(candidate)
        yield {
            "id": candidate.id,
            "task_id": task.id,
            "style": task.style,
            "title": plain(task.title),
            "messages": [
                {"role": "user", "content": query},
                {"role": "assistant", "content": response},
            ],
            "query": query,
            "response": response,
            "teacher": candidate.teacher,
            "language": candidate.language,
            "golden": candidate.id == verified.golden.id,
            "pass_rate": verified.pass_rates.get(candidate.id),
            "difficulty": verified.difficulty,
            "features": [plain(" > ".join(path)) for path in task.features],
        }
