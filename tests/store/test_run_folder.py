"""The run folder: made, resumed, and refused with one clear line."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from synthsmith.errors import InputError
from synthsmith.recipe import JudgeSettings, Recipe, VerifySettings, load_recipe
from synthsmith.records import Seed
from synthsmith.store import RunFolder
from synthsmith.store.locks import on_network

RECIPE = Recipe(name="small")


def changed(**keys: object) -> Recipe:
    return msgspec.structs.replace(RECIPE, **keys)


def refused(path: Path, recipe: Recipe = RECIPE, seeds: str = "s1") -> str:
    """The one line that opening is refused with."""
    with pytest.raises(InputError) as caught:
        RunFolder.open(path, recipe, seeds).close()
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return str(caught.value)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run that was begun, and left with a body in its ledger."""
    path = tmp_path / "runs" / "small"
    with contextlib.closing(RunFolder.open(path, RECIPE, "s1")) as folder:
        folder.ledger.put("completion", "k", b"paid")
    return path


async def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "runs" / "small"
    async with RunFolder.open(path, RECIPE, "s1") as folder:
        assert (folder.path, folder.recipe, folder.messages) == (path, RECIPE, [])
        folder.ledger.put("completion", "k", b"paid")
        seeds = [Seed(id="a", language="cpp", code="int main(){}", origin="a.cpp")]
        assert folder.write_table("seeds", seeds, Seed) == path / "seeds.parquet"
    async with RunFolder.open(path, RECIPE, "s1") as folder:
        assert folder.ledger.get("completion", "k") == b"paid"
        assert list(folder.read_table("seeds", Seed)) == seeds
        assert folder.messages == []
    assert load_recipe(path / "recipe.toml") == RECIPE


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (changed(seed=2), ["seed (was 1, now 2)"]),
        (changed(tasks=RECIPE.tasks - 1), ["tasks (was 100, now 99)"]),
        (
            changed(verify=VerifySettings(min_tests=9, min_support=3)),
            ["verify.min_tests (was 8, now 9)", "verify.min_support (was 2, now 3)"],
        ),
        (changed(styles={"atcoder": 1.0}), ["styles.leetcode (was 1.0, now 'absent')"]),
    ],
    ids=["seed", "fewer tasks", "two keys", "a key that goes"],
)
def test_a_changed_recipe_is_refused_by_key_name(
    run: Path, recipe: Recipe, words: list[str]
) -> None:
    before = (run / "recipe.toml").read_bytes()
    line = refused(run, recipe)
    assert all(word in line for word in words)
    assert "--out" in line
    assert (run / "recipe.toml").read_bytes() == before
    RunFolder.open(run, RECIPE, "s1").close()


def test_changed_seeds_are_refused_by_name(run: Path) -> None:
    assert "seeds (their contents) changed" in refused(run, seeds="s2")


@pytest.mark.parametrize(
    "recipe", [changed(tasks=500), changed(concurrency=3), changed(judge=JudgeSettings(workers=1))]
)
def test_what_cannot_alter_results_may_change_and_is_recorded(run: Path, recipe: Recipe) -> None:
    with contextlib.closing(RunFolder.open(run, recipe, "s1")) as folder:
        assert folder.ledger.get("completion", "k") == b"paid"
    assert load_recipe(run / "recipe.toml") == recipe


def test_a_grown_run_does_not_shrink_again(run: Path) -> None:
    RunFolder.open(run, changed(tasks=500), "s1").close()
    assert "tasks (was 500, now 100)" in refused(run)


def test_changed_prompts_are_told_once(run: Path) -> None:
    for expected in (1, 0):
        folder = RunFolder.open(run, RECIPE, "s1", prompt_digest="new")
        folder.close()
        assert len(folder.messages) == expected
        assert all("prompts changed" in line for line in folder.messages)


def test_a_lost_recipe_is_written_again_if_it_is_the_same(run: Path) -> None:
    (run / "recipe.toml").unlink()
    assert "the recipe" in refused(run, changed(seed=2))
    RunFolder.open(run, RECIPE, "s1").close()
    assert load_recipe(run / "recipe.toml") == RECIPE


@pytest.mark.parametrize("name", ["notes.txt", "recipe.toml", "ledger.sqlite", ".git"])
def test_a_folder_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / "mine"
    path.mkdir()
    (path / name).write_text("mine")
    assert f"is not a run folder (it holds {name}" in refused(path)
    assert [(entry.name, entry.read_text()) for entry in path.iterdir()] == [(name, "mine")]


@pytest.mark.parametrize("text", ["", "{}", '{"name": "an npm package"}', "\x00\xff"])
def test_a_foreign_run_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    assert "not a run folder of ours" in refused(tmp_path)


def test_a_run_of_another_schema_is_refused(run: Path) -> None:
    mark = msgspec.json.decode((run / "run.json").read_bytes())
    (run / "run.json").write_bytes(msgspec.json.encode(mark | {"schema_version": 99}))
    assert "schema version 99" in refused(run)


def test_an_unreadable_recipe_of_the_run_is_one_line(run: Path) -> None:
    (run / "recipe.toml").write_text("name = ")
    assert "not valid TOML" in refused(run)


