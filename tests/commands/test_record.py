"""``synthsmith record`` and the replay teacher: a run played back gives the same dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import zstandard
from conftest import Command, one_line

RECIPE = """\
name = "small"
seed = 5
tasks = 3
[features]
evolve_rounds = 1
evolve_prompts = 2
[seeds]
limit = 12
[limits]
time_limit_s = 1.0
[solve]
candidates = 5
"""
LIVE = """
[[teachers]]
name = "master"
kind = "procedural"
skill = { right_hard = 0.9 }
weights = { formulate = 0 }
[[teachers]]
name = "apprentice"
kind = "procedural"
weight = 2.0
"""
REPLAY = """
[[teachers]]
name = "master"
kind = "replay"
cassette = "CASSETTE"
weights = { formulate = 0 }
[[teachers]]
name = "apprentice"
kind = "replay"
cassette = "CASSETTE"
weight = 2.0
"""


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return sorted(pq.read_table(out / f"{table}.parquet").to_pylist(), key=repr)


def replay_recipe(folder: Path, cassette: Path, change: tuple[str, str] = ("", "")) -> Path:
    path = folder / "replay.toml"
    path.write_text((RECIPE + REPLAY.replace("CASSETTE", str(cassette))).replace(*change), "utf-8")
    return path


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished run in ``out``."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "live.toml").write_text(RECIPE + LIVE, "utf-8")
    return folder


@pytest.fixture
def cassette(recorded: Path, synthsmith: Command) -> Path:
    path = recorded / "cassette.jsonl.zst"
    if not path.exists():
        result = synthsmith("run", recorded / "live.toml", "--out", recorded / "out")
        assert result.returncode == 0, result.stderr
        result = synthsmith("record", recorded / "out", "-o", path)
        assert result.returncode == 0, result.stderr
        assert result.stdout.splitlines()[-1] == str(path)
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_a_replayed_run_gives_the_same_rows(
    recorded: Path, cassette: Path, synthsmith: Command, tmp_path: Path, packed: bool
) -> None:
    if not packed:
        cassette = tmp_path / "plain.jsonl"
        assert synthsmith("record", recorded / "out", "-o", cassette).returncode == 0
    result = synthsmith("run", replay_recipe(tmp_path, cassette), "--out", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    for table in ("verified", "dropped", "features"):
        assert rows(tmp_path / "out", table) == rows(recorded / "out", table)
    assert {row["golden"]["teacher"] for row in rows(tmp_path / "out", "verified")}


def test_a_replay_can_be_recorded_again(
    cassette: Path, synthsmith: Command, tmp_path: Path
) -> None:
    recipe = replay_recipe(tmp_path, cassette)
    assert synthsmith("run", recipe, "--out", tmp_path / "out").returncode == 0
    again = tmp_path / "again.jsonl.zst"
    assert synthsmith("record", tmp_path / "out", "-o", again).returncode == 0
    unpack = zstandard.ZstdDecompressor().decompressobj
    before, after = (unpack().decompress(p.read_bytes()) for p in (cassette, again))
    assert before.splitlines()[1:] == after.splitlines()[1:]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("seed = 5", "seed = 6"), "prompt of teacher"),
        (("candidates = 5", "candidates = 6"), "a solve prompt of teacher"),
        (('name = "master"', 'name = "sage"'), "which has master, apprentice"),
    ],
)
def test_what_was_not_recorded_is_one_line(
    cassette: Path, synthsmith: Command, tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    result = synthsmith("run", replay_recipe(tmp_path, cassette, change), "--out", tmp_path / "out")
    assert said in one_line(result)


def test_a_spoilt_cassette_is_one_line(cassette: Path, synthsmith: Command, tmp_path: Path) -> None:
    whole = cassette.read_bytes()
    plain = zstandard.ZstdDecompressor().decompressobj().decompress(whole)
    spoilt = {
        "cut.jsonl.zst": whole[: len(whole) // 2],
        "flipped.jsonl.zst": whole[:-9] + bytes([whole[-9] ^ 255]) + whole[-8:],
        "other.jsonl.zst": b"not zstd at all",
        "empty.jsonl": b"",
        "lines.jsonl": b'{"question": 1}\n',
        "short.jsonl": b"\n".join(plain.splitlines()[:-1]) + b"\n",
        "torn.jsonl": plain[:-20],
        "newer.jsonl": plain.replace(b'"cassette":1', b'"cassette":2', 1),
    }
    for name, content in spoilt.items():
        path = tmp_path / name
        path.write_bytes(content)
        recipe = replay_recipe(tmp_path, path)
        result = synthsmith("run", recipe, "--out", tmp_path / "out")
        assert str(path) in one_line(result)
    result = synthsmith("run", replay_recipe(tmp_path, tmp_path / "none.jsonl"))
    assert "none.jsonl" in one_line(result)


def test_only_a_run_can_be_recorded(recorded: Path, synthsmith: Command, tmp_path: Path) -> None:
    result = synthsmith("record", tmp_path / "nowhere", "-o", tmp_path / "c.jsonl")
    assert "not a run folder" in one_line(result)
    (tmp_path / "file").touch()
    result = synthsmith("record", recorded / "out", "-o", tmp_path / "file" / "c.jsonl")
    assert "cannot write" in one_line(result)
