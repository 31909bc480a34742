"""Reinforcement learning rows with verl's columns."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pyarrow as pa

from synthsmith.formats.chat import MESSAGES, question
from synthsmith.formats.parquet import plain
from synthsmith.formats.taco import argument_lines
from synthsmith.recipe import PublishSettings
from synthsmith.records import VerifiedTask

DATA_SOURCE = "taco"
"""verl's switch between reward functions, not a provenance: its built-in code reward runs only for
codecontests, apps, codeforces and taco, and TACO's is the form that the ground truth has.
``extra_info.source`` says where a row comes from."""

RL_SCHEMA = pa.schema(
    [
        ("data_source", pa.string()),
        ("prompt", MESSAGES),
        ("ability", pa.string()),
        ("reward_model", pa.struct([("style", pa.string()), ("ground_truth", pa.string())])),
        (
            "extra_info",
            pa.struct(
                [
                    ("split", pa.string()),
                    ("index", pa.int64()),
                    ("source", pa.string()),
                    ("task_id", pa.string()),
                    ("style", pa.string()),
                    ("io", pa.string()),
                    ("difficulty", pa.float64()),
                    ("time_limit_s", pa.float64()),
                    ("memory_limit_mb", pa.int64()),
                    ("checker", pa.string()),
                    ("features", pa.list_(pa.string())),
                ]
            ),
        ),
    ]
)


def ground_truth(verified: VerifiedTask) -> str:
    """JSON ``{inputs, outputs, fn_name?}`` over all tests, as verl reads it.

    Inputs and outputs are texts; of a function's input verl parses every line as JSON, so that it
    must not end in a newline, and ``fn_name`` stands only where a function is called.
    """
    function = verified.task.io == "function"
    truth: dict[str, Any] = {
        "inputs": [
            "\n".join(argument_lines(t.input)) if function else t.input for t in verified.tests
        ],
        "outputs": [t.output.strip() if function else t.output for t in verified.tests],
    }
    return json.dumps(truth | ({"fn_name": verified.task.fn_name} if function else {}))


def rl_row(verified: VerifiedTask, index: int, settings: PublishSettings) -> dict[str, Any]:
    """The row of one task; ``index`` is its place."""
    task = verified.task
    checker = task.checker
    return {
        "data_source": DATA_SOURCE,
        "prompt": [{"role": "user", "content": question(task, "python", settings.question)}],
        "ability": "code",
        "reward_model": {"style": "rule", "ground_truth": ground_truth(verified)},
        "extra_info": {
            "split": "train",
            "index": index,
            "source": "synthsmith",
            "task_id": task.id,
            "style": task.style,
            "io": task.io,
            "difficulty": verified.difficulty,
            "time_limit_s": task.limits.time_limit_s,
            "memory_limit_mb": task.limits.memory_limit_mb,
            "checker": checker
            if isinstance(checker, str)
            else plain(msgspec.json.encode(checker).decode()),
            "features": [plain(" > ".join(path)) for path in task.features],
        },
    }