def test_an_empty_folder_and_what_a_first_moment_leaves_are_taken(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("")
    (tmp_path / "run.json.tmp").write_text("half")
    RunFolder.open(tmp_path, RECIPE, "s1").close()
    assert load_recipe(tmp_path / "recipe.toml") == RECIPE


@pytest.mark.parametrize("below", [False, True])
def test_a_file_is_not_a_folder(tmp_path: Path, below: bool) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    assert "a file is in the way" in refused(file / "run" if below else file)
    assert file.read_text() == "mine"


def test_a_second_opener_is_locked_out_until_the_first_closes(run: Path) -> None:
    folder = RunFolder.open(run, RECIPE, "s1")
    assert f"in use by another run (process {os.getpid()})" in refused(run)
    folder.ledger.put("completion", "more", b"more")
    folder.close()
    folder.close()
    RunFolder.open(run, RECIPE, "s1").close()


def test_a_refused_opening_leaves_no_lock(run: Path) -> None:
    refused(run, seeds="s2")
    (run / "packs" / "00000.pack").unlink()
    assert "damaged" in refused_damage(run)
    assert "damaged" in refused_damage(run)


def refused_damage(run: Path) -> str:
    with pytest.raises(InputError) as caught:
        RunFolder.open(run, RECIPE, "s1")
    return str(caught.value)


LEAVES_A_CHILD = """
import os, signal, sys, time
from pathlib import Path
from synthsmith.recipe import Recipe
from synthsmith.store import RunFolder
folder = RunFolder.open(Path(sys.argv[1]), Recipe(name="small"), "s1")
child = os.fork()
if child == 0:
    time.sleep(60)
    os._exit(0)
print(child, flush=True)
time.sleep(60)
"""


def test_another_process_holds_the_lock_and_its_orphans_do_not(run: Path) -> None:
    command = [sys.executable, "-c", LEAVES_A_CHILD, str(run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        child = int(holder.stdout.readline())
        try:
            assert f"process {holder.pid}" in refused(run)
            holder.kill()
            holder.wait()
            end = time.monotonic() + 20
            while True:  # the child drops its copy of the lock once it runs
                try:
                    RunFolder.open(run, RECIPE, "s1").close()
                    break
                except InputError:
                    assert time.monotonic() < end
                    time.sleep(0.05)
            os.kill(child, 0)
        finally:
            os.kill(child, signal.SIGKILL)
            holder.kill()


# ---- disks


def mounted(path: Path, *options: str) -> bool:
    """Whether we could mount a small disk at ``path``."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", str(path)]
    return not os.geteuid() and not subprocess.run(command, capture_output=True).returncode


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a tmpfs with the given options."""
    path = tmp_path / "disk"
    path.mkdir()

    def mount(*options: str) -> Path:
        if not mounted(path, *options):
            pytest.skip("needs the right to mount")
        return path

    yield mount
    subprocess.run(["umount", "-l", str(path)], capture_output=True)


def test_a_read_only_disk(disk: Callable[..., Path]) -> None:
    path = disk("ro")
    line = refused(path / "run")
    assert "Read-only file system; choose a place that can be written" in line


def test_a_run_on_a_disk_that_became_read_only(disk: Callable[..., Path]) -> None:
    path = disk("size=2m")
    RunFolder.open(path / "run", RECIPE, "s1").close()
    subprocess.run(["mount", "-o", "remount,ro", str(path)], check=True)
    assert "Read-only file system" in refused(path / "run")


def test_a_folder_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "closed"
    path.mkdir(0o555)
    if not os.geteuid():
        pytest.skip("root may write anywhere")
    assert "Permission denied; name a writable folder with --out" in refused(path / "run")


def test_a_full_disk_from_the_start(disk: Callable[..., Path]) -> None:
    path = disk("size=64k")
    (path / "ballast").write_bytes(bytes(64 << 10))
    assert "o space left" in refused(path / "run")
    (path / "ballast").unlink()


def test_a_table_on_a_full_disk_leaves_the_old_one(disk: Callable[..., Path]) -> None:
    path = disk("size=1m") / "run"
    with contextlib.closing(RunFolder.open(path, RECIPE, "s1")) as folder:
        rows = [Seed(id="a", language="cpp", code="x", origin="a.cpp")]
        folder.write_table("seeds", rows, Seed)
        noise = (
            Seed(id=str(i), language="cpp", code=os.urandom(9_000).hex(), origin="a.cpp")
            for i in range(1000)
        )
        with pytest.raises(InputError, match=r"cannot write .*seeds\.parquet: No space left"):
            folder.write_table("seeds", noise, Seed)
        assert list(folder.read_table("seeds", Seed)) == rows


def test_network_file_systems_are_told_by_the_mount_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = (
        "22 1 0:1 / / rw - ext4 /dev/vda rw\n"
        "23 22 0:2 / /data rw shared:1 - nfs4 server:/data rw\n"
        "24 23 0:3 / /data/scratch\\040disk rw - xfs /dev/vdb rw\n"
        "25 22 0:4 / /twice rw - ext4 /dev/vdc rw\n"
        "26 22 0:5 / /twice rw - cifs //server/x rw\n"
    )
    monkeypatch.setattr(Path, "read_text", lambda *_: table)
    assert not on_network(Path("/home/x"))
    assert on_network(Path("/data/runs/x"))
    assert not on_network(Path("/database"))
    assert not on_network(Path("/data/scratch disk/x"))
    assert on_network(Path("/twice/x"))
