"""Folders, files and tables as people have them: every unusable seed has a reason, the rest go
on."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synthsmith.errors import DropReason, InputError
from synthsmith.recipe import SeedSettings
from synthsmith.records import Dropped, Seed
from synthsmith.seeds import read_seeds, seeds_digest

PYTHON = "n = int(input())\nprint(sum(i * i for i in range(n)))\n"
CPP = "#include <iostream>\nint main() {\n  int n; std::cin >> n;\n  std::cout << n * 2;\n}\n"


def program(number: int) -> str:
    return PYTHON + f"print({number})\n"


def read(path: Path, max_kb: int = 64, limit: int = 0) -> tuple[list[Seed], dict[str, Dropped]]:
    seeds, drops = read_seeds(str(path), SeedSettings(max_kb=max_kb, limit=limit))
    by_id = {drop.id: drop for drop in drops}
    assert len(by_id) == len(drops)
    assert all(drop.kind == "seed" and drop.stage == "seeds" for drop in drops)
    return seeds, by_id


def reason_of(folder: Path, name: str, data: bytes) -> DropReason:
    """Why a file is dropped from a folder that also holds a good one, which must stay."""
    (folder / "good.py").write_text(program(0))
    (folder / name).write_bytes(data)
    seeds, drops = read(folder)
    assert [seed.origin for seed in seeds] == ["good.py"]
    return drops[name].reason


def message(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        read_seeds(str(path), SeedSettings())
    text = str(caught.value)
    assert "\n" not in text and len(text) < 600
    return text


# folders


def test_languages_by_suffix_and_origin_by_relative_path(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for number, name in enumerate(["x.py", "a/y.cpp", "a/b/z.CC", "a/b/w.hpp"]):
        code = PYTHON if name.endswith(".py") else CPP + f"// {number}\n"
        (tmp_path / name).write_text(code)
    seeds, drops = read(tmp_path)
    assert {s.origin: s.language for s in seeds} == {
        "x.py": "python",
        "a/y.cpp": "cpp",
        "a/b/z.CC": "cpp",
        "a/b/w.hpp": "cpp",
    }
    assert drops == {}


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("notes.md", b"# notes", DropReason.NOT_CODE),
        ("book.ipynb", b"{}", DropReason.NOT_CODE),
        ("main.rs", b"fn main() {}", DropReason.NOT_CODE),
        ("Makefile", b"all:", DropReason.NOT_CODE),
        ("prose.cpp", b"This file is kept for the record; see the {wiki} page.", "not_code"),
        ("broken.py", b"def solve(:\n    return input() + input()\n", DropReason.SYNTAX_ERROR),
        ("two.py", b"print 'Python 2 is what this was written in'\n", DropReason.SYNTAX_ERROR),
        ("deep.py", b"print(" + b"-" * 60_000 + b"1)", DropReason.SYNTAX_ERROR),
        ("chain.py", b"print(a" + b".a" * 25_000 + b")", DropReason.SYNTAX_ERROR),
        ("empty.py", b"", DropReason.TOO_SMALL),
        ("blank.py", b" \n\t\n" * 100, DropReason.TOO_SMALL),
        ("__init__.py", b'"""A package that holds nothing but this line."""\n', "too_small"),
        ("big.py", program(1).encode() + b"#" * 64 * 1024, DropReason.TOO_LARGE),
        ("bin.py", bytes(range(256)) * 20, DropReason.NOT_TEXT),
        ("nul.py", program(1).encode() + b"# \0\n", DropReason.NOT_TEXT),
        ("odd16.py", b"\xff\xfe" + program(1).encode("utf-16-le") + b"x", DropReason.NOT_TEXT),
        ("noise.cpp", random.Random(5).randbytes(3000).replace(b"\0", b"x"), "not_text"),
        (
            "the_same.py",
            program(0).replace("\n", "  \r\n").encode() + b"\n\n",
            DropReason.DUPLICATE,
        ),
    ],
)
def test_an_unusable_file_is_dropped_with_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    assert reason_of(tmp_path, name, data) == reason


def test_details_help(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(program(0))
    (tmp_path / "b.py").write_text(program(0))
    (tmp_path / "c.py").write_text(PYTHON + "for x in\n    pass  # over\n")
    (tmp_path / "d.java").write_text("class A {}")
    (tmp_path / "e.parquet").write_bytes(b"")
    _, drops = read(tmp_path)
    assert drops["b.py"].detail == "same as a.py"
    assert drops["c.py"].detail.startswith("line 3: ")
    assert drops["d.java"].detail == ".java"
    assert "name the file itself" in drops["e.parquet"].detail


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + 'print("größer", input(), input())\n'.encode(),
        'print("größer", input(), input())\n'.encode("utf-16"),
        'print("größer", input(), input())\n'.encode("utf-16-be"),
        'print("größer", input(), input())\n'.encode("utf-16-le"),
        'print("größer", input(), input())\n'.encode("utf-32"),
        'print("größer", input(), input())\n'.encode("latin-1"),
        'print("größer", input(), input())\r\n\x1a'.encode("cp1252"),
        '# -*- coding: cp437 -*-\nprint("größer", input(), input())\n'.encode("cp437"),
        '#!/usr/bin/python\n# coding: iso8859-9\nprint("größer", "ş")\n'.encode("iso8859-9"),
        '# coding: no-such-encoding\nprint("größer", input(), input())\n'.encode(),
        '# coding: ascii\nprint("größer", input(), input())\n'.encode("latin-1"),
    ],
)
def test_encodings_are_decoded(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.py").write_bytes(data)
    (seed,), drops = read(tmp_path)
    assert drops == {}
    assert "größer" in seed.code
    assert "ş" in seed.code or "iso8859-9" not in seed.code
    assert not set(seed.code) & set("\r\x1a\ufeff\0")


@pytest.mark.parametrize("name", ["zip", "hex", "rot13", "unicode_escape", "utf-7", "idna", "\xe9"])
def test_a_declared_codec_that_is_no_encoding_does_no_harm(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.py").write_bytes(f"# coding: {name}\n{PYTHON}".encode("latin-1"))
    (seed,), _ = read(tmp_path)
    assert PYTHON in seed.code


def test_warnings_of_a_seed_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('import re\nprint(re.findall("\\d+", input()), 1 is 1)\n')
    assert len(read(tmp_path)[0]) == 1


def test_hidden_and_generated_folders_count_once(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(PYTHON)
    for name in [".git", "node_modules", "sub/__pycache__"]:
        (tmp_path / name / "deep").mkdir(parents=True)
        for number in range(5):
            (tmp_path / name / "deep" / f"{number}.py").write_text(program(number))
    seeds, drops = read(tmp_path)
    assert [s.origin for s in seeds] == ["good.py"]
    assert set(drops) == {".git/", "node_modules/", "sub/__pycache__/"}
    assert {d.reason for d in drops.values()} == {DropReason.NOT_CODE}


def test_links_fifos_and_devices(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "linked.py").write_text(program(1))
    (folder / "good.py").write_text(program(0))
    (folder / "to_file.py").symlink_to(outside / "linked.py")
    (folder / "to_folder").symlink_to(outside)
    (folder / "up").symlink_to(folder)
    (folder / "self.py").symlink_to(folder / "self.py")
    (folder / "broken.py").symlink_to(folder / "nowhere")
    (folder / "zero.py").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.py")
    (folder / "folder.py").mkdir()
    seeds, drops = read(folder)
    assert {s.origin for s in seeds} == {"good.py", "to_file.py"}
    assert set(drops) == {"to_folder", "up", "self.py", "broken.py", "zero.py", "pipe.py"}
    assert {d.reason for d in drops.values()} == {DropReason.UNREADABLE}
    assert drops["pipe.py"].detail == "not a regular file"


def test_unreadable_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.py").write_text(PYTHON)
    (tmp_path / "locked.py").write_text(program(1))
    (tmp_path / "shut").mkdir()
    opened, listed = Path.open, os.scandir

    # Root may read everything, so permissions alone would not show it.
    def deny_open(self: Path, *args: Any) -> Any:
        if self.name == "locked.py":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args)

    def deny_list(path: Path) -> Any:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "open", deny_open)
    monkeypatch.setattr(os, "scandir", deny_list)
    seeds, drops = read(tmp_path)
    assert len(seeds) == 1
    assert {(d.id, d.reason, d.detail) for d in drops.values()} == {
        ("locked.py", DropReason.UNREADABLE, "Permission denied"),
        ("shut/", DropReason.UNREADABLE, "Permission denied"),
    }


def test_file_names_of_any_bytes_become_unicode(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(program(0))
    for name, code in [(b"caf\xe9.py", program(1)), (b"b\xff.txt", ""), (b"c.\xff", "")]:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(code)
    seeds, drops = read(tmp_path)
    assert {s.origin for s in seeds} == {"good.py", "caf\\udce9.py"}
    for text in [*drops, *(d.detail for d in drops.values())]:
        text.encode()


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.py").open("wb") as file:
        file.truncate(1 << 40)
    assert reason_of(tmp_path, "other.txt", b"") == DropReason.NOT_CODE
    assert read(tmp_path)[1]["huge.py"].reason == DropReason.TOO_LARGE


def test_size_limit_is_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PYTHON)
    (tmp_path / "b.py").write_text(PYTHON + "#" * 2000)
    assert len(read(tmp_path, max_kb=1)[0]) == 1
    assert len(read(tmp_path, max_kb=3)[0]) == 2


def test_many_files(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number}.py").write_text(program(number % 1500))
    seeds, drops = read(tmp_path)
    assert len(seeds) == 1500
    assert Counter(d.reason for d in drops.values()) == {DropReason.DUPLICATE: 500}


# order, identity, limit, digest


def test_names_do_not_matter_and_the_order_is_by_id(tmp_path: Path) -> None:
    for folder, order in [("x", range(50)), ("y", range(49, -1, -1))]:
        (tmp_path / folder).mkdir()
        for place, number in enumerate(order):
            (tmp_path / folder / f"{place}.py").write_text(program(number))
    one, two = read(tmp_path / "x")[0], read(tmp_path / "y")[0]
    assert [s.id for s in one] == sorted(s.id for s in one)
    assert [(s.id, s.code) for s in one] == [(s.id, s.code) for s in two]
    assert seeds_digest(one) == seeds_digest(two)


def test_only_white_space_leaves_the_digest_alone(tmp_path: Path) -> None:
    def digest(code: str) -> str:
        (tmp_path / "a.py").write_text(code, newline="")
        return seeds_digest(read(tmp_path)[0])

    code = PYTHON + "\nprint()\n"
    assert len(digest(code)) == 64
    assert digest(code) == digest(code.replace("\n", " \t\r\n") + "\r\n" * 5)
    assert digest(code) == digest("\n" + code.replace("\n\n", "\n\n\n\n"))
    assert digest(code) != digest(code + "# more\n")


@pytest.mark.parametrize("limit", [1, 7, 30, 100])
def test_a_limit_keeps_the_first_by_id(tmp_path: Path, limit: int) -> None:
    for number in range(60):
        (tmp_path / f"{number}.py").write_text(program(number))
    assert read(tmp_path, limit=limit)[0] == read(tmp_path)[0][:limit]


def test_a_limit_cuts_a_long_table_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"code": program(n)}) + "\n" for n in range(5000)))
    assert read(path, limit=20)[0] == read(path)[0][:20]


# one clear line


def test_a_single_code_file(tmp_path: Path) -> None:
    (tmp_path / "a.cpp").write_text(CPP)
    (seed,), _ = read(tmp_path / "a.cpp")
    assert (seed.origin, seed.language, seed.code) == ("a.cpp", "cpp", CPP)


def test_a_path_that_gives_no_seed_is_one_line(tmp_path: Path) -> None:
    assert "no seeds at" in message(tmp_path / "missing")
    assert "no seeds at" in message("~/surely/there/is/no/such/folder")
    assert "cannot read" in message("nul\0byte")
    assert "cannot read" in message("x" * 5000)
    assert "no seeds at" in message("two\nlines")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "is empty" in message(empty)
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.jsonl")
    for name in ["pipe", "pipe.jsonl"]:
        assert "need a folder" in message(tmp_path / name)
    assert "need a folder" in message("/dev/null")
    (tmp_path / "a.zip").write_bytes(b"PK")
    assert "need a folder" in message(tmp_path / "a.zip")
    (tmp_path / "bad.py").write_text("def f(:\n" * 10)
    assert "syntax_error" in message(tmp_path / "bad.py")


def test_nothing_usable_says_how_many_and_why(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.md").write_text("text")
    (tmp_path / "a.py").write_text("")
    text = message(tmp_path)
    assert "5 seen" in text and "4 of them not_code" in text and "0.md" in text


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary(max_size=60).map(lambda tail: b"# coding: " + tail + b"\n" + PYTHON.encode()),
    ),
    suffix=st.sampled_from([".py", ".cpp", ".jsonl", ".parquet"]),
)
def test_bytes_of_any_kind_raise_nothing_else(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    try:
        seeds, drops = read_seeds(str(path), SeedSettings())
    except InputError as error:
        assert "\n" not in str(error)
    else:
        for seed in seeds:
            seed.code.encode()
        for drop in drops:
            (drop.id + drop.detail).encode()
    (tmp_path / "b.py").write_text(PYTHON + "# another\n")
    assert read_seeds(str(tmp_path), SeedSettings())[0]
