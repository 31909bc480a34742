"""``synthsmith serve teacher`` as any client of the API meets it."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, one_line
from servers import Server, serving

from synthsmith.prompts import render
from synthsmith.recipe import SkillSettings
from synthsmith.records import Completion, CompletionRequest, Message, PromptKind
from synthsmith.teachers.procedural import ProceduralTeacher

SKILL = SkillSettings(truncated=0.2, malformed=0.2)
CODE = "n = int(input())\na = sorted(map(int, input().split()))\nprint(a[n // 2])\n"
FEATURES = (
    "algorithm > dynamic programming > knapsack\n"
    "algorithm > greedy > interval scheduling\ndata structure > array > prefix sums"
)
LIMITS = {"time_limit_s": "1", "memory_limit_mb": 256}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    recipe = tmp_path_factory.mktemp("skill") / "r.toml"
    recipe.write_text(
        'name = "r"\n[[teachers]]\nname = "other"\nkind = "procedural"\n'
        '[[teachers]]\nname = "clumsy"\nkind = "procedural"\n'
        "skill = { truncated = 0.2, malformed = 0.2 }\n"
    )
    with serving("--skill", recipe, "--name", "clumsy") as running:
        yield running


@pytest.fixture(scope="module")
def teacher() -> ProceduralTeacher:
    return ProceduralTeacher("clumsy", SKILL)


def call(
    url: str, body: Any = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Status and JSON of a GET, or of a POST of ``body`` (bytes as they are, else JSON)."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, json.loads(reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def chat(server: Server, body: Any) -> tuple[int, dict[str, Any]]:
    return call(f"{server.url}/chat/completions", body)


async def ask(
    teacher: ProceduralTeacher, kind: PromptKind, messages: tuple[Message, ...], seed: int
) -> Completion:
    request = CompletionRequest(kind=kind, model=teacher.model, messages=messages, seed=seed)
    return await teacher.complete(request)


async def prompts(teacher: ProceduralTeacher) -> dict[PromptKind, tuple[Message, ...]]:
    """A prompt of every kind, those about a statement about one that the teacher wrote."""
    core = "core: algorithm > dynamic programming > knapsack"
    formulate = render("formulate", features=core, strategy="s", style="codeforces", **LIMITS)
    for seed in range(50):
        reply = await ask(teacher, "formulate", formulate, seed)
        try:
            written = json.loads(reply.text.removeprefix("```json\n").removesuffix("\n```\n"))
            break
        except ValueError:
            continue
    about = {"statement": f"# {written['title']}\n\n{written['statement']}", "io": "stdin"}
    solve = {**about, "fn_name": "", "language": "python", "fence": "```python", **LIMITS}
    return {
        "extract": render("extract", language="python", code=CODE),
        "evolve": render("evolve", features=FEATURES, count=8),
        "select": render("select", features=FEATURES, style="atcoder", most=3, time_limit_s="1"),
        "formulate": formulate,
        "solve": render("solve", **solve),
        "inputs": render("inputs", **about, count=6),
        "generator": render("generator", **about),
        "validator": render("validator", **about),
    }


def plain(messages: tuple[Message, ...]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in messages]


def streamed(server: Server, body: Any) -> list[dict[str, Any]]:
    """The chunks of a stream, which must end with [DONE]."""
    data = json.dumps({**body, "stream": True}).encode()
    with urllib.request.urlopen(f"{server.url}/chat/completions", data, timeout=60) as reply:
        assert reply.headers["Content-Type"] == "text/event-stream"
        events = reply.read().decode().split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    return [json.loads(event.removeprefix("data: ")) for event in events[:-2]]


async def test_replies_of_every_kind_are_those_in_process(
    server: Server, teacher: ProceduralTeacher
) -> None:
    kinds = await prompts(teacher)
    for kind, messages in kinds.items():
        for seed in (0, 1, 2**31 - 1):
            here = await ask(teacher, kind, messages, seed)
            again = (
                *messages,
                Message(role="assistant", content=here.text),
                Message(role="user", content="That reply cannot be used: no JSON.\n\nAgain."),
            )
            for conversation in (messages, again):
                here = await ask(teacher, kind, conversation, seed)
                body = {
                    "model": teacher.model,
                    "messages": plain(conversation),
                    "seed": seed,
                    "max_tokens": 32768,
                }
                status, there = chat(server, body)
                assert status == 200, there
                (choice,) = there["choices"]
                assert choice["message"]["content"] == here.text, kind
                assert choice["message"]["reasoning"] == here.reasoning
                assert choice["finish_reason"] == here.finish
                assert there["model"] == here.model
                usage = there["usage"]
                assert usage["prompt_tokens"] == here.usage.prompt_tokens
                assert usage["completion_tokens"] == here.usage.completion_tokens
                details = usage["completion_tokens_details"]
                assert details["reasoning_tokens"] == here.usage.reasoning_tokens


async def test_n_choices_have_a_seed_each(server: Server, teacher: ProceduralTeacher) -> None:
    messages = (await prompts(teacher))["solve"]
    body = {"model": teacher.model, "messages": plain(messages), "seed": 5, "n": 6}
    _, reply = chat(server, body)
    alone = [await ask(teacher, "solve", messages, 5 + i) for i in range(6)]
    assert [c["message"]["content"] for c in reply["choices"]] == [one.text for one in alone]
    assert [c["index"] for c in reply["choices"]] == list(range(6))
    assert len({one.text for one in alone}) > 1
    assert reply["usage"]["prompt_tokens"] == alone[0].usage.prompt_tokens
    written = sum(one.usage.completion_tokens or 0 for one in alone)
    assert reply["usage"]["completion_tokens"] == written


async def test_a_stream_holds_the_same_reasoning_then_content(
    server: Server, teacher: ProceduralTeacher
) -> None:
    messages = (await prompts(teacher))["solve"]
    body = {"model": teacher.model, "messages": plain(messages), "seed": 9}
    _, whole = chat(server, body)
    for options, usages in (({}, 0), ({"stream_options": {"include_usage": True}}, 1)):
        chunks = streamed(server, body | options)
        assert [c["usage"] for c in chunks if not c["choices"]] == [whole["usage"]] * usages
        parts = [chunk["choices"][0] for chunk in chunks if chunk["choices"]]
        names = [name for part in parts for name in part["delta"]]
        assert names == sorted(names, key=["role", "reasoning_content", "content"].index)
        text = "".join(part["delta"].get("content", "") for part in parts)
        thought = "".join(part["delta"].get("reasoning_content", "") for part in parts)
        assert text == whole["choices"][0]["message"]["content"]
        assert thought == whole["choices"][0]["message"]["reasoning"]
        ends = [part["finish_reason"] for part in parts]
        assert ends == [None] * (len(ends) - 1) + [whole["choices"][0]["finish_reason"]]


@pytest.mark.parametrize("field", ["max_tokens", "max_completion_tokens"])
@pytest.mark.parametrize("limit", [1, 40, 300])
async def test_a_limit_cuts_the_reply(
    server: Server, teacher: ProceduralTeacher, field: str, limit: int
) -> None:
    messages = (await prompts(teacher))["solve"]
    whole = await ask(teacher, "solve", messages, 1)
    assert (whole.usage.completion_tokens or 0) > limit
    body = {"model": teacher.model, "messages": plain(messages), "seed": 1, field: limit}
    _, reply = chat(server, body)
    (choice,) = reply["choices"]
    assert choice["finish_reason"] == "length"
    assert reply["usage"]["completion_tokens"] == limit
    got = choice["message"]["reasoning"] + choice["message"]["content"]
    assert (whole.reasoning + whole.text).startswith(got)
    assert len(got) // 4 == limit


def test_models_and_health(server: Server, teacher: ProceduralTeacher) -> None:
    status, listed = call(f"{server.url}/models")
    assert status == 200
    assert [model["id"] for model in listed["data"]] == [teacher.model]
    assert listed["data"][0]["max_model_len"] == 131_072
    assert call(server.url.removesuffix("/v1") + "/health") == (200, {"status": "ok"})


def test_the_world_that_the_recipe_names_is_served(tmp_path: Path) -> None:
    recipe = tmp_path / "lists.toml"
    teacher = '[[teachers]]\nname = "small"\nkind = "procedural"\nworld = "lists"\n'
    recipe.write_text(f'name = "r"\n{teacher}')
    with serving("--skill", recipe) as running:
        _, listed = call(f"{running.url}/models")
    assert listed["data"][0]["id"].startswith("lists:")


PROMPT = plain(render("evolve", features=FEATURES, count=8))


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"messages": [{"role": "user", "content": "Hello!"}]}, 400, "unknown_prompt"),
        ({"messages": []}, 400, "unknown_prompt"),
        ({"messages": "Hello!"}, 400, "invalid_body"),
        ({"messages": [{"role": "king", "content": "x"}]}, 400, "invalid_body"),
        ({"model": "gpt-4"}, 404, "model_not_found"),
        ({"n": 0}, 400, "invalid_body"),
        ({"seed": "one"}, 400, "invalid_body"),
        ({"max_tokens": 0}, 400, "invalid_body"),
        ({"max_tokens": 131_072}, 400, "context_length_exceeded"),
        ({"messages": PROMPT * 1000}, 400, "context_length_exceeded"),
    ],
)
def test_a_bad_request_is_an_error_in_the_shape_of_the_api(
    server: Server, teacher: ProceduralTeacher, change: dict[str, Any], status: int, code: str
) -> None:
    for stream in (False, True):
        body = {"model": teacher.model, "messages": PROMPT, "stream": stream} | change
        got, reply = chat(server, body)
        assert (got, reply["error"]["code"]) == (status, code)
        assert set(reply["error"]) == {"message", "type", "param", "code"}
        assert reply["error"]["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"model": "m"}', b'"\\ud800"'])
def test_a_body_that_is_no_request(server: Server, body: bytes) -> None:
    status, reply = chat(server, body)
    assert (status, reply["error"]["code"]) == (400, "invalid_body")


def test_other_addresses_and_methods(server: Server) -> None:
    assert call(f"{server.url}/embeddings", {})[0] == 404
    status, reply = call(f"{server.url}/chat/completions")
    assert (status, reply["error"]["code"]) == (405, "method_not_allowed")


def test_a_key_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEACHER_KEY", "secret-ä")
    with serving("--api-key-env", "TEACHER_KEY") as server:
        models = f"{server.url}/models"
        assert call(models)[1]["error"]["code"] == "invalid_api_key"
        assert call(models, headers={"Authorization": "Bearer wrong"})[0] == 401
        right = b"Bearer secret-\xc3\xa4".decode("latin-1")
        assert call(models, headers={"Authorization": right})[0] == 200
        assert call(server.url.removesuffix("/v1") + "/health")[0] == 200


def test_white_space_around_a_key_is_no_part_of_it(
    monkeypatch: pytest.MonkeyPatch, synthsmith: Command
) -> None:
    monkeypatch.setenv("TEACHER_KEY", "secret\n")
    with serving("--api-key-env", "TEACHER_KEY") as server:
        models = f"{server.url}/models"
        assert call(models, headers={"Authorization": "Bearer secret"})[0] == 200
        assert call(models, headers={"Authorization": "Bearer wrong"})[0] == 401
    monkeypatch.setenv("TEACHER_KEY", " \n")
    assert "TEACHER_KEY" in one_line(synthsmith("serve", "teacher", "--api-key-env", "TEACHER_KEY"))


def test_ctrl_c_ends_it_cleanly_and_the_port_is_free_again(synthsmith: Command) -> None:
    with serving() as server:
        line = one_line(synthsmith("serve", "teacher", "--port", server.port))
        assert f"port {server.port}" in line
        code, said = server.stop()
        assert code == 0
        assert "Traceback" not in said
        assert "not a language model" in said
        with serving("--port", server.port) as again:
            assert again.url == server.url


def test_bad_settings_are_one_line(synthsmith: Command) -> None:
    os.environ.pop("NO_SUCH_KEY", None)
    assert "NO_SUCH_KEY" in one_line(synthsmith("serve", "teacher", "--api-key-env", "NO_SUCH_KEY"))
    assert "--skill" in one_line(synthsmith("serve", "teacher", "--name", "x"))
    assert "no recipe at" in one_line(synthsmith("serve", "teacher", "--skill", "none.toml"))
