"""Output lines of judge and verify, and continuing an output file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from verified_tasks import verified_task

from synthsmith.errors import DropReason, InputError
from synthsmith.formats import (
    JudgeResult,
    Problem,
    ProblemCandidate,
    ProblemTest,
    VerifyResult,
    continued_output,
    encode_line,
    judge_line,
    verify_line,
)
from synthsmith.records import Dropped, Execution, Limits, Status, Verdict

CANDIDATE = ProblemCandidate(id="a", language="python", code="")


def problem(*outputs: str | None) -> Problem:
    return Problem(
        id="p",
        statement="",
        io="stdin",
        fn_name="",
        limits=Limits(),
        checker="tokens",
        candidates=(CANDIDATE,),
        tests=tuple(ProblemTest(id=f"t{i}", input="", output=o) for i, o in enumerate(outputs)),
    )


def execution(status: Status, output: str = "") -> Execution:
    return Execution(
        verdict=Verdict(status=status, time_ms=1.5, memory_kb=9, tier="B"), output=output
    )


@pytest.mark.parametrize(
    ("outputs", "statuses", "told"),
    [
        (("1", None), ("accepted", "ran"), ("accepted", 1, 1)),
        ((None, None), ("ran", "ran"), ("ran", 0, 0)),
        (("1", "2", "3"), ("accepted", "wrong_answer", "not_run"), ("wrong_answer", 1, 3)),
        (("1", None), ("accepted", "runtime_error"), ("runtime_error", 1, 1)),
        (("1",), ("compile_error",), ("compile_error", 0, 1)),
    ],
)
def test_the_status_of_a_candidate(
    outputs: tuple[str | None, ...], statuses: tuple[Status, ...], told: tuple[str, int, int]
) -> None:
    result = judge_line(problem(*outputs), CANDIDATE, [execution(s) for s in statuses])
    assert (result.status, result.passed, result.total) == told


def test_a_judge_line_has_exactly_the_documented_fields() -> None:
    result = judge_line(problem("1"), CANDIDATE, [execution("accepted", "1\n")])
    assert json.loads(encode_line(result)) == {
        "id": "p",
        "candidate": "a",
        "status": "accepted",
        "passed": 1,
        "total": 1,
        "tier": "B",
        "tests": [{"status": "accepted", "time_ms": 1.5, "memory_kb": 9, "near_limit": False}],
    }
    with_outputs = judge_line(problem("1"), CANDIDATE, [execution("ran", "\udcff")], outputs=True)
    assert json.loads(encode_line(with_outputs))["tests"][0]["output"] == "\udcff"


def test_a_verify_line_has_exactly_the_documented_fields() -> None:
    verified = verified_task()
    value = json.loads(encode_line(verify_line("p", verified)))
    assert list(value) == [
        "id", "status", "golden", "holdout_pass_rate", "pass_rates", "tests",
    ]  # fmt: skip
    assert value["status"] == "verified" and value["golden"] == verified.golden.id
    assert set(value["tests"][0]) == {"input", "output", "confidence", "weight", "split"}
    dropped = Dropped(kind="problem", id="p", stage="label", reason=DropReason.NO_CONSENSUS)
    assert json.loads(encode_line(verify_line("p", dropped))) == {
        "id": "p",
        "status": "dropped",
        "reason": "no_consensus",
        "golden": None,
        "holdout_pass_rate": None,
        "pass_rates": {},
        "tests": [],
    }


def judged(name: str, output: str = "x") -> bytes:
    candidate = ProblemCandidate(id=name, language="python", code="")
    return encode_line(
        judge_line(problem("1"), candidate, [execution("ran", output)], outputs=True)
    )


def test_an_output_is_continued_wherever_it_was_torn(tmp_path: Path) -> None:
    whole, torn = judged("a") + judged("b", "\udc80"), judged("c")
    path = tmp_path / "out.jsonl"
    for cut in range(len(torn)):
        path.write_bytes(whole + torn[:cut])
        assert continued_output(path, JudgeResult) == {("p", "a"), ("p", "b")}
        assert path.read_bytes() == whole


def test_a_verify_output_is_continued_by_problem(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert continued_output(path, VerifyResult) == set()
    assert not path.exists()
    path.write_bytes(encode_line(verify_line("p", verified_task())) + b'{"id":"q","sta')
    assert continued_output(path, VerifyResult) == {("p",)}


@pytest.mark.parametrize(
    "content",
    [
        b"my thesis, no newline",
        b"my thesis\n",
        b'{"id":"p"}\n',
        judged("a") + b"\n",
        judged("a") + b"\xff\n",
        judged("a") + b"[" * 90_000 + b"\n",
        encode_line(verify_line("p", verified_task())),
    ],
)
def test_a_file_of_anothers_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not an output of synthsmith judge"):
        continued_output(path, JudgeResult)
    assert path.read_bytes() == content


def test_a_folder_is_no_output_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot continue"):
        continued_output(tmp_path, JudgeResult)
