"""The ledger as its callers see it: bodies come back, are kept once, and are durable when said."""

import asyncio
import errno
import os
import resource
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthsmith.errors import InputError
from synthsmith.store import Ledger, index

KINDS = ("completion", "execution", "outcome")
ENTRIES = st.dictionaries(
    st.tuples(st.sampled_from(KINDS), st.text(max_size=8)),
    st.tuples(
        st.binary(max_size=200),
        st.dictionaries(st.sampled_from(["tokens", "cpu_ms"]), st.integers(0, 1000).map(float)),
    ),
    max_size=12,
)


@pytest.fixture(params=["WAL", "DELETE"])
def journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both journal modes: a local disk's, and a network file system's."""
    monkeypatch.setattr(index, "on_network", lambda path: request.param == "DELETE")
    return str(request.param)


def committed(folder: Path) -> dict[tuple[str, str], int]:
    """What another process would find: kind and key of every committed body, and its size."""
    uri = f"{(folder / 'ledger.sqlite').as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        rows = connection.execute("SELECT kind, key, size FROM bodies").fetchall()
    return {(kind, key): size for kind, key, size in rows}


@settings(max_examples=25, deadline=None)
@given(batches=st.lists(ENTRIES, max_size=3), roll=st.sampled_from([1, 300, 1 << 30]))
def test_everything_put_comes_back_before_and_after_commit_and_reopening(
    batches: list[dict[tuple[str, str], tuple[bytes, dict[str, float]]]], roll: int
) -> None:
    class Rolling(Ledger):
        PACK_BYTES = roll

    kept: dict[tuple[str, str], bytes] = {}
    paid: dict[tuple[str, str], float] = {}
    with tempfile.TemporaryDirectory() as name:
        for batch in batches:
            with closing(Rolling(Path(name))) as ledger:
                assert ledger.messages == []
                for (kind, key), (body, cost) in batch.items():
                    assert ledger.get(kind, key) == kept.get((kind, key))
                    ledger.put(kind, key, body, cost=cost)
                    if (kind, key) not in kept:
                        kept[kind, key] = body
                        for unit, amount in cost.items():
                            paid[kind, unit] = paid.get((kind, unit), 0.0) + amount
                    assert ledger.get(kind, key) == kept[kind, key]
                ledger.flush()
                for (kind, key), body in kept.items():
                    assert ledger.get(kind, key) == body
        with closing(Rolling(Path(name))) as ledger:
            assert all(ledger.get(*place) == body for place, body in kept.items())
            totals = ledger.totals()
    for kind in KINDS:
        mine = [body for (one, _), body in kept.items() if one == kind]
        cost = {unit: amount for (one, unit), amount in paid.items() if one == kind}
        if mine:
            assert (totals[kind].bodies, totals[kind].bytes) == (len(mine), sum(map(len, mine)))
            assert totals[kind].cost == cost


def test_both_journal_modes_keep_and_give_back(tmp_path: Path, journal: str) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        for number in range(50):
            ledger.put("completion", str(number), b"body %d" % number)
            if number % 10 == 0:
                ledger.flush()
            assert ledger.get("completion", str(number)) == b"body %d" % number
        with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == (journal.lower(),)
    with closing(Ledger(tmp_path)) as ledger:
        found = ledger.get_many("completion", [*map(str, range(50)), "none"])
    assert found == [*(b"body %d" % number for number in range(50)), None]


def test_kinds_are_apart_and_unknown_keys_are_none(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        ledger.put("completion", "k", b"c")
        ledger.put("outcome", "k", b"o")
        ledger.flush()
        assert ledger.get("completion", "k") == b"c"
        assert ledger.get("outcome", "k") == b"o"
        assert ledger.get("execution", "k") is None


@pytest.mark.parametrize("commit_between", [False, True])
def test_the_first_body_of_a_key_stays_and_is_paid_once(
    tmp_path: Path, commit_between: bool
) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        ledger.put("completion", "k", b"first", cost={"tokens": 5})
        if commit_between:
            ledger.flush()
        ledger.put("completion", "k", b"second", cost={"tokens": 7})
        assert ledger.get("completion", "k") == b"first"
        total = ledger.totals()["completion"]
        assert (total.bodies, total.cost) == (1, {"tokens": 5})
        assert ledger.get("completion", "k") == b"first"


def test_attempts_are_counted_beyond_bodies(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(Ledger(tmp_path)) as ledger:
            ledger.attempt("completion", "lost")
            ledger.attempt("execution", "other")
    with closing(Ledger(tmp_path)) as ledger:
        ledger.attempt("completion", "kept")
        ledger.put("completion", "kept", b"x")
        totals = ledger.totals()
    assert (totals["completion"].attempts, totals["completion"].repeated) == (3, 1)
    assert totals["completion"].bodies == 1
    assert (totals["execution"].attempts, totals["execution"].bodies) == (2, 0)


async def test_commit_makes_durable_and_many_may_wait_for_it(tmp_path: Path) -> None:
    async with Ledger(tmp_path) as ledger:

        async def one(number: int) -> None:
            ledger.put("execution", str(number), b"x" * number)
            await ledger.commit()
            assert committed(tmp_path)["execution", str(number)] == number

        await asyncio.gather(*map(one, range(40)))


async def test_the_background_commits_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "INTERVAL_S", 0.01)
    async with Ledger(tmp_path) as ledger:
        ledger.put("outcome", "k", b"x")
        end = time.monotonic() + 20
        while not committed(tmp_path):
            assert time.monotonic() < end
            await asyncio.sleep(0.01)


async def test_much_is_committed_before_the_second_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "INTERVAL_S", 3600.0)
    monkeypatch.setattr(Ledger, "EARLY_BYTES", 10_000)
    async with Ledger(tmp_path) as ledger:
        for number in range(3):
            ledger.put("outcome", str(number), os.urandom(6_000))
        end = time.monotonic() + 20
        while not committed(tmp_path):
            assert time.monotonic() < end
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("steps", range(6))
async def test_leaving_at_the_moment_of_an_early_commit_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    monkeypatch.setattr(Ledger, "EARLY_BYTES", 100)

    async def leave() -> None:
        async with Ledger(tmp_path) as ledger:
            await asyncio.sleep(0.01)
            ledger.put("outcome", "k", b"x" * 200)
            for _ in range(steps):
                await asyncio.sleep(0)

    done, _ = await asyncio.wait({asyncio.create_task(leave())}, timeout=20)
    assert done
    assert committed(tmp_path) == {("outcome", "k"): 200}


def test_a_writer_that_never_waits_cannot_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "MOST_BYTES", 50_000)
    with closing(Ledger(tmp_path)) as ledger:
        for number in range(100):
            ledger.put("completion", str(number), os.urandom(1_000))
            ledger.attempt("completion", str(number))
            assert len(committed(tmp_path)) >= number - 50


async def test_reads_go_on_while_the_disk_is_slow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        ledger.put("completion", "old", b"old")
    release, syncing = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(fd: int) -> None:
        loop.call_soon_threadsafe(syncing.set)
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result(20)

    async with Ledger(tmp_path) as ledger:
        monkeypatch.setattr(os, "fdatasync", slow)
        ledger.put("completion", "new", b"new")
        commit = asyncio.create_task(ledger.commit())
        await syncing.wait()
        assert ledger.get("completion", "old") == b"old"
        assert ledger.get("completion", "new") == b"new"
        ledger.put("completion", "newer", b"newer")
        assert ledger.get("completion", "newer") == b"newer"
        assert not commit.done()
        release.set()
        await commit
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.get_many("completion", ["new", "newer"]) == [b"new", b"newer"]


# ---- what a disk can do


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def index_full(*_: object) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


FAILURES = {
    "fsync": (os, "fdatasync", no_space),
    "write": (os, "write", no_space),
    "index": (index.Index, "record", index_full),
}


@pytest.mark.parametrize("where", FAILURES)
def test_a_full_disk_harms_nothing_and_the_next_commit_makes_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        ledger.put("completion", "before", b"before")
        ledger.flush()
        with monkeypatch.context() as patch:
            patch.setattr(*FAILURES[where])
            ledger.put("completion", "k", b"body", cost={"tokens": 1})
            ledger.attempt("completion", "k")
            for _ in range(3):
                with pytest.raises(InputError, match=r"cannot write .*[Nn]o space left.*free some"):
                    ledger.flush()
            with pytest.raises(InputError, match=r"[Nn]o space left"):
                ledger.put("completion", "next", b"next")
            with pytest.raises(InputError, match=r"[Nn]o space left"):
                ledger.attempt("completion", "next")
            assert ledger.get_many("completion", ["before", "k"]) == [b"before", b"body"]
        ledger.flush()
        ledger.put("completion", "after", b"after")
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.messages == []
        found = ledger.get_many("completion", ["before", "k", "next", "after"])
        assert found == [b"before", b"body", None, b"after"]
        total = ledger.totals()["completion"]
        assert (total.bodies, total.attempts, total.cost) == (3, 1, {"tokens": 1})


@pytest.mark.parametrize("where", FAILURES)
async def test_a_failure_in_the_background_reaches_the_next_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(Ledger, "INTERVAL_S", 0.01)
    end = time.monotonic() + 20
    with pytest.raises(InputError, match=r"[Nn]o space left"):
        async with Ledger(tmp_path) as ledger:
            ledger.put("completion", "0", b"kept")
            await ledger.commit()
            monkeypatch.setattr(*FAILURES[where])
            for number in range(1, 1_000_000):
                assert time.monotonic() < end
                ledger.put("completion", str(number), b"lost")
                await asyncio.sleep(0.01)
    monkeypatch.undo()
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.get_many("completion", ["0", "1"]) == [b"kept", None]


async def test_the_last_commit_of_a_run_does_not_fail_silently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="No space left"):
        async with Ledger(tmp_path) as ledger:
            ledger.put("completion", "k", b"x")
            monkeypatch.setattr(*FAILURES["write"])


async def test_an_error_of_the_run_is_not_hidden_by_one_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyError):
        async with Ledger(tmp_path) as ledger:
            ledger.put("completion", "k", b"x")
            monkeypatch.setattr(*FAILURES["write"])
            raise KeyError("the run's own")


def test_a_failed_roll_to_the_next_pack_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "PACK_BYTES", 400)
    real, calls = os.fdatasync, 0

    def third_fails(fd: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            no_space()
        real(fd)

    keys = [str(number) for number in range(30)]
    with closing(Ledger(tmp_path)) as ledger:
        for key in keys:
            ledger.put("outcome", key, os.urandom(100))
        monkeypatch.setattr(os, "fdatasync", third_fails)
        with pytest.raises(InputError):
            ledger.flush()
        before = ledger.get_many("outcome", keys)
    assert len(list((tmp_path / "packs").iterdir())) > 3
    with closing(Ledger(tmp_path)) as ledger:
        assert ledger.messages == []
        assert ledger.get_many("outcome", keys) == before


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_size_limit_is_one_line_and_loses_nothing_committed(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path)) as ledger:
        done = 0
        with file_size_limit(200_000), pytest.raises(InputError, match="cannot write"):
            for number in range(1000):
                ledger.put("completion", str(number), os.urandom(3_000))
                ledger.flush()
                done += 1
        assert done > 5
        assert len(committed(tmp_path)) == done
    with closing(Ledger(tmp_path)) as ledger:
        assert all(ledger.get_many("completion", map(str, range(done + 1))))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KB, where we may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    done = 0
    with pytest.raises(InputError, match=r"[Nn]o space left") as caught:
        ledger = Ledger(small_disk)
        for number in range(1000):
            ledger.put("completion", str(number), os.urandom(3_000))
            ledger.flush()
            done += 1
    assert "\n" not in str(caught.value)
    with pytest.raises(InputError, match=r"[Nn]o space left"):
        ledger.close()
    assert done > 5
    subprocess.run(["mount", "-o", "remount,size=2m", str(small_disk)], check=True)
    with closing(Ledger(small_disk)) as ledger:
        assert all(ledger.get_many("completion", map(str, range(done))))
        ledger.put("completion", "more", b"more")
