"""The road over HTTP: the same rows as in process, whatever dies on the way."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import Command, one_line
from servers import Server, serving
from test_run import RUN, attempts, paid, rows, unpaid_again

from synthsmith.store import together

ROAD = """\
name = "tiny"
seed = 5
tasks = {tasks}
concurrency = 1
features = {{ evolve_rounds = 1, evolve_prompts = 2 }}
seeds = {{ limit = 12 }}
limits = {{ time_limit_s = 1.0 }}
solve = {{ candidates = 4 }}
inputs = {{ prompted = 8, generated = 8, stress = 1, mutated = 2 }}
"""
EMBEDDED = """\
[[teachers]]
name = "{name}"
kind = "procedural"
weights = {weights}
skill = {skill}
"""
SERVED = """\
[[teachers]]
name = "{name}"
kind = "openai"
weights = {weights}
price = {{ input = 3.0, output = 10.0 }}
patience_s = 2.0
stream = {stream}
endpoints = [{{ url = "{url}" }}]
"""
TEACHERS = [
    ("master", "{ solve = 3, formulate = 0 }", "{ right_easy = 0.95, right_hard = 0.9 }"),
    ("apprentice", "{ solve = 1 }", "{ malformed = 0.1, truncated = 0.1 }"),
]
TASKS = 3


def embedded(folder: Path, tasks: int = TASKS) -> Path:
    """The recipe with both teachers in process; it is also what the servers' skill comes from."""
    text = ROAD.format(tasks=tasks)
    for name, weights, skill in TEACHERS:
        text += EMBEDDED.format(name=name, weights=weights, skill=skill)
    path = folder / "embedded.toml"
    path.write_text(text, "utf-8")
    return path


def served(folder: Path, urls: list[str], tasks: int = TASKS) -> Path:
    """The same recipe with both teachers behind servers, one of them asked for streams."""
    text = ROAD.format(tasks=tasks)
    for (name, weights, _), url in zip(TEACHERS, urls, strict=True):
        stream = "true" if name == "apprentice" else "false"
        text += SERVED.format(name=name, weights=weights, url=url, stream=stream)
    path = folder / "served.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run in process."""
    folder = tmp_path_factory.mktemp("expected")
    out = folder / "out"
    subprocess.run([*RUN, embedded(folder), "--out", out], check=True, capture_output=True)
    assert rows(out), "none of the tasks verified"
    return out


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    skill = embedded(tmp_path_factory.mktemp("servers"))
    with (
        serving("--skill", skill, "--name", "master") as master,
        serving("--skill", skill, "--name", "apprentice") as apprentice,
    ):
        yield [master, apprentice]


def require_same(out: Path, expected: Path) -> None:
    for table in ("verified", "dropped", "features", "tasks"):
        assert rows(out, table) == rows(expected, table), table


