"""``synthsmith doctor``: what this machine, and a recipe's endpoints, can do."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from synthsmith.commands.endpoints import at_endpoint, examine_teachers
from synthsmith.commands.finding import Finding
from synthsmith.errors import InputError, SynthSmithError
from synthsmith.judge import Judge
from synthsmith.recipe import JudgeSettings, Recipe, load_recipe

_GB = 10**9
_LITTLE_MEMORY, _LITTLE_DISK, _NO_DISK = 4 * _GB, 20 * _GB, 1 * _GB
_WAL_BUG = ((3, 7, 0), (3, 51, 2))
"""SQLite versions, both included, whose WAL reset can lose pages with several writers."""
_GROUPS = Path("/sys/fs/cgroup")
"""As a container sees its own limits."""
_TRAINING = ("torch", "trl", "ray")


Check = Callable[[], Iterable[Finding]]


def examine(
    path: Path | None, endpoint: str | None = None, model: str = "", api_key_env: str = ""
) -> int:
    """Print a line for everything there is to know; returns 2 if anything fails, else 0.

    ``endpoint``, ``model`` and ``api_key_env`` as of ``run``. Raises InputError for those alone.
    """
    if path is None and endpoint is not None:
        raise InputError("--endpoint needs a recipe: what it asks for decides what is enough")
    failed = False
    for finding in _findings(path, endpoint, model, api_key_env):
        print(finding, flush=True)
        failed = failed or finding.status == "fail"
    return 2 if failed else 0


def _findings(
    path: Path | None, endpoint: str | None, model: str, api_key_env: str
) -> Iterator[Finding]:
    recipe: Recipe | None = None
    if path is not None:
        try:
            recipe = at_endpoint(load_recipe(path), endpoint, model, api_key_env)
            yield Finding("ok", "recipe", str(path))
        except SynthSmithError as error:
            yield Finding("fail", "recipe", str(error), "correct it first")
    checks: list[tuple[str, Check]] = [
        ("python", _python),
        ("g++", _compiler),
        ("judge", partial(_judge, recipe.judge if recipe else JudgeSettings())),
        ("cores", _cores),
        ("memory", _memory),
        ("disk", _disk),
        ("sqlite", _sqlite),
        *((name, partial(_package, name)) for name in _TRAINING),
    ]
    if recipe is not None:
        checks.append(("teachers", partial(examine_teachers, recipe)))
    for what, check in checks:
        try:
            yield from check()
        except Exception as error:  # whatever is broken here, the other lines still help
            yield Finding("fail", what, f"cannot be looked at ({type(error).__name__}: {error})")


def _python() -> Iterator[Finding]:
    yield Finding("ok", "python", f"{platform.python_version()} at {sys.executable}")


def _compiler() -> Iterator[Finding]:
    path = shutil.which("g++")
    if path is None:
        yield Finding("fail", "g++", "not found", "install g++: C++ candidates need it")
    else:
        yield Finding("ok", "g++", path)


def _judge(settings: JudgeSettings) -> Iterator[Finding]:
    async def tier() -> tuple[str, str]:
        async with Judge(workers=1, isolation=settings.isolation) as judge:
            return judge.tier, judge.warning

    try:
        found, warning = asyncio.run(tier())
    except SynthSmithError as error:
        yield Finding("fail", "judge", str(error), "see docs/security.md for what each tier needs")
        return
    if not warning:
        yield Finding("ok", "judge", f"isolation tier {found}")
        return
    todo = "run as root or in a delegated cgroup for tier A; see docs/security.md"
    yield Finding("warn", "judge", warning, todo)


def _cores() -> Iterator[Finding]:
    count = len(os.sched_getaffinity(0))
    quota = _cpu_quota()
    found = str(count)
    if quota is not None and quota < count:
        found += f", of which a control group allows the time of {quota:g}"
        todo = f"set judge.workers = {max(1, int(quota))}, or give the container more"
        yield Finding("warn", "cores", found, todo)
    elif count < 2:
        yield Finding("warn", "cores", found, "more make the judge faster, evenly")
    else:
        yield Finding("ok", "cores", found)


def _memory() -> Iterator[Finding]:
    lines = Path("/proc/meminfo").read_text("utf-8").splitlines()
    split = [line.partition(":") for line in lines]
    table = {name: int(rest.split()[0]) * 1024 for name, _, rest in split}
    free, total = table["MemAvailable"], table["MemTotal"]
    limit = _group_number("memory.max") or _group_number("memory/memory.limit_in_bytes") or total
    found = f"{free / _GB:.1f} GB available of {total / _GB:.1f} GB"
    if limit < total:
        found += f", of which a control group allows {limit / _GB:.1f} GB"
    if min(free, limit) < _LITTLE_MEMORY:
        todo = "4 GB are comfortable; fewer judge.workers and a smaller concurrency need less"
        yield Finding("warn", "memory", found, todo)
    else:
        yield Finding("ok", "memory", found)


def _cpu_quota() -> float | None:
    """Cores' worth of time that this process's control group may use; None for all."""
    try:
        quota, period = (_GROUPS / "cpu.max").read_text("utf-8").split()
        return int(quota) / int(period) if quota.isdecimal() else None
    except OSError:
        used = _group_number("cpu/cpu.cfs_quota_us")
        each = _group_number("cpu/cpu.cfs_period_us")
        return used / each if used and each else None


def _group_number(name: str) -> int | None:
    """The number in a file of the control group's folder; None where there is none."""
    try:
        text = (_GROUPS / name).read_text("utf-8").strip()
    except OSError:
        return None
    return int(text) if text.isdecimal() else None


def _disk() -> Iterator[Finding]:
    place = Path("runs").resolve()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    found = f"{free / _GB:.1f} GB free at {place}"
    todo = "synthsmith plan RECIPE says what a run needs; --out puts it elsewhere"
    if not os.access(place, os.W_OK):
        yield Finding("fail", "disk", f"{place} cannot be written", "name another place with --out")
    elif free < _LITTLE_DISK:
        yield Finding("fail" if free < _NO_DISK else "warn", "disk", found, todo)
    else:
        yield Finding("ok", "disk", found)


def _sqlite() -> Iterator[Finding]:
    number = tuple(map(int, sqlite3.sqlite_version.split(".")))
    found = sqlite3.sqlite_version
    if _WAL_BUG[0] <= number <= _WAL_BUG[1]:
        found += ", which has the WAL-reset bug; a run writes by one connection only, so it is safe"
    yield Finding("ok", "sqlite", found)


def _package(name: str) -> Iterator[Finding]:
    try:
        yield Finding("ok", name, version(name))
    except PackageNotFoundError:
        use = "more than one machine needs it" if name == "ray" else "training needs it"
        yield Finding("ok", name, f"not installed; only {use}")
