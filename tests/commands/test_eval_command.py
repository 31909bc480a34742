"""``synthsmith eval`` as a person runs it: a score, a kill in the middle, the same again."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from conftest import Command, one_line

from synthsmith.commands.evaluate import Wish, evaluate_file
from synthsmith.errors import SynthSmithError
from synthsmith.evaluate import local_model
from synthsmith.evaluate.evaluation import AnswerRow
from synthsmith.judge import Judge
from synthsmith.store import read_table

RIGHT = "Add them.\n```python\nn = int(input())\nprint(sum(map(int, input().split())))\n```"
SLOW = RIGHT.replace("n = int", "sum(range(4_000_000))\nn = int")
REPLIES = (RIGHT, SLOW, "```python\nprint(0)\n```", "I cannot.", SLOW)
N = 3


def row(number: int) -> dict[str, Any]:
    tests = [
        {"input": f"2\n{i} {number}\n", "output": f"{i + number}\n", "testtype": "stdin"}
        for i in range(4)
    ]
    return {
        "question_id": f"p{number}",
        "question_title": f"Sum {number}",
        "question_content": "Print the sum.",
        "platform": "atcoder",
        "contest_date": f"2024-{9 + number % 4:02}-01T00:00:00",
        "starter_code": "",
        "difficulty": ("easy", "hard")[number % 2],
        "public_test_cases": json.dumps(tests),
        "private_test_cases": "[]",
        "metadata": "{}",
    }


@pytest.fixture
def problems(tmp_path: Path) -> Path:
    path = tmp_path / "p.jsonl"
    path.write_text("".join(f"{json.dumps(row(i))}\n" for i in range(6)), "utf-8")
    return path


def answers(count: int = N) -> str:
    codes = [RIGHT.split("```python\n")[1].removesuffix("```"), "print(0)\n", ""]
    return json.dumps([{"question_id": f"p{i}", "code_list": codes[:count]} for i in range(6)])


def result(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "result.json").read_text("utf-8"))
    return found


def test_answers_that_exist_already(synthsmith: Command, tmp_path: Path, problems: Path) -> None:
    (tmp_path / "r.json").write_text(answers(), "utf-8")
    args = ("eval", "p.jsonl", "--responses", "r.json", "--n", "3")
    done = synthsmith(*args, "--window", "v5", "--out", "a")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "a/report.html\n"
    assert "v5 (2024-08-01 to 2025-02-01)" in done.stderr
    assert "known to have 279 problems" in " ".join(done.stderr.split())
    found = result(tmp_path / "a")
    assert found["score"]["mean"] == pytest.approx(1 / 3)
    assert found["counts"]["no_code"] == 6 and found["counts"]["passed"] == 6
    assert found["pass_at"] == {"1": pytest.approx(1 / 3), "2": pytest.approx(2 / 3), "3": 1.0}
    text = (tmp_path / "a" / "result.md").read_text("utf-8")
    assert "| **r** |  |  |  | **avg@3** | **33.3** |  |  |" in text
    assert "| X-Coder-Qwen3 | 8B | 40k | synthetic | avg@8 | 64.0 ±2.5 | 56.5 ±1.3 |  |" in text
    assert "does not show why" in text
    assert "default-src 'none'" in (tmp_path / "a" / "report.html").read_text("utf-8")

    again = synthsmith("eval", "p.jsonl", "--responses", "r.json", "--reproduce", "a", "--out", "b")
    assert again.returncode == 0 and "18 of 18 grades are the same" in again.stderr
    assert result(tmp_path / "b") == found
    other = synthsmith(*args, "--out", "a")
    assert "was begun with other settings: problems.count (was 6" not in one_line(other)
    assert "problems.window.name (was v5, now all)" in one_line(other)
    problems.write_text(problems.read_text("utf-8").replace("Print the", "Say the"), "utf-8")
    changed = synthsmith("eval", "p.jsonl", "--responses", "r.json", "--reproduce", "a")
    assert "cannot reproduce a: problems.digest" in one_line(changed)


def test_many_answers_take_few_open_files(
    synthsmith: Command, tmp_path: Path, problems: Path
) -> None:
    code = "print(%d)"
    many = [{"question_id": f"p{i}", "code_list": [code % n for n in range(60)]} for i in range(6)]
    (tmp_path / "r.json").write_text(json.dumps(many), "utf-8")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, limits[1]))
    try:
        done = synthsmith("eval", "p.jsonl", "--responses", "r.json", "--n", "60", "--out", "a")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert done.returncode == 0, done.stderr
    assert result(tmp_path / "a")["counts"]["judge_errors"] == 0


def test_the_page_has_pictures_of_what_may_be_compared(tmp_path: Path, problems: Path) -> None:
    (tmp_path / "r.json").write_text(answers(), "utf-8")
    found = wish(responses=tmp_path / "r.json", window="v5", out=tmp_path / "a")
    evaluate_file(problems, found, None, Judge())
    three = (tmp_path / "a" / "report.html").read_text("utf-8")
    assert three.count("<svg") == 1 and "Pass rate by month of release" in three
    assert "cutoff 2024-10-01" in three
    assert "No model has a published figure of avg@3" in three
    eight = json.loads(answers())
    for one in eight:
        one["code_list"] *= 3
        del one["code_list"][8:]
    (tmp_path / "r.json").write_text(json.dumps(eight), "utf-8")
    found = replace(found, n=8, model_name="<b>mine</b>", out=tmp_path / "b")
    evaluate_file(problems, found, None, Judge())
    page = (tmp_path / "b" / "report.html").read_text("utf-8")
    assert page.count("<svg") == 2 and "<b>mine" not in page
    chart = page[page.rindex("<svg") : page.rindex("</svg>")]
    assert "&lt;b&gt;mine&lt;/b&gt;" in chart and "Klear-Reasoner" in chart
    assert "Skywork" not in chart and "OpenThinker3" not in chart
    assert "9 models whose metric is another" in page


def wish(**values: Any) -> Wish:
    plain = Wish(
        model=None, model_name="", responses=None, n=N, window="", out=None, temperature=0.6,
        top_p=0.95, max_tokens=1000, seed=1, batch=4, template=None, cutoff="", api_key_env="",
        concurrency=2,
    )  # fmt: skip
    return replace(plain, **values)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({}, "name either --model"),
        ({"model": "x", "responses": Path("r.json")}, "name either --model"),
        ({"model": "nowhere"}, "neither a URL, nor a folder"),
        ({"model": "http://127.0.0.1:9/v1"}, "127.0.0.1:9"),
        ({"model": "none.toml"}, "no recipe at none.toml"),
        ({"responses": Path("r.json"), "n": 4}, "--n asks for 4"),
        ({"responses": Path("r.json"), "window": "v9"}, "unknown window"),
        ({"responses": Path("r.json"), "cutoff": "2030-01-01"}, "--cutoff 2030-01-01 leaves"),
        ({"model": "x", "template": Path("none.j2")}, "cannot use the prompt template"),
    ],
)
def test_one_line_for_what_cannot_be(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    problems: Path,
    wanted: dict[str, Any],
    told: str,
) -> None:
    (tmp_path / "r.json").write_text(answers(), "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SynthSmithError) as error:
        evaluate_file(problems, wish(**wanted), None, Judge())
    assert told in str(error.value)


class Model:
    """A server whose answers depend on the question and the seed; ``asked`` has every seed."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.enough = asyncio.Event()
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/models", self._models)
        self.server = TestServer(app)

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"data": [{"id": "tiny", "max_model_len": 65536}]})

    async def _chat(self, request: web.Request) -> web.Response:
        body = await request.json()
        number = int(body["messages"][-1]["content"].split("\n")[0].removeprefix("# Sum "))
        self.asked.append((number, body["seed"]))
        if len(self.asked) == 4:
            self.enough.set()
        await asyncio.sleep(0.05 * (number + 1))
        cut = (number + body["seed"]) % 11 == 0
        reply = REPLIES[(number + body["seed"]) % len(REPLIES)]
        choice = {
            "index": 0,
            "finish_reason": "length" if cut else "stop",
            "message": {"role": "assistant", "content": reply[:40] if cut else reply},
        }
        usage = {"prompt_tokens": 9, "completion_tokens": len(reply)}
        return web.json_response({"choices": [choice], "usage": usage})


