"""``synthsmith judge`` on files that people bring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conftest import Command, one_line, read_lines, write_lines

ADD = "print(sum(map(int, input().split())))"
CPP = '#include <bits/stdc++.h>\nint main(){long long a,b;std::cin>>a>>b;std::cout<<a+b<<"\\n";}'
TESTS = [{"input": "1 2\n", "output": "3\n"}, {"input": "5 7\n", "output": "12"}]


def problem(name: str, codes: dict[str, str], **more: Any) -> dict[str, Any]:
    candidates = [
        {"id": id_, "language": "cpp" if "#include" in code else "python", "code": code}
        for id_, code in codes.items()
    ]
    return {"id": name, "candidates": candidates, "tests": TESTS, **more}


def test_a_line_a_candidate_in_input_order(synthsmith: Command, tmp_path: Path) -> None:
    codes = {
        "right": ADD,
        "cpp": CPP,
        "wrong": "print(3)",
        "crash": "raise SystemExit(3)",
        "slow": "while True: pass",
        "syntax": "print(",
        "nocompile": "#include <nothing>",
    }
    source = write_lines(tmp_path / "in.jsonl", [problem("p", codes, time_limit_s=1)])
    result = synthsmith("judge", source, "-o", "out.jsonl", "--outputs")
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "out.jsonl"
    lines = read_lines(tmp_path / "out.jsonl")
    assert [line["candidate"] for line in lines] == list(codes)
    statuses = {line["candidate"]: line["status"] for line in lines}
    assert statuses == {
        "right": "accepted",
        "cpp": "accepted",
        "wrong": "wrong_answer",
        "crash": "runtime_error",
        "slow": "time_limit_exceeded",
        "syntax": statuses["syntax"],
        "nocompile": "compile_error",
    }
    assert statuses["syntax"] in ("compile_error", "runtime_error")
    assert (lines[2]["passed"], lines[2]["total"]) == (1, 2)
    assert lines[0]["tests"][1]["output"].strip() == "12"
    assert "2 accepted" in result.stderr


def test_without_known_outputs_a_clean_exit_is_ran(synthsmith: Command, tmp_path: Path) -> None:
    tests = [{"input": "1 2\n"}]
    source = write_lines(tmp_path / "in.jsonl", [problem("p", {"a": ADD}) | {"tests": tests}])
    assert synthsmith("judge", source, "-o", "out.jsonl").returncode == 0
    (line,) = read_lines(tmp_path / "out.jsonl")
    assert (line["status"], line["total"], "output" in line["tests"][0]) == ("ran", 0, False)


def test_function_style_and_checkers(synthsmith: Command, tmp_path: Path) -> None:
    function = problem(
        "f", {"a": "class Solution:\n    def add(self, a, b):\n        return a + b"}
    )
    function |= {"io": "function", "fn_name": "add", "tests": [{"input": "1\n2", "output": "3"}]}
    floats = problem("x", {"a": "print(0.3333333)"}, checker="floats:1e-6")
    floats["tests"] = [{"input": "", "output": "0.33333333"}]
    source = write_lines(tmp_path / "in.jsonl", [function, floats])
    assert synthsmith("judge", source, "-o", "out.jsonl").returncode == 0
    assert [line["status"] for line in read_lines(tmp_path / "out.jsonl")] == ["accepted"] * 2


def test_an_existing_output_is_continued(synthsmith: Command, tmp_path: Path) -> None:
    rows = [problem(f"p{i}", {"a": ADD, "b": "print(3)"}) for i in range(3)]
    source = write_lines(tmp_path / "in.jsonl", rows)
    assert synthsmith("judge", source, "-o", "out.jsonl").returncode == 0
    whole = (tmp_path / "out.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "out.jsonl").write_bytes(b"".join(whole[:3]) + whole[3][:20])
    result = synthsmith("judge", source, "-o", "out.jsonl")
    assert result.returncode == 0
    assert "3 lines were already" in result.stderr
    again = read_lines(tmp_path / "out.jsonl")
    assert [(x["id"], x["candidate"], x["status"]) for x in again] == [
        (f"p{i}", c, s) for i in range(3) for c, s in (("a", "accepted"), ("b", "wrong_answer"))
    ]


def test_bad_lines_are_counted_and_good_ones_judged(synthsmith: Command, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", [problem("p", {"a": ADD}), {"id": "q"}, 3])
    result = synthsmith("judge", source, "-o", "out.jsonl")
    assert result.returncode == 0
    assert "2 lines of" in result.stderr
    assert len(read_lines(tmp_path / "out.jsonl")) == 1


def test_bad_files_are_one_line(synthsmith: Command, tmp_path: Path) -> None:
    assert "none.jsonl" in one_line(synthsmith("judge", "none.jsonl", "-o", "out.jsonl"))
    bad = write_lines(tmp_path / "bad.jsonl", [{"id": "q"}])
    assert "no valid problem" in one_line(synthsmith("judge", bad, "-o", "out.jsonl"))
    source = write_lines(tmp_path / "in.jsonl", [problem("p", {"a": ADD})])
    assert "name another output" in one_line(synthsmith("judge", source, "-o", source))
    (tmp_path / "theirs.txt").write_text("notes\n")
    assert "theirs.txt" in one_line(synthsmith("judge", source, "-o", "theirs.txt"))
    assert (tmp_path / "theirs.txt").read_text() == "notes\n"


def test_isolation_is_given_up_only_in_so_many_words(synthsmith: Command, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", [problem("p", {"a": ADD})])
    said = one_line(synthsmith("judge", source, "-o", "out.jsonl", "--isolation", "none"))
    assert "none-i-accept-the-risk" in said
    words = ("--isolation", "none-i-accept-the-risk")
    result = synthsmith("judge", source, "-o", "out.jsonl", *words)
    assert result.returncode == 0, result.stderr
    assert "warning: NO ISOLATION" in result.stderr
    (line,) = read_lines(tmp_path / "out.jsonl")
    assert (line["status"], line["tier"]) == ("accepted", "none")


def test_headers_for_checkers(synthsmith: Command, tmp_path: Path) -> None:
    headers = tmp_path / "headers"
    headers.mkdir(mode=0o755)
    (headers / "testlib.h").write_text("inline int ok() { return 0; }\n")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o555)
    code = '#include "testlib.h"\nint main() { return ok(); }'
    checker = {"language": "cpp", "code": code}
    source = write_lines(tmp_path / "in.jsonl", [problem("p", {"a": "print(1)"}, checker=checker)])
    result = synthsmith("judge", source, "-o", "out.jsonl", "--include", headers)
    assert result.returncode == 0, result.stderr
    (line,) = read_lines(tmp_path / "out.jsonl")
    assert line["status"] == "accepted"
