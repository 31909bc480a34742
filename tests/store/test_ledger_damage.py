"""Opening a ledger that a kill, a tear, a bad disk or a person has been at."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from synthsmith.errors import InputError
from synthsmith.store import Ledger, recovery

COUNT = 12


def body(number: int) -> bytes:
    """About 60 bytes that do not compress."""
    return random.Random(number).randbytes(60)


def fill(folder: Path, start: int = 0, stop: int = COUNT) -> None:
    with closing(Ledger(folder)) as ledger:
        for number in range(start, stop):
            ledger.attempt("completion", str(number))
            ledger.put("completion", str(number), body(number), cost={"tokens": 1.0})


def whole(ledger: Ledger, stop: int = COUNT) -> bool:
    keys = [str(number) for number in range(stop)]
    return ledger.get_many("completion", keys) == [body(number) for number in range(stop)]


def places(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Key to pack, offset and length of its frame."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        rows = connection.execute('SELECT key, pack, "offset", length FROM bodies').fetchall()
    return {key: (pack, offset, length) for key, pack, offset, length in rows}


@pytest.fixture
def ahead(tmp_path: Path) -> tuple[Path, int, bytes]:
    """A folder, the bytes of its only pack its index knows, and a pack one frame ahead of it."""
    fill(tmp_path)
    size = (tmp_path / "packs" / "00000.pack").stat().st_size
    shutil.copytree(tmp_path, tmp_path / "later")
    fill(tmp_path / "later", COUNT, COUNT + 1)
    longer = (tmp_path / "later" / "packs" / "00000.pack").read_bytes()
    shutil.rmtree(tmp_path / "later")
    return tmp_path, size, longer


def test_a_tail_of_any_length_is_cut_with_a_warning(ahead: tuple[Path, int, bytes]) -> None:
    folder, known, longer = ahead
    pack = folder / "packs" / "00000.pack"
    for length in range(known, len(longer) + 1):
        pack.write_bytes(longer[:length])
        with closing(Ledger(folder)) as ledger:
            tail = length - known
            assert [f"cut {tail} uncommitted bytes" in line for line in ledger.messages] == [
                True
            ] * (tail > 0)
            assert whole(ledger)
            assert ledger.get("completion", str(COUNT)) is None
        assert pack.stat().st_size == known
    fill(folder, COUNT, COUNT + 1)
    with closing(Ledger(folder)) as ledger:
        assert whole(ledger, COUNT + 1)


def test_a_lost_index_is_rebuilt_whatever_the_length_of_the_tail(
    ahead: tuple[Path, int, bytes],
) -> None:
    folder, known, longer = ahead
    for length in range(known, len(longer) + 1):
        (folder / "packs" / "00000.pack").write_bytes(longer[:length])
        (folder / "ledger.sqlite").unlink()
        with closing(Ledger(folder)) as ledger:
            complete = length == len(longer)
            torn = known < length < len(longer)
            assert "rebuilt it from the packs" in ledger.messages[0]
            assert ["torn bytes" in line for line in ledger.messages[1:]] == [True] * torn
            assert whole(ledger, COUNT + complete)
            assert ledger.totals()["completion"].bodies == COUNT + complete


def test_a_pack_that_was_begun_but_never_committed_goes(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "packs" / "00001.pack").write_bytes(b"half a frame")
    with closing(Ledger(tmp_path)) as ledger:
        assert "12 uncommitted bytes off packs/00001.pack" in ledger.messages[0]
        assert whole(ledger)
    assert not (tmp_path / "packs" / "00001.pack").exists()


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << random.Random(at).randrange(8)
    path.write_bytes(data)


def test_a_flipped_bit_is_found_on_opening_with_file_and_offset(tmp_path: Path) -> None:
    fill(tmp_path)
    pack = tmp_path / "packs" / "00000.pack"
    frames = sorted(offset for _, offset, _ in places(tmp_path).values())
    for at in random.Random(1).sample(range(pack.stat().st_size), 120):
        flip(pack, at)
        start = max(offset for offset in frames if offset <= at)
        with pytest.raises(
            InputError, match=rf"^packs/00000\.pack at offset {start} is damaged: .*; restore "
        ):
            Ledger(tmp_path)
        flip(pack, at)
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.messages == []
        assert whole(ledger)


def test_in_big_packs_damage_is_found_by_whoever_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path)
    monkeypatch.setattr(recovery, "READ_ALL_BYTES", 0)
    _, offset, length = places(tmp_path)["7"]
    flip(tmp_path / "packs" / "00000.pack", offset + length - 1)
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.get("completion", "6") == body(6)
        assert ledger.get("completion", "8") == body(8)
        with pytest.raises(InputError, match=rf"packs/00000\.pack at offset {offset} is damaged"):
            ledger.get("completion", "7")


@pytest.mark.parametrize("read_all", [0, 1 << 30])
@pytest.mark.parametrize("missing", [1, 60, "all"])
def test_a_pack_shorter_than_committed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int | str, read_all: int
) -> None:
    monkeypatch.setattr(recovery, "READ_ALL_BYTES", read_all)
    fill(tmp_path)
    pack = tmp_path / "packs" / "00000.pack"
    size = 0 if missing == "all" else pack.stat().st_size - int(missing)
    os.truncate(pack, size)
    with pytest.raises(InputError, match=rf"packs/00000\.pack at offset {size} is damaged"):
        Ledger(tmp_path)
    assert pack.stat().st_size == size


@pytest.mark.parametrize("read_all", [0, 1 << 30])
def test_a_missing_pack_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_all: int
) -> None:
    monkeypatch.setattr(recovery, "READ_ALL_BYTES", read_all)
    monkeypatch.setattr(Ledger, "PACK_BYTES", 300)
    fill(tmp_path)
    (tmp_path / "packs" / "00001.pack").unlink()
    with pytest.raises(InputError, match=r"packs/00001\.pack at offset 0 .* missing"):
        Ledger(tmp_path)


@pytest.mark.parametrize("zeros", [False, True])
def test_a_lost_index_over_damaged_packs_is_not_rebuilt_around_the_damage(
    tmp_path: Path, zeros: bool
) -> None:
    fill(tmp_path)
    pack, (_, offset, length) = tmp_path / "packs" / "00000.pack", places(tmp_path)["4"]
    if zeros:
        data = pack.read_bytes()
        pack.write_bytes(data[:offset] + bytes(length) + data[offset + length :])
    else:
        flip(pack, offset + 30)
    (tmp_path / "ledger.sqlite").unlink()
    for _ in range(2):  # the first try leaves nothing behind that the second would trust
        with pytest.raises(InputError, match=rf"packs/00000\.pack at offset {offset} is damaged"):
            Ledger(tmp_path)


def test_a_rebuilt_index_gives_the_same_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "PACK_BYTES", 500)
    monkeypatch.setattr(recovery, "_REBUILD_BATCH", 2)
    fill(tmp_path)
    with closing(Ledger(tmp_path)) as ledger:
        totals, before = ledger.totals(), places(tmp_path)
    assert len({pack for pack, _, _ in before.values()}) > 1
    for lose in (Path.unlink, lambda path: os.truncate(path, 0)):
        lose(tmp_path / "ledger.sqlite")
        with closing(Ledger(tmp_path)) as ledger:
            assert whole(ledger)
            assert ledger.totals() == totals
        assert places(tmp_path) == before
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.messages == []


def overwrite(start: int) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[:start] + b"\xa5" * (len(data) - start))

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        overwrite(0),
        overwrite(100),
        overwrite(5000),
        lambda path: os.truncate(path, 4096),
        lambda path: path.write_text("not a database"),
    ],
    ids=["all", "header", "pages", "cut", "text"],
)
def test_a_damaged_index_says_to_delete_it_and_that_helps(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    fill(tmp_path, 0, 200)
    damage(tmp_path / "ledger.sqlite")
    with pytest.raises(InputError, match=r"ledger\.sqlite .*delete ledger\.sqlite\* .*rebuilt"):
        Ledger(tmp_path)
    for file in tmp_path.glob("ledger.sqlite*"):
        file.unlink()
    with closing(Ledger(tmp_path)) as ledger:
        assert whole(ledger, 200)


@pytest.mark.parametrize(
    "change",
    [
        'UPDATE bodies SET "offset" = "offset" + 1 WHERE key = \'3\'',
        "DELETE FROM bodies WHERE key = '3'",
        "UPDATE bodies SET key = 'x' WHERE key = '3'",
        "UPDATE packs SET bodies = bodies + 1",
    ],
)
def test_an_index_that_does_not_fit_its_packs_is_refused(tmp_path: Path, change: str) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute(change)
        connection.commit()
    with pytest.raises(InputError, match=r"delete ledger\.sqlite\*"):
        Ledger(tmp_path)


def test_a_misplaced_body_is_never_given_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "READ_ALL_BYTES", 0)
    fill(tmp_path)
    _, offset, length = places(tmp_path)["3"]
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute(
            "UPDATE bodies SET \"offset\" = ?, length = ? WHERE key = '4'", (offset, length)
        )
        connection.commit()
    with closing(Ledger(tmp_path)) as ledger, pytest.raises(InputError, match="another body"):
        ledger.get("completion", "4")


def test_an_old_copy_of_the_index_does_not_cut_what_was_paid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, 0, 3)
    shutil.copy(tmp_path / "ledger.sqlite", tmp_path / "old.sqlite")
    fill(tmp_path, 3)
    (tmp_path / "old.sqlite").replace(tmp_path / "ledger.sqlite")
    monkeypatch.setattr(recovery, "MOST_UNCOMMITTED_BYTES", 100)
    with pytest.raises(InputError, match=r"older than the packs .*delete ledger\.sqlite\*"):
        Ledger(tmp_path)
    (tmp_path / "ledger.sqlite").unlink()
    with closing(Ledger(tmp_path)) as ledger:
        assert whole(ledger)


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 9")
    with pytest.raises(InputError, match="version 9"):
        Ledger(tmp_path)