async def run(folder: Path, url: str, out: str, model: Model | None = None) -> int:
    """``synthsmith eval`` at a URL; killed once ``model`` was asked often enough."""
    code = "from synthsmith.cli import main; main()"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-c", code,
        *("eval", "p.jsonl", "--model", url, "--n", str(N), "--out", out, "--concurrency", "2"),
        cwd=folder, stderr=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    if model:
        await model.enough.wait()
        await asyncio.sleep(1.2)  # a commit of the ledger
        process.kill()
    return await process.wait()


async def test_killed_in_the_middle_it_ends_with_the_same_result(
    tmp_path: Path, problems: Path
) -> None:
    model = Model()
    async with model.server:
        url = str(model.server.make_url("/v1"))
        assert await run(tmp_path, url, "whole") == 0
        whole = sorted(model.asked)
        assert len(whole) == len(set(whole)) == 6 * N
        model.asked.clear()
        model.enough.clear()
        assert await run(tmp_path, url, "killed", model) == -9
        assert not (tmp_path / "killed" / "result.json").exists()
        assert await run(tmp_path, url, "killed") == 0
        assert set(model.asked) == set(whole)
        assert len(model.asked) < 2 * len(whole)
    first, second = tmp_path / "whole", tmp_path / "killed"
    assert (first / "result.json").read_bytes() == (second / "result.json").read_bytes()
    rows = [list(read_table(one / "answers.parquet", AnswerRow)) for one in (first, second)]
    assert rows[0] == rows[1]
    assert len({one.status for one in rows[0]}) >= 3


