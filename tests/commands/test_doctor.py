"""``synthsmith doctor``: one line each, whatever is broken."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from conftest import Command, one_line
from servers import Server, serving

from synthsmith.commands import doctor
from synthsmith.commands.endpoints import examine_teachers
from synthsmith.recipe import load_recipe

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"(ok  |warn|fail)  (.+?): (.+)")
RECIPE = """\
name = "a"
[solve]
max_tokens = {tokens}
[[teachers]]
name = "big"
kind = "openai"
model = "{model}"
{more}
[[teachers.endpoints]]
url = "{url}"
{endpoint}
"""


def examined(result: subprocess.CompletedProcess[str]) -> dict[str, tuple[str, str]]:
    """What was looked at, with its status and finding; every line must have that form."""
    assert "Traceback" not in result.stdout + result.stderr
    out: dict[str, tuple[str, str]] = {}
    for line in result.stdout.splitlines():
        found = LINE.fullmatch(line)
        assert found, line
        out[found[2]] = (found[1].strip(), found[3])
    failed = any(status == "fail" for status, _ in out.values())
    assert result.returncode == (2 if failed else 0), result.stdout + result.stderr
    return out


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def recipe(
    folder: Path,
    url: str,
    model: str = "",
    *,
    tokens: int = 8192,
    more: str = "",
    endpoint: str = "",
) -> Path:
    path = folder / "r.toml"
    path.write_text(
        RECIPE.format(url=url, model=model, tokens=tokens, more=more, endpoint=endpoint), "utf-8"
    )
    return path


def test_a_machine_that_can_run_everything(synthsmith: Command) -> None:
    found = examined(synthsmith("doctor", ROOT / "recipes/mini.toml"))
    assert {"recipe", "python", "g++", "judge", "cores", "memory", "disk", "sqlite"} <= set(found)
    assert {"torch", "trl", "ray"} <= set(found)
    assert found["teacher master"][0] == "ok"
    assert "tier" in found["judge"][1]
    assert not any(status == "fail" for status, _ in found.values()), found


def test_without_a_compiler(
    synthsmith: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = examined(synthsmith("doctor"))
    assert found["g++"][0] == "fail"
    assert "install g++" in found["g++"][1]
    assert found["judge"][0] == "fail"
    assert "install gcc" in found["judge"][1]
    assert found["cores"][0] in ("ok", "warn"), "the other lines still help"


def test_a_recipe_that_cannot_be_read(synthsmith: Command, tmp_path: Path) -> None:
    found = examined(synthsmith("doctor", "none.toml"))
    assert found["recipe"][0] == "fail"
    assert found["python"][0] == "ok"
    (tmp_path / "bad.toml").write_text('name = "a"\n[solve]\ncandidate = 3\n')
    assert "unknown key `candidate`" in examined(synthsmith("doctor", "bad.toml"))["recipe"][1]


def test_an_endpoint_that_serves(synthsmith: Command, server: Server, tmp_path: Path) -> None:
    found = examined(synthsmith("doctor", recipe(tmp_path, server.url)))
    status, said = found[f"teacher big at {server.url}"]
    assert status == "ok", said
    assert "serves procedural:" in said
    assert "131,072 tokens" in said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"model": "gpt-4"}, "does not serve gpt-4, but procedural:"),
        ({"tokens": 131_072}, "solve.max_tokens"),
        ({"more": "context_length = 4096"}, "4096"),
        ({"endpoint": 'api_key_env = "NO_SUCH_KEY"'}, "export NO_SUCH_KEY"),
        ({"url": "http://127.0.0.1:9/v1"}, "does not answer"),
        ({"url": "localhost"}, "no http url"),
        ({"url": "http://no-such-host.invalid/v1"}, "does not answer"),
    ],
)
def test_an_endpoint_that_does_not(
    server: Server, tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    line = teacher_line(recipe(tmp_path, **({"url": server.url} | settings)))
    assert line.startswith("fail")
    assert said in line


def teacher_line(path: Path) -> str:
    """The one line about the only teacher of a recipe with one endpoint."""
    (finding,) = examine_teachers(load_recipe(path))
    line = str(finding)
    assert LINE.fullmatch(line), line
    return line


def test_an_endpoint_in_place_of_the_teachers(
    synthsmith: Command, server: Server, tmp_path: Path
) -> None:
    path = recipe(tmp_path, "http://127.0.0.1:9/v1")
    found = examined(synthsmith("doctor", path, "--endpoint", server.url))
    assert found[f"teacher endpoint at {server.url}"][0] == "ok"
    assert "teacher big" not in " ".join(found)
    found = examined(synthsmith("doctor", path, "--endpoint", server.url, "--model", "gpt"))
    assert "does not serve gpt" in found[f"teacher gpt at {server.url}"][1]
    assert "recipe" in one_line(synthsmith("doctor", "--endpoint", server.url))


def test_a_key_that_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEY_OF_SERVER", "right")
    monkeypatch.setenv("KEY_OF_CLIENT", "wrong")
    with serving("--api-key-env", "KEY_OF_SERVER") as server:
        for name, status in (("KEY_OF_CLIENT", "fail"), ("KEY_OF_SERVER", "ok")):
            path = recipe(tmp_path, server.url, endpoint=f'api_key_env = "{name}"')
            line = teacher_line(path)
            assert line.startswith(status)
            assert "right" not in line.replace("is right", "")


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    """A server that says the same to everything; yields its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}/v1"
        httpd.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b'{"data": [{"id": "m"}]}', "warn", "set context_length"),
        (b'{"data": [{"id": "m"}, {"id": "n"}]}', "fail", "m, n"),
        (b'{"data": []}', "fail", "no model"),
        (b"<html>Welcome</html>", "fail", "no list of models"),
        (b'{"data": 3}', "fail", "no list of models"),
    ],
)
def test_odd_servers(tmp_path: Path, body: bytes, status: str, said: str) -> None:
    with answering(body) as url:
        line = teacher_line(recipe(tmp_path, url))
    assert line.startswith(status)
    assert said in line


