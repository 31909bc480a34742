"""``synthsmith verify``: which of the brought candidates are right, without known outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conftest import Command, read_lines, write_lines

RIGHT = [
    "n = int(input())\na = list(map(int, input().split()))\nprint(max(a))",
    "n = int(input())\na = sorted(map(int, input().split()))\nprint(a[-1])",
    "n = int(input())\nbest = None\nfor x in map(int, input().split()):\n"
    "    if best is None or x > best:\n        best = x\nprint(best)",
    "input()\nprint(max(int(x) for x in input().split()))",
]
ZERO = (
    "input()\nbest = 0\nfor x in map(int, input().split()):\n    best = max(best, x)\nprint(best)"
)
FIRST = "input()\nprint(input().split()[0])"


def problem(codes: list[str], outputs: bool = True) -> dict[str, Any]:
    tests = []
    for i in range(12):
        numbers = [(7 * i + 13 * j) % 29 - (30 if i % 3 == 0 else 10) for j in range(i + 1)]
        test = {"input": f"{i + 1}\n{' '.join(map(str, numbers))}\n"}
        tests.append(test | ({"output": f"{max(numbers)}\n"} if outputs else {}))
    candidates = [{"id": f"c{i}", "language": "python", "code": c} for i, c in enumerate(codes)]
    return {"id": "max", "candidates": candidates, "tests": tests}


def verify(synthsmith: Command, tmp_path: Path, *rows: dict[str, Any]) -> tuple[list[Any], str]:
    source = write_lines(tmp_path / "in.jsonl", list(rows))
    result = synthsmith("verify", source, "-o", "out.jsonl", "--compare")
    assert result.returncode == 0, result.stderr
    return read_lines(tmp_path / "out.jsonl"), result.stderr


def test_the_right_ones_win_and_the_known_outputs_play_no_part(
    synthsmith: Command, tmp_path: Path
) -> None:
    blind, sighted = problem([*RIGHT, ZERO, FIRST], outputs=False), problem([*RIGHT, ZERO, FIRST])
    sighted["id"] = "max"
    (line,), said = verify(synthsmith, tmp_path, sighted)
    assert line["status"] == "verified"
    assert line["golden"] in {"c0", "c1", "c2", "c3"}
    assert line["pass_rates"]["c4"] < 1 == line["pass_rates"]["c0"]
    assert {t["split"] for t in line["tests"]} == {"select", "holdout"}
    assert f"{len(line['tests'])} of {len(line['tests'])}" in said
    (tmp_path / "out.jsonl").unlink()
    (again,), _ = verify(synthsmith, tmp_path, blind)
    assert again == line


def test_wrong_known_outputs_show_in_the_comparison_only(
    synthsmith: Command, tmp_path: Path
) -> None:
    row = problem([*RIGHT, ZERO])
    row["tests"][5]["output"] = "999\n"
    (line,), said = verify(synthsmith, tmp_path, row)
    assert line["status"] == "verified"
    assert "golden solutions right on all of them: 0 of 1" in said


def test_two_camps_are_dropped_with_a_reason(synthsmith: Command, tmp_path: Path) -> None:
    other = [code.replace("max", "min").replace("[-1]", "[0]") for code in RIGHT[:2]]
    (line,), said = verify(synthsmith, tmp_path, problem(RIGHT[:2] + other))
    assert (line["status"], line["reason"], line["golden"]) == ("dropped", "no_consensus", None)
    assert "1 no_consensus" in said
