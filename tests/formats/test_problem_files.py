"""Reading of problem files: what is valid, what is dropped and why, what is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from synthsmith.errors import DropReason, InputError
from synthsmith.formats import Problem, problem, problems, read_problems
from synthsmith.records import CheckerProgram, Dropped, Limits


def line(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "p1",
        "candidates": [{"id": "a", "language": "python", "code": "print(1)"}],
        "tests": [{"input": "1\n", "output": "1"}],
    }
    return {k: v for k, v in (base | changes).items() if v is not ...}


def write(tmp_path: Path, *lines: dict[str, Any] | bytes | str) -> Path:
    path = tmp_path / "in.jsonl"
    raw = [
        x if isinstance(x, bytes) else (x if isinstance(x, str) else json.dumps(x)).encode()
        for x in lines
    ]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def read_one(tmp_path: Path, entry: dict[str, Any] | bytes | str) -> Problem | Dropped:
    """The result of ``entry`` in a file that has a valid line too."""
    first, *_ = read_problems(write(tmp_path, entry, line(id="valid")))
    return first


def test_a_minimal_line_gets_the_documented_defaults(tmp_path: Path) -> None:
    (problem,) = read_problems(write(tmp_path, line()))
    assert isinstance(problem, Problem)
    assert (problem.io, problem.fn_name, problem.checker) == ("stdin", "", "tokens")
    assert problem.limits == Limits(time_limit_s=2.0, memory_limit_mb=512, output_limit_mb=64)
    assert problem.tests[0].id == "t1"
    assert problem.candidates[0].teacher == ""


def test_a_full_line_is_read_whole(tmp_path: Path) -> None:
    checker = {"language": "cpp", "code": "int main(){}", "protocol": "kattis"}
    entry = line(
        statement="S",
        io="function",
        fn_name="f",
        time_limit_s=1,
        memory_limit_mb=64,
        checker=checker,
        tests=[
            {"id": 7, "input": '1\n"x"', "output": "[1]", "origin": "edge"},
            {"input": "", "output": None},
        ],
        unknown_field={"kept": False},
    )
    (problem,) = read_problems(write(tmp_path, entry))
    assert isinstance(problem, Problem)
    assert problem.limits == Limits(time_limit_s=1.0, memory_limit_mb=64)
    assert problem.checker == CheckerProgram(language="cpp", code="int main(){}", protocol="kattis")
    assert [t.id for t in problem.tests] == ["7", "t2"]
    assert problem.tests[1].output is None


def test_null_is_the_same_as_absent(tmp_path: Path) -> None:
    nulls = dict.fromkeys(
        ("statement", "io", "fn_name", "time_limit_s", "memory_limit_mb", "checker")
    )
    with_nulls, without = (
        next(read_problems(write(tmp_path, entry))) for entry in (line(**nulls), line())
    )
    assert with_nulls == without


def test_a_function_name_without_io_means_function(tmp_path: Path) -> None:
    result = read_one(tmp_path, line(fn_name="solve", tests=[{"input": "1"}]))
    assert isinstance(result, Problem)
    assert result.io == "function"


CANDIDATE = {"id": "a", "language": "python", "code": ""}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        (b'{"id": "\xff"}', "not UTF-8 at byte 8"),
        ('{"id": "x", "time_limit_s": NaN}', "NaN is not JSON"),
        ('{"id": "\\ud800"}', "surrogate"),
        (line(id=...), "missing field `id`"),
        (line(id=""), "id: is empty"),
        (line(id=True), "id: Expected"),
        (line(candidates=...), "missing field `candidates`"),
        (line(candidates=[]), "candidates: none given"),
        (line(candidates=[CANDIDATE, CANDIDATE]), "candidates[1].id: 'a' is given twice"),
        (line(candidates=[CANDIDATE | {"language": "rust"}]), "candidates[0].language"),
        (line(candidates=[{"id": "a", "language": "cpp"}]), "missing field `code`"),
        (line(tests=[]), "tests: none given"),
        (line(tests=[{"input": 5}]), "tests[0].input"),
        (line(tests=[{"id": "t2", "input": ""}, {"input": ""}]), "tests[1].id: 't2'"),
        (line(tests=[{"input": "", "origin": "internet"}]), "tests[0].origin"),
        (line(io="file"), "io: Invalid enum value"),
        (line(io="function"), "fn_name"),
        (line(io="function", fn_name="1x"), "fn_name"),
        (line(io="function", fn_name="def"), "fn_name"),
        (
            line(fn_name="f", candidates=[CANDIDATE | {"language": "cpp"}]),
            "candidates[0].language: a function is Python only",
        ),
        (line(fn_name="f", tests=[{"input": "1\nx"}]), "tests[0].input: line 2 is not JSON"),
        (line(fn_name="f", tests=[{"input": "1", "output": "x"}]), "tests[0].output"),
        (line(time_limit_s=0), "time_limit_s"),
        (line(time_limit_s=-1), "time_limit_s"),
        ('{"time_limit_s": 1e999, ' + json.dumps(line())[1:], "time_limit_s"),
        (line(time_limit_s="2"), "time_limit_s: Expected"),
        (line(memory_limit_mb=1), "memory_limit_mb"),
        (line(memory_limit_mb=10**30), "memory_limit_mb"),
        (line(checker="token"), "checker"),
        (line(checker="floats"), "checker"),
        (line(checker="floats:-1"), "checker"),
        (line(checker="floats:nan"), "checker"),
        (line(checker="floats:inf"), "checker"),
        (line(checker={"language": "cpp"}), "checker: missing field `code`"),
        (line(checker={"language": "perl", "code": ""}), "checker.language"),
        (line(checker={"language": "cpp", "code": "", "protocol": "x"}), "checker.protocol"),
    ],
)
def test_a_bad_line_is_dropped_with_the_field_and_the_rest_go_on(
    tmp_path: Path, entry: dict[str, Any] | bytes | str, told: str
) -> None:
    bad, good = read_problems(write(tmp_path, entry, line(id="valid")))
    assert isinstance(bad, Dropped)
    assert bad.kind == "problem" and bad.stage == "read" and bad.reason is DropReason.BAD_RECORD
    assert told in bad.detail
    assert "\n" not in bad.detail and len(bad.detail) < 300
    assert isinstance(good, Problem)


@pytest.mark.parametrize(
    "checker",
    ["tokens", "exact", "lines-unordered", "lines-decimal", "json", "floats:0", "floats:1e-6"],
)
def test_every_named_checker_is_accepted(tmp_path: Path, checker: str) -> None:
    result = read_one(tmp_path, line(checker=checker))
    assert isinstance(result, Problem) and result.checker == checker


def test_a_dropped_line_is_named_by_id_or_number(tmp_path: Path) -> None:
    path = write(tmp_path, line(id="first"), b"", line(id="broken", tests=3), "nonsense")
    _, by_id, by_number = read_problems(path)
    assert isinstance(by_id, Dropped) and by_id.id == "broken" and "line 3" in by_id.detail
    assert isinstance(by_number, Dropped) and by_number.id == "line 4"


def test_the_second_problem_of_an_id_is_dropped(tmp_path: Path) -> None:
    first, second = read_problems(write(tmp_path, line(id="7"), line(id=7)))
    assert isinstance(first, Problem)
    assert isinstance(second, Dropped) and "earlier line" in second.detail


def test_bytes_that_are_not_utf8_survive_as_surrogates(tmp_path: Path) -> None:
    result = read_one(tmp_path, line(tests=[{"input": "\udcff"}]))
    assert isinstance(result, Problem)
    assert result.tests[0].input.encode(errors="surrogateescape") == b"\xff"


def test_a_line_beyond_the_limit_is_dropped_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "MAX_LINE_BYTES", 2**20)
    long = line(id="long", statement="x" * (3 * 2**20))
    exactly = line(id="exact")
    exactly["statement"] = "x" * (2**20 - len(json.dumps(exactly | {"statement": ""})))
    dropped, kept, last = read_problems(write(tmp_path, long, exactly, line(id="next")))
    assert isinstance(dropped, Dropped) and dropped.detail == "longer than 1 MiB"
    assert isinstance(kept, Problem) and isinstance(last, Problem)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"nonsense\n{}\n"])
def test_a_file_without_a_valid_line_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no valid problem"):
        list(read_problems(path))


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        list(read_problems(tmp_path / "absent.jsonl"))
    with pytest.raises(InputError, match="cannot read"):
        list(read_problems(tmp_path))
    for suffix in ("gz", "zst"):
        fake = tmp_path / f"fake.jsonl.{suffix}"
        fake.write_bytes(b"not compressed at all")
        with pytest.raises(InputError, match="cannot read"):
            list(read_problems(fake))
    torn = tmp_path / "torn.jsonl.gz"
    torn.write_bytes(gzip.compress(json.dumps(line(statement=str(range(99)))).encode())[:-12])
    with pytest.raises(InputError, match="cannot read"):
        list(read_problems(torn))


def test_compressed_files_are_read(tmp_path: Path) -> None:
    first, second = (json.dumps(line(id=i)).encode() + b"\n" for i in ("a", "b"))
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(first) + gzip.compress(second))
    frames = zstandard.compress(first) + zstandard.compress(second)
    (tmp_path / "x.jsonl.zst").write_bytes(frames)
    for name in ("x.jsonl.gz", "x.jsonl.zst"):
        assert [p.id for p in read_problems(tmp_path / name)] == ["a", "b"]


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(line()).encode() + b"\r\n")
    assert [p.id for p in read_problems(path)] == ["p1"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(problem._ProblemLine.__struct_fields__)), JSON))
@settings(max_examples=150, deadline=None)
def test_no_object_makes_the_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, changes: Any
) -> None:
    result = read_one(tmp_path_factory.mktemp("x"), line(**changes))
    assert isinstance(result, Problem | Dropped)


@given(st.binary(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_bytes_make_the_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    *_, last = read_problems(write(tmp_path_factory.mktemp("x"), raw, line(id="valid")))
    assert isinstance(last, Problem)
