"""Programs that attack the judge: the right verdict, nothing leaked, the machine clean after."""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
import tomllib
from pathlib import Path

import pytest

from synthsmith.errors import InputError
from synthsmith.judge import Judge, sandbox
from synthsmith.records import Limits, Program

KINDS = sorted(Path(__file__).with_name("kinds").glob("*.toml"))
LIMITS = Limits(time_limit_s=0.3, memory_limit_mb=128, output_limit_mb=1)
HONEST = Program(language="python", code="print(int(input()) + 1)")
NEVER = ("SECRET-CONTENT", "EXPECTED-OUTPUT", "uid=", "root:")


def load(path: Path) -> list[dict]:
    return tomllib.loads(path.read_text())["program"]


def filled(text: str, case: dict, secret: Path) -> str:
    repeat = case.get("repeat", {"text": "", "count": 0})
    text = text.replace("@REPEAT@", repeat["text"] * repeat["count"])
    return text.replace("@SECRET@", str(secret)).replace("@DIGITS@", "7" * 50_000)


def descendants() -> list[str]:
    """Live processes below this one, or run by users that only this process hands out."""
    parents, found = {}, set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            pid, _, rest = (path / "stat").read_text().rpartition(")")[0].partition("(")
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            parents[int(pid)] = int(fields[1])
            # Not the folder's owner: that is root for whom the kernel would not dump.
            uid = int((path / "status").read_text().partition("\nUid:")[2].split()[0])
            if fields[0] != "Z" and uid in own_users():
                found.add(f"{pid.strip()} {rest}")
        except OSError:
            continue
    for pid in parents:
        above = pid
        while above and above != os.getpid():
            above = parents.get(above, 0)
        if above and pid != os.getpid():
            found.add(str(pid))
    return sorted(found)


def own_users() -> range:
    first = sandbox.first_uid()
    return range(first, first + sandbox.UIDS)


def machine() -> dict[str, object]:
    """Everything a program could leave behind."""
    gc.collect()
    places = [Path(name) for name in ("/", "/tmp", "/var/tmp", "/dev/shm") if Path(name).is_dir()]
    left = [path for place in places for path in place.glob("*left*")]
    boxes = list(Path(tempfile.gettempdir()).glob(f"synthsmith-box-{os.getpid()}-*"))
    groups = [
        path for path, _, _ in os.walk("/sys/fs/cgroup") if f"synthsmith-{os.getpid()}-" in path
    ]
    return {
        "groups": sorted(groups),
        "processes": descendants(),
        "mounts": Path("/proc/self/mountinfo").read_text(),
        "segments": Path("/proc/sysvipc/shm").read_text(),
        "files": sorted(left + boxes),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
    }


async def verdict_of(judge: Judge, case: dict, secret: Path) -> list[str]:
    """What is wrong with how the judge took this program; nothing if all is well."""
    program = Program(
        language=case["language"],
        code=filled(case["code"], case, secret),
        io="function" if "function" in case else "stdin",
        fn_name=case.get("function", ""),
    )
    inputs = [filled(text, case, secret) for text in case.get("inputs", [""])]
    if "raw_input" in case:
        inputs = [bytes(case["raw_input"]).decode("utf-8", "surrogateescape")]
    done = await judge.execute(program, inputs, LIMITS)
    wrong = []
    for execution in done:
        verdict = execution.verdict
        if verdict.tier != judge.tier:
            wrong.append(f"judged in tier {verdict.tier!r}")
        if verdict.status not in case["expect"]:
            wrong.append(f"{verdict.status}, not {case['expect']}: {verdict.detail[-300:]}")
        seen = execution.output + verdict.detail
        for text in (*NEVER, *([case["never"]] if "never" in case else [])):
            if text in seen:
                wrong.append(f"shows {text!r}")
        raw = execution.output.encode("utf-8", "surrogateescape")
        if verdict.status == "ran" and "raw_output" in case and raw != bytes(case["raw_output"]):
            wrong.append(f"wrote {raw!r}")
        if verdict.status == "ran" and "output" in case and execution.output != case["output"]:
            wrong.append(f"wrote {execution.output!r}")
    if case.get("same") and len({execution.output for execution in done}) != 1:
        wrong.append(f"differs: {[execution.output for execution in done]}")
    return [f"{case['name']} ({case['language']}): {line}" for line in wrong]


def chosen(cases: list[dict], tier: str) -> list[dict]:
    """All in tier A; in B one half, in C the other. ``bench/soak.py tiers`` runs all in each."""
    return {"A": cases, "B": cases[::2], "C": cases[1::2]}[tier]


@pytest.mark.parametrize(
    ("tier", "kind"),
    # Time is kept in the same way in every tier, and its battery is the longest.
    [(tier, kind) for tier in "ABC" for kind in KINDS if tier == "A" or kind.stem != "time"],
    ids=lambda value: getattr(value, "stem", value),
)
async def test_hostile(tier, kind, tmp_path, monkeypatch):
    monkeypatch.setenv("ENVIRONMENT", "SECRET-CONTENT")
    secret = tmp_path / "secret"
    secret.write_text("SECRET-CONTENT")
    expected = "EXPECTED-" + "OUTPUT"
    before = machine()
    try:
        judge = await Judge(isolation=tier).__aenter__()
    except InputError as error:
        pytest.skip(f"tier {tier} is not possible here: {error}")
    try:
        assert judge.tier == tier
        cases = chosen(load(kind), tier)
        wrong = await asyncio.gather(*(verdict_of(judge, case, secret) for case in cases))
        after = await judge.execute(HONEST, ["1", "41"], LIMITS)
        assert await judge.check("tokens", "", expected, expected, LIMITS) == "accepted"
    finally:
        await judge.__aexit__(None, None, None)
    assert "\n".join(line for lines in wrong for line in lines) == ""
    assert [execution.output for execution in after] == ["2\n", "42\n"]
    assert machine() == before


def test_there_are_enough_of_them():
    cases = [case for kind in KINDS for case in load(kind)]
    assert len(cases) >= 100
    assert {case["language"] for case in cases} == {"python", "cpp"}
