"""JSONL and Parquet of code as they are found on hubs."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synthsmith.errors import DropReason, InputError
from synthsmith.recipe import SeedSettings
from synthsmith.records import Dropped, Seed
from synthsmith.seeds import read_seeds

PYTHON = "n = int(input())\nprint(sum(i * i for i in range(n)))\n"
CPP = "#include <iostream>\nint main() {\n  int n; std::cin >> n;\n  std::cout << n * 2;\n}\n"


def program(number: int) -> str:
    return PYTHON + f"print({number})\n"


def read(path: Path, max_kb: int = 64, limit: int = 0) -> tuple[list[Seed], dict[str, Dropped]]:
    seeds, drops = read_seeds(str(path), SeedSettings(max_kb=max_kb, limit=limit))
    by_id = {drop.id: drop for drop in drops}
    assert len(by_id) == len(drops)
    return seeds, by_id


def message(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        read_seeds(str(path), SeedSettings())
    text = str(caught.value)
    assert "\n" not in text and len(text) < 600
    return text


def test_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    lines = [
        json.dumps({"code": PYTHON, "language": "Python 3", "id": "first"}),
        json.dumps({"content": CPP, "lang": "C++17", "id": 7}),
        json.dumps({"solution": program(1)}),
        "",
        json.dumps({"text": CPP + "// guessed\n", "extra": [[1], {"a": 2}]}),
        "{torn",
        json.dumps({"no": "code"}),
        json.dumps({"code": None, "id": "null"}),
        json.dumps([PYTHON]),
        json.dumps({"code": "fn main() { println!(); }" * 3, "language": "rust", "id": "r"}),
        json.dumps({"code": "The quick brown fox jumps over the lazy dog.", "id": "prose"}),
        json.dumps({"code": PYTHON, "id": "again"}),
        json.dumps({"code": program(2) + "#" * 70_000, "id": "long"}),
        json.dumps({"code": program(3) + "\0", "id": "nul"}),
        '{"code": "' + "x" * 40 + '\\ud800"}',
        "[" * 100_000,
        json.dumps({"code": "print(", "language": "python", "id": ""}),
        '{"code": "", "id": ' + "9" * 300 + "}",
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode() + b'\n{"code": "\xff"}')
    seeds, drops = read(path)
    assert {(s.origin, s.language) for s in seeds} == {
        ("first", "python"),
        ("7", "cpp"),
        ("line 3", "python"),
        ("line 5", "cpp"),
    }
    assert {d.id: d.reason.value for d in drops.values()} == {
        "line 6": "bad_record",
        "line 7": "bad_record",
        "null": "bad_record",
        "line 9": "bad_record",
        "r": "not_code",
        "prose": "not_code",
        "again": "duplicate",
        "long": "too_large",
        "nul": "not_text",
        "line 15": "bad_record",
        "line 16": "bad_record",
        "line 17": "too_small",
        "line 18": "too_small",
        "line 19": "bad_record",
    }


def test_a_line_too_long_to_hold_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("synthsmith.seeds.tables._MAX_LINE", 1000)
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"code": program(n), "pad": "x" * pad}) for n, pad in enumerate([0, 5000])]
    path.write_text("\n".join([*rows, rows[0].replace("sum", "max"), "x" * 2500]))
    seeds, drops = read(path)
    assert {s.origin for s in seeds} == {"line 1", "line 3"}
    assert {d.id: d.reason for d in drops.values()} == {
        "line 2": DropReason.TOO_LARGE,
        "line 4": DropReason.TOO_LARGE,
    }


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((n, "python") for n in ["py", "Python", "python3", "PyPy 3.10", "Python 3 (PyPy)"]),
        *(
            (n, "cpp")
            for n in ["cpp", "C++", "GNU C++17 (64)", "c++20", "g++", "cc", "C++14 (GCC)"]
        ),
        *((n, None) for n in ["c", "java", "c#", "pytorch", "GNU C11", "css"]),
    ],
)
def test_language_names(tmp_path: Path, name: str, language: str | None) -> None:
    path = tmp_path / "a.jsonl"
    code = CPP if language == "cpp" else PYTHON
    rows = [{"code": program(0), "language": "python"}, {"code": code, "language": name, "id": "x"}]
    path.write_text("\n".join(map(json.dumps, rows)))
    seeds, drops = read(path)
    found = {s.origin: s.language for s in seeds}
    assert found.get("x") == language
    assert ("x" in drops) == (language is None)


def test_parquet_in_several_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "corpus.parquet"
    codes: list[str | None] = [program(n) for n in range(2000)]
    codes[3:6] = ["print(", None, CPP]
    columns = {"solution": codes, "lang": ["python", None] * 1000, "other": [[1, 2]] * 2000}
    pq.write_table(pa.table(columns), path, row_group_size=300)
    seeds, drops = read(path)
    assert len(seeds) == 1998
    assert [s.origin for s in seeds if s.language == "cpp"] == ["row 6"]
    assert {d.id: d.reason for d in drops.values()} == {
        "row 4": DropReason.TOO_SMALL,
        "row 5": DropReason.BAD_RECORD,
    }


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_string(), pa.string_view()])
def test_parquet_column_types(tmp_path: Path, kind: pa.DataType) -> None:
    table = pa.table({"code": pa.array([program(0).encode(), program(1).encode()]).cast(kind)})
    pq.write_table(table, tmp_path / "a.parquet")
    assert len(read(tmp_path / "a.parquet")[0]) == 2


def test_parquet_dictionary_column_and_invalid_utf8(tmp_path: Path) -> None:
    bad = pa.array([PYTHON.encode(), b"print('caf\xe9', input(), input(), input())"])
    text = pa.Array.from_buffers(pa.string(), 2, bad.buffers())
    ids = pa.array(["a", "b"]).dictionary_encode()
    pq.write_table(pa.table({"code": text, "id": ids}), tmp_path / "a.parquet")
    seeds, drops = read(tmp_path / "a.parquet")
    assert {s.origin for s in seeds} == {"a", "b"}
    assert any("café" in s.code for s in seeds)
    assert drops == {}


def test_tables_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 this is not Parquet PAR1")
    assert "not a Parquet file" in message(path)
    path.write_bytes(b"")
    assert "not a Parquet file" in message(path)
    pq.write_table(pa.table({"prompt": ["x"], "answer": ["y"]}), path)
    assert "no column of code" in message(path) and "prompt, answer" in message(path)
    pq.write_table(pa.table({"code": pa.array([], pa.string())}), path)
    assert "is empty" in message(path)
    pq.write_table(pa.table({"code": [[PYTHON]]}), path)
    assert "bad_record" in message(path)
    lines = tmp_path / "a.jsonl"
    lines.write_text("")
    assert "is empty" in message(lines)
    lines.write_text("[\n{}\n")
    assert "2 seen, 2 of them bad_record" in message(lines)


def test_a_parquet_file_damaged_in_its_middle(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    codes = [program(n) + f"# {random.Random(n).random()}\n" for n in range(3000)]
    pq.write_table(pa.table({"code": codes}), path, row_group_size=500, compression="zstd")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = b"\xa5" * 400
    path.write_bytes(data)
    assert "not a Parquet file" in message(path)
