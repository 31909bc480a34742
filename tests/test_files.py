"""Files that are whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthsmith.errors import InputError
from synthsmith.files import replaced


def test_a_replaced_file_is_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    with replaced(path) as temporary:
        temporary.write_bytes(b"old")
    with pytest.raises(KeyError), replaced(path) as temporary:
        temporary.write_bytes(b"new")
        raise KeyError
    assert path.read_bytes() == b"old"
    with replaced(path) as temporary:
        temporary.write_bytes(b"new")
        assert path.read_bytes() == b"old"
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("taken", ["file", "file/deep", "folder"])
def test_a_place_that_refuses_is_one_clear_error(tmp_path: Path, taken: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "x").mkdir(parents=True)
    path = tmp_path / "folder" if taken == "folder" else tmp_path / taken / "x"
    with pytest.raises(InputError, match=f"cannot write {path}: "), replaced(path) as temporary:
        temporary.write_bytes(b"new")
    assert {entry.name for entry in tmp_path.iterdir()} == {"file", "folder"}
