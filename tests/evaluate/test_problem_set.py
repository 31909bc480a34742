"""Reading problems: LiveCodeBench's and ours, windows, and one clear line for what is wrong."""

from __future__ import annotations

import base64
import json
import pickle
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lcb_data import case, function_row, packed, program_row, write_lines

from synthsmith.errors import InputError
from synthsmith.evaluate.problem_set import ProblemSet
from synthsmith.evaluate.windows import EVERYTHING, parse_window


class Malicious:
    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path("/tmp/synthsmith-was-here"),))


def zipped(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


def quiet(what: str, total: int) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


def read(path: Path, window: str = "") -> ProblemSet:
    return ProblemSet(path, parse_window(window) if window else EVERYTHING, quiet)


def test_jsonl_and_parquet_hold_the_same_problems(tmp_path: Path) -> None:
    rows = [program_row(f"p{i}") for i in range(20)] + [function_row("f")]
    lines = read(write_lines(tmp_path / "test.jsonl", rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet", row_group_size=7)
    table = read(tmp_path / "t.parquet")
    assert lines.digest == table.digest and lines.problems == table.problems
    assert len(lines.problems) == 21 and lines.kind == "livecodebench"
    last = lines.problems[-1]
    assert last.grading.fn_name == "double" and last.grading.checker == "json"
    for found in (lines, table):
        assert [t.input for t in found.tests(last)] == [f"[{i}, 1]" for i in range(6)]
        assert len(found.tests(found.problems[9])) == 6


def test_a_folder_is_all_its_files(tmp_path: Path) -> None:
    write_lines(tmp_path / "test.jsonl", [program_row("a")])
    write_lines(tmp_path / "test2.jsonl", [program_row("b")])
    assert [p.id for p in read(tmp_path).problems] == ["a", "b"]
    write_lines(tmp_path / "test3.jsonl", [program_row("a")])
    with pytest.raises(InputError, match=r"test3.jsonl line 1: 'a' stands in test.jsonl line 1"):
        read(tmp_path)


def test_both_ends_of_a_window_count(tmp_path: Path) -> None:
    days = ["2024-07-31", "2024-08-01", "2025-02-01", "2025-02-02", "2025-05-01"]
    rows = [program_row(day, f"{day}T00:00:00") for day in days]
    path = write_lines(tmp_path / "p.jsonl", rows)
    assert [p.id for p in read(path, "v5").problems] == days[1:3]
    assert [p.id for p in read(path, "v6").problems] == days[2:]
    assert [p.id for p in read(path, "release_v5").problems] == days[:2]
    assert [p.id for p in read(path, ":2024-08-01").problems] == days[:2]
    assert read(path, "v5").known == set(days)
    with pytest.raises(InputError, match="no problem in 2020-01-01 to 2020-02-01"):
        read(path, "2020-01-01:2020-02-01")


def test_files_tell_their_release(tmp_path: Path) -> None:
    days = {"test4": "2024-10-05", "test5": "2024-09-22", "test6": "2025-01-20"}
    for name, day in days.items():
        write_lines(tmp_path / f"{name}.jsonl", [program_row(name, f"{day}T00:00:00")])
    assert [p.id for p in read(tmp_path, "release_v4").problems] == ["test4"]
    assert [p.id for p in read(tmp_path, "v5").problems] == ["test4", "test5"]
    assert [p.id for p in read(tmp_path, "2024-08-01:2025-02-01").problems] == list(days)
    assert read(tmp_path, "v5").known == set(days)
    with pytest.raises(InputError, match="no problem in v6"):
        read(tmp_path, "v6")


@pytest.mark.parametrize("text", ["v7", "2024", ":", "2024-08-01:2024-07-01", "2024-8-1:", "x:y"])
def test_windows_that_are_none(text: str) -> None:
    with pytest.raises(InputError):
        parse_window(text)


def test_a_window_says_its_dates() -> None:
    assert str(parse_window("v5")) == "v5 (2024-08-01 to 2025-02-01)"
    assert str(parse_window("2024-08-01:")) == "2024-08-01 to today"
    assert str(EVERYTHING) == "all dates"


BAD = {
    "would run": program_row("a", private_test_cases=zipped(pickle.dumps(Malicious()))),
    "broken pickle": program_row("a", private_test_cases=zipped(b"\x80\x04\x95garbage")),
    "not of a text": program_row("a", private_test_cases=zipped(pickle.dumps(["x"]))),
    "cut off": program_row(
        "a",
        private_test_cases=base64.b64encode(zlib.compress(pickle.dumps("x" * 999))[:-8]).decode(),
    ),
    "cannot be unpacked": program_row("a", private_test_cases="%%%"),
    "private_test_cases: ": program_row("a", private_test_cases='[{"input": 3}]'),
    "question_title": {k: v for k, v in program_row("a").items() if k != "question_title"},
    "is no date": program_row("a", "yesterday"),
    "metadata: ": program_row("a", metadata="{"),
    "not of type functional": function_row("a", public_test_cases=json.dumps([case("1", "1")])),
    "has no tests": program_row("a", public_test_cases="[]", private_test_cases=packed([])),
    "neither a problem": {"id": "a"},
    "not a JSON object": ["a"],
}


@pytest.mark.parametrize("told", BAD)
def test_a_bad_line_is_named(tmp_path: Path, told: str) -> None:
    path = write_lines(tmp_path / "p.jsonl", [program_row("good"), BAD[told]])
    with pytest.raises(InputError, match=r"p.jsonl line 2: ") as error:
        read(path)
    assert told in str(error.value) and "\n" not in str(error.value)
    assert not Path("/tmp/synthsmith-was-here").exists()


def test_other_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "torn.jsonl").write_text(
        json.dumps(program_row("a")) + '\n{"question_id": "b', "utf-8"
    )
    with pytest.raises(InputError, match=r"torn.jsonl line 2: not JSON"):
        read(tmp_path / "torn.jsonl")
    (tmp_path / "t.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(InputError, match="cannot read"):
        read(tmp_path / "t.parquet")
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    with pytest.raises(InputError, match="is empty"):
        read(tmp_path / "empty.jsonl")
    with pytest.raises(InputError, match="no problems at"):
        read(tmp_path / "none.jsonl")


def test_our_own_sets(tmp_path: Path) -> None:
    tests = [{"input": "1\n", "output": "1\n"}]
    line = {"id": "own", "statement": "Echo.", "tests": tests, "checker": "floats:1e-6"}
    found = read(write_lines(tmp_path / "own.jsonl", [line]))
    assert found.kind == "problems" and found.problems[0].grading.checker == "floats:1e-6"
    with pytest.raises(InputError, match="it has no date"):
        read(tmp_path / "own.jsonl", "v5")
    line["tests"] = [{"input": "1\n"}]
    with pytest.raises(InputError, match=r"own.jsonl line 1: tests: t1 has no output"):
        read(write_lines(tmp_path / "own.jsonl", [line]))
    write_lines(tmp_path / "mixed.jsonl", [program_row("a"), line])
    with pytest.raises(InputError, match="mixes"):
        read(tmp_path / "mixed.jsonl")