@pytest.mark.parametrize(
    "files",
    [
        {"cpu.max": "50000 100000\n", "memory.max": "1073741824\n"},
        {
            "cpu/cpu.cfs_quota_us": "50000\n",
            "cpu/cpu.cfs_period_us": "100000\n",
            "memory/memory.limit_in_bytes": "1073741824\n",
        },
    ],
    ids=["v2", "v1"],
)
def test_limits_of_a_container_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: dict[str, str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(doctor, "_GROUPS", tmp_path)
    (cores,), (memory,) = doctor._cores(), doctor._memory()
    assert (cores.status, memory.status) == ("warn", "warn")
    assert "the time of 0.5" in cores.found
    assert "judge.workers = 1" in cores.todo
    assert "allows 1.1 GB" in memory.found


def test_a_container_without_limits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("max 100000\n")
    (tmp_path / "memory.max").write_text("max\n")
    monkeypatch.setattr(doctor, "_GROUPS", tmp_path)
    (cores,), (memory,) = doctor._cores(), doctor._memory()
    assert "control group" not in cores.found + memory.found


def test_a_check_that_breaks_is_a_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("no such thing")

    monkeypatch.setattr(doctor, "_judge", lambda _: [])
    monkeypatch.setattr(doctor, "_memory", broken)
    assert doctor.examine(None) == 2
    said = capsys.readouterr().out
    assert "fail  memory: cannot be looked at (ZeroDivisionError: no such thing)" in said
    assert "ok    python" in said


def test_a_cassette(synthsmith: Command, tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text('name = "a"\n[[teachers]]\nkind = "replay"\nname = "b"\ncassette = "c.tape"\n')
    found = examined(synthsmith("doctor", path))
    assert found["teacher b"][0] == "fail"
    (tmp_path / "c.tape").touch()
    assert examined(synthsmith("doctor", path))["teacher b"][0] == "ok"
