"""Where groups can be made, from what the kernel says of mounts and memberships."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from synthsmith.judge.cgroups import Group, Hierarchy, locate

V1 = "30 25 0:26 {root} {point}/{name} rw,relatime shared:9 - cgroup cgroup rw,{name}"
V2 = "30 25 0:26 {root} {point} rw,nosuid,nodev - cgroup2 cgroup2 rw,nsdelegate"


def folder(path: Path, controllers: str = "", processes: str = "1\n2\n") -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / "cgroup.subtree_control").write_text(controllers)
    (path / "cgroup.procs").write_text(processes)
    return path


def test_version_1_follows_this_process(tmp_path):
    mounts = [V1.format(root="/", point=tmp_path, name=name) for name in ("memory", "pids", "cpu")]
    own = ["5:pids:/", "4:memory:/a/b", "3:cpu:/", "0::/"]
    found = locate(mounts, own)
    assert found == Hierarchy(1, tmp_path / "memory/a/b", tmp_path / "pids")


def test_version_1_in_a_container_that_sees_its_part_only(tmp_path):
    mounts = [V1.format(root="/docker/x", point=tmp_path, name=n) for n in ("memory", "pids")]
    found = locate(mounts, ["5:pids:/docker/x", "4:memory:/docker/x/y"])
    assert found == Hierarchy(1, tmp_path / "memory/y", tmp_path / "pids/.")


@pytest.mark.parametrize(
    ("own", "parent", "expected"),
    [("cpu memory pids", "", "a/b"), ("", "memory pids", "a"), ("memory", "pids", None)],
)
def test_version_2_takes_the_nearest_delegated_folder(tmp_path, own, parent, expected):
    folder(tmp_path / "a", parent)
    folder(tmp_path / "a/b", own)
    # Fake files take whatever is written, as no kernel would: keep what they say.
    for path in tmp_path.rglob("cgroup.subtree_control"):
        if expected is None:
            path.unlink()
    found = locate([V2.format(root="/", point=tmp_path)], ["0::/a/b"])
    place = tmp_path / expected if expected else None
    assert found == (Hierarchy(2, place, place) if place else None)


def test_no_groups_at_all():
    assert locate([], ["0::/"]) is None
    assert locate(["1 2 3:4 / / rw - ext4 /dev/vda rw"], []) is None


def test_a_group_of_version_2(tmp_path):
    group = Group(Hierarchy(2, tmp_path, tmp_path))
    (made,) = tmp_path.iterdir()
    assert made.name.startswith(f"synthsmith-{os.getpid()}-")
    assert group.procs == [made / "cgroup.procs"]
    assert (made / "pids.max").read_text().isdigit()
    group.limit_memory(12345)
    assert (made / "memory.max").read_text() == "12345"
    (made / "memory.events").write_text("low 0\noom 4\noom_kill 3\noom_group_kill 0\n")
    assert group.kills() == 3