def test_the_rows_are_those_in_process_even_after_kills_of_the_run(
    expected: Path, servers: list[Server], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    recipe = served(tmp_path, [server.url for server in servers])
    command = [*RUN, str(recipe), "--out", str(out)]
    moments = random.Random(3)
    committed: dict[str, int] = {}
    for _ in range(3):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, said = process.communicate(timeout=moments.uniform(2.0, 6.0))
            assert process.returncode == 0, said
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        committed = unpaid_again(out, committed)
    subprocess.run(command, check=True, capture_output=True)
    require_same(out, expected)
    unpaid_again(out, committed)
    total, free = together(paid(out)), together(paid(expected))
    money = (3 * (free.prompt_tokens or 0) + 10 * (free.completion_tokens or 0)) / 1e6
    assert free.money is None
    assert total == msgspec.structs.replace(free, money=pytest.approx(money))


def test_a_server_that_dies_ends_the_run_with_4_and_it_goes_on_when_it_is_back(
    expected: Path, servers: list[Server], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    skill = embedded(tmp_path)
    with serving("--skill", skill, "--name", "apprentice") as mortal:
        recipe = served(tmp_path, [servers[0].url, mortal.url])
        command = [*RUN, str(recipe), "--out", str(out)]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        wait_for_completions(out, 10)
        mortal.kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 4, said
    assert "Traceback" not in said
    assert "same command" in said
    assert "apprentice" in said
    committed = unpaid_again(out, {})
    assert committed, "what was paid before the server died is kept"
    with serving("--skill", skill, "--name", "apprentice", "--port", mortal.port):
        subprocess.run(command, check=True, capture_output=True)
    require_same(out, expected)
    unpaid_again(out, committed)


def wait_for_completions(out: Path, count: int) -> None:
    """Until so many calls are committed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if len(unpaid_again(out, {})) >= count:
            return
        time.sleep(0.1)
    raise AssertionError("no calls within a minute")


def test_endpoint_takes_the_place_of_the_teachers(
    synthsmith: Command, servers: list[Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = embedded(tmp_path, 1)
    monkeypatch.setenv("ITS_KEY", "right")
    monkeypatch.setenv("OTHER_KEY", "wrong")
    with serving("--skill", recipe, "--name", "master", "--api-key-env", "ITS_KEY") as server:
        command = ("run", recipe, "--endpoint", server.url, "--out", "out")
        assert "--api-key-env" in one_line(synthsmith(*command))
        assert "OTHER_KEY" in one_line(synthsmith(*command, "--api-key-env", "OTHER_KEY"))
        assert "NO_KEY" in one_line(synthsmith(*command, "--api-key-env", "NO_KEY"))
        assert not (tmp_path / "out").exists()
        command = (*command, "--api-key-env", "ITS_KEY")
        result = synthsmith(*command)
        assert result.returncode == 0, result.stderr
        assert "spent" not in result.stderr, "nobody said what it costs"
        text = (tmp_path / "out/recipe.toml").read_text("utf-8")
        assert text.count('model = "procedural:') == 1, "the model is found out and written down"
        assert text.count('name = "procedural:') == 1, "it stands in the rows by its own name"
        assert "right" not in text.replace("right_", "")
        paid = attempts(tmp_path / "out")
        model = text.partition('model = "')[2].partition('"')[0]
        assert synthsmith(*command, "--model", model).returncode == 0
        assert attempts(tmp_path / "out") == paid
    other = one_line(synthsmith("run", recipe, "--endpoint", servers[1].url, "--out", "out"))
    assert "teachers.0.model" in other, "another model is another run"


def test_an_endpoint_that_cannot_work_is_one_line_and_leaves_nothing(
    synthsmith: Command, servers: list[Server], tmp_path: Path
) -> None:
    recipe = embedded(tmp_path)
    url = servers[0].url
    assert "--endpoint" in one_line(synthsmith("run", recipe, "--model", "x"))
    assert "--endpoint" in one_line(synthsmith("run", recipe, "--api-key-env", "HOME"))
    assert "no http url" in one_line(synthsmith("run", recipe, "--endpoint", ""))
    assert "gpt-4" in one_line(synthsmith("run", recipe, "--endpoint", url, "--model", "gpt-4"))
    nobody = "http://127.0.0.1:9/v1"
    down = one_line(synthsmith("run", recipe, "--endpoint", nobody), 4)
    assert f"{nobody} does not answer (Connection refused)" in down
    no_tls = url.replace("http:", "https:")
    assert "not speak https" in one_line(synthsmith("run", recipe, "--endpoint", no_tls), 4)
    assert "ends in the version" in one_line(
        synthsmith("run", recipe, "--endpoint", url.removesuffix("/v1"))
    )
    with serving("--context-length", 30_000) as small:
        line = one_line(synthsmith("run", recipe, "--endpoint", small.url))
        assert "30000" in line
        assert "solve.max_tokens" in line
    assert not (tmp_path / "runs").exists()


def test_ctrl_c_with_calls_in_flight(servers: list[Server], tmp_path: Path) -> None:
    out = tmp_path / "out"
    recipe = served(tmp_path, [server.url for server in servers], tasks=200)
    process = subprocess.Popen(
        [*RUN, str(recipe), "--out", str(out)], stderr=subprocess.PIPE, text=True
    )
    wait_for_completions(out, 10)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert "Traceback" not in said
