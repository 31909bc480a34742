"""Problems in LiveCodeBench's form, made up here, with right and wrong answers to them."""

from __future__ import annotations

import base64
import json
import pickle
import zlib
from pathlib import Path
from typing import Any

SUM = "n = int(input())\nprint(sum(map(int, input().split())))\n"
WRONG = "print(0)\n"
METHOD = "class Solution:\n    def double(self, a: List[int]) -> List[int]:\n        return [2 * x for x in a]\n"  # noqa: E501


def packed(tests: Any) -> str:
    """Private tests as LiveCodeBench packs them."""
    return base64.b64encode(zlib.compress(pickle.dumps(json.dumps(tests)))).decode()


def case(test_input: str, output: str, kind: str = "stdin") -> dict[str, str]:
    return {"input": test_input, "output": output, "testtype": kind}


def program_row(name: str, date: str = "2024-09-01T00:00:00", **values: Any) -> dict[str, Any]:
    tests = [case(f"2\n{i} {i}\n", f"{2 * i}\n") for i in range(6)]
    return {
        "question_id": name,
        "question_title": "Sum",
        "question_content": "Print the sum of the numbers.",
        "platform": "atcoder",
        "contest_id": "c",
        "contest_date": date,
        "starter_code": "",
        "difficulty": "easy",
        "public_test_cases": json.dumps(tests[:1]),
        "private_test_cases": packed(tests[1:]),
        "metadata": "{}",
    } | values


def function_row(name: str, date: str = "2025-03-01T00:00:00", **values: Any) -> dict[str, Any]:
    tests = [case(f"[{i}, 1]", f"[{2 * i},2]", "functional") for i in range(6)]
    return (
        program_row(
            name,
            date,
            platform="leetcode",
            difficulty="medium",
            starter_code="class Solution:\n    def double(self, a: List[int]):\n        ",
            public_test_cases=json.dumps(tests[:1]),
            private_test_cases=json.dumps(tests[1:]),
            metadata=json.dumps({"func_name": "double"}),
        )
        | values
    )


def write_lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path