@pytest.fixture
def signals() -> Iterator[None]:
    """Puts back what a command in this process does to signals."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


KILLED = """
import os, signal, sys, time
from synthsmith.cli import main
from synthsmith.evaluate import local_model

write, written = local_model._write, []

def killed_later(*args):
    if len(written) == 2:
        time.sleep(1.2)  # a commit of the ledger
        os.kill(os.getpid(), signal.SIGKILL)
    written.append(None)
    return write(*args)

local_model._write = killed_later
main()
"""
"""``synthsmith`` that is killed before the third batch of a checkpoint's answers."""


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    pytest.importorskip("torch")
    sys.path.insert(0, str(Path(__file__).parents[1] / "evaluate"))
    from tiny import write_checkpoint

    return write_checkpoint(tmp_path / "tiny", context=1024)


def test_a_checkpoint_killed_in_the_middle_ends_with_the_same_result(
    tmp_path: Path,
    problems: Path,
    checkpoint: Path,
    signals: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = wish(model=str(checkpoint), n=3, max_tokens=20, out=tmp_path / "whole")
    evaluate_file(problems, wanted, None, Judge())
    args = (
        *("eval", "p.jsonl", "--model", str(checkpoint), "--n", "3", "--out", "killed"),
        *("--temperature", "0.6", "--top-p", "0.95", "--max-tokens", "20", "--batch", "4"),
    )
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *args], cwd=tmp_path, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "killed" / "result.json").exists()
    written: list[None] = []
    write = local_model._write

    def counted(*args: Any) -> Any:
        written.append(None)
        return write(*args)

    monkeypatch.setattr(local_model, "_write", counted)
    evaluate_file(problems, replace(wanted, out=tmp_path / "killed"), None, Judge())
    assert 0 < len(written) < 5
    for name in ("result.json", "answers.parquet"):
        both = [(tmp_path / folder / name).read_bytes() for folder in ("whole", "killed")]
        assert both[0] == both[1]


def test_a_checkpoint_gives_the_same_twice(
    tmp_path: Path, problems: Path, checkpoint: Path, signals: None
) -> None:
    folder = checkpoint
    first, second = tmp_path / "a", tmp_path / "b"
    wanted = wish(model=str(folder), n=2, max_tokens=20, out=first)
    evaluate_file(problems, wanted, None, Judge())
    texts = [one.text for one in read_table(first / "answers.parquet", AnswerRow)]
    assert len(set(texts)) > 6 and result(first)["counts"]["cut_by_length"]
    with pytest.raises(SynthSmithError, match="holds the result to reproduce"):
        evaluate_file(problems, wanted, first / "result.json", Judge())
    evaluate_file(problems, replace(wanted, n=5, seed=9, out=second), first, Judge())
    assert result(first) == result(second)
    assert texts == [one.text for one in read_table(second / "answers.parquet", AnswerRow)]
