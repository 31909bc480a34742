"""Client CPU per 60-KB completion and completions a second at 512 in flight, beside two rivals.

    python bench/client.py [--completions 3000] [--rounds 3] [--rivals PYTHON] [--memory 100000]

PYTHON is the interpreter of an environment with ``openai`` and ``bespokelabs-curator``; without
it only our own client runs. Server and client are processes of their own, the clients take
turns. A streamed completion is a thousand events. ``--memory`` runs so many completions through
our client and prints its peak of resident memory; 0 leaves it out.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from typing import Any

IN_FLIGHT = 512
REASONING_KB, TEXT_KB = 50, 10
EVENTS = 1000
OURS = ("ours", "ours, streamed")
RIVALS = ("openai SDK", "openai SDK, streamed", "curator")
Call = Callable[[int], Awaitable[int]]
"""One completion by number; its length in characters."""


def body() -> tuple[str, str]:
    """Reasoning and text of every reply: prose and code with what JSON must escape."""
    line = 'We walk the "intervals" by their right ends.\n\tfor a, b in sorted(x): é\n'
    return ((line * 1000)[: REASONING_KB * 1000], (line * 1000)[: TEXT_KB * 1000])


def unary_answer() -> bytes:
    """A chat completion as vLLM sends it."""
    reasoning, text = body()
    message = {"role": "assistant", "content": text, "reasoning_content": reasoning}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "tiny",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 5, "completion_tokens": 16000, "total_tokens": 16005},
        },
        ensure_ascii=False,
    ).encode()


def streamed_answer() -> bytes:
    """The same as events."""
    reasoning, text = body()
    size = (len(reasoning) + len(text)) // EVENTS
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    for name, whole in (("reasoning_content", reasoning), ("content", text)):
        deltas += [{name: whole[i : i + size]} for i in range(0, len(whole), size)]
    frame = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "tiny"}
    events = [
        frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        for delta in deltas
    ]
    events.append(frame | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    usage = {"prompt_tokens": 5, "completion_tokens": 16000, "total_tokens": 16005}
    events.append(frame | {"choices": [], "usage": usage})
    lines = "".join(f"data: {json.dumps(e, ensure_ascii=False)}\n\n" for e in events)
    return f"{lines}data: [DONE]\n\n".encode()


async def serve() -> None:
    """The server process: prints its port, answers until its standard input ends."""
    from aiohttp import web

    unary, streamed = unary_answer(), streamed_answer()

    async def chat(request: web.Request) -> web.Response:
        is_stream = b'"stream":true' in (await request.read()).replace(b" ", b"")
        kind = "text/event-stream" if is_stream else "application/json"
        return web.Response(body=streamed if is_stream else unary, content_type=kind)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", chat)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


async def pump(call: Call, count: int) -> None:
    """Make ``count`` completions, 512 in flight, and check each."""
    numbers = iter(range(count))
    expected = sum(map(len, body()))

    async def worker() -> None:
        for number in numbers:
            length = await call(number)
            if length != expected:
                raise SystemExit(f"a reply of {length} characters instead of {expected}")

    await asyncio.gather(*(worker() for _ in range(min(IN_FLIGHT, count))))


async def run_ours(url: str, count: int, *, stream: bool) -> None:
    """Our client, the whole way to a Completion."""
    from synthsmith.recipe import EndpointSettings, OpenAITeacherSettings
    from synthsmith.records import CompletionRequest, Message
    from synthsmith.teachers import open_teachers

    endpoint = EndpointSettings(url=url, concurrency=IN_FLIGHT)
    settings = OpenAITeacherSettings(name="t", model="tiny", endpoints=(endpoint,), stream=stream)
    async with open_teachers([settings]) as (teacher,):

        async def call(number: int) -> int:
            message = Message(role="user", content=f"prompt {number}")
            request = CompletionRequest(
                kind="solve", model="tiny", messages=(message,), seed=number
            )
            completion = await teacher.complete(request)
            return len(completion.text) + len(completion.reasoning)

        await pump(call, count)


async def run_sdk(url: str, count: int, *, stream: bool) -> None:
    """The openai SDK, as its documentation shows it."""
    openai: Any = importlib.import_module("openai")
    # By default a connection must stand within 5 s, which 512 at once do not on a loaded machine.
    client: Any = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0, timeout=600.0)

    def asked(number: int) -> dict[str, Any]:
        messages = [{"role": "user", "content": f"prompt {number}"}]
        return {"model": "tiny", "messages": messages, "max_tokens": 32768, "seed": number}

    async def unary(number: int) -> int:
        message = (await client.chat.completions.create(**asked(number))).choices[0].message
        return len(message.content) + len(message.reasoning_content)

    async def streamed(number: int) -> int:
        pieces: list[str] = []
        async for chunk in await client.chat.completions.create(**asked(number), stream=True):
            for choice in chunk.choices:
                pieces.append(choice.delta.content or "")
                pieces.append(getattr(choice.delta, "reasoning_content", None) or "")
        return len("".join(pieces))

    await pump(streamed if stream else unary, count)


def _count_bytes_as_tokens() -> None:
    """Curator counts tokens with a vocabulary that it downloads; offline a byte is one."""
    tiktoken: Any = importlib.import_module("tiktoken")
    ranks = {bytes([value]): value for value in range(256)}
    encoding = tiktoken.Encoding("bytes", pat_str=r".", mergeable_ranks=ranks, special_tokens={})
    tiktoken.get_encoding = tiktoken.encoding_for_model = lambda *_: encoding


def run_curator(url: str, count: int) -> None:
    """bespokelabs-curator, its cache in a folder of its own, progress and telemetry off."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "CURATOR_CACHE_DIR": folder,
            "CURATOR_DISABLE_RICH_DISPLAY": "1",
            "TELEMETRY_ENABLED": "0",
            "OPENAI_API_KEY": "none",
        }
        _count_bytes_as_tokens()
        curator: Any = importlib.import_module("bespokelabs.curator")
        limits = {
            "max_requests_per_minute": 10**9,
            "max_tokens_per_minute": 10**12,
            "max_concurrent_requests": IN_FLIGHT,
        }
        llm = curator.LLM(
            model_name="tiny", backend="openai", backend_params={"base_url": url, **limits}
        )
        result = llm([f"prompt {number}" for number in range(count)])
        rows = getattr(result, "dataset", result)
        if len(rows) != count:
            raise SystemExit(f"{len(rows)} replies instead of {count}")


def measure(who: str, url: str, count: int) -> dict[str, float]:
    """CPU milliseconds a completion, completions a second, MB of peak memory."""
    if who in OURS:
        asyncio.run(run_ours(url, 20, stream="streamed" in who))
    elif who != "curator":
        asyncio.run(run_sdk(url, 20, stream="streamed" in who))
    else:
        run_curator(url, 20)
    began, cpu = time.perf_counter(), time.process_time()
    if who in OURS:
        asyncio.run(run_ours(url, count, stream="streamed" in who))
    elif who != "curator":
        asyncio.run(run_sdk(url, count, stream="streamed" in who))
    else:
        run_curator(url, count)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu_ms": 1000 * cpu / count, "per_s": count / wall, "peak_mb": peak}


def in_process(python: str, who: str, url: str, count: int) -> dict[str, float]:
    """``measure`` in a fresh process, which prints its figures last."""
    command = [python, __file__, "--who", who, "--url", url, "--completions", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{who} failed:\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def compare(arguments: argparse.Namespace) -> None:
    """Everybody in turn against one server; prints the table as Markdown."""
    server = subprocess.Popen(
        [sys.executable, __file__, "--who", "server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    url = f"http://127.0.0.1:{server.stdout.readline().strip()}/v1"
    everybody = [(who, sys.executable) for who in OURS]
    if arguments.rivals:
        everybody += [(who, arguments.rivals) for who in RIVALS]
    results: dict[str, list[dict[str, float]]] = {who: [] for who, _ in everybody}
    try:
        for _ in range(arguments.rounds):
            for who, python in everybody:
                few = max(1, arguments.completions // (5 if "streamed" in who else 1))
                results[who].append(in_process(python, who, url, few))
                print(who, results[who][-1], file=sys.stderr)
        print("| client | CPU ms a completion | completions a second | peak MB |")
        print("|---|---|---|---|")
        for who, rounds in results.items():
            cpu, rate, peak = (
                statistics.median(one[name] for one in rounds)
                for name in ("cpu_ms", "per_s", "peak_mb")
            )
            print(f"| {who} | {cpu:.2f} | {rate:.0f} | {peak:.0f} |")
        if arguments.memory:
            peak = in_process(sys.executable, "ours", url, arguments.memory)["peak_mb"]
            print(f"\n{arguments.memory} completions through ours: {peak:.0f} MB at the peak")
    finally:
        server.communicate("")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--completions", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rivals", default="")
    parser.add_argument("--memory", type=int, default=100_000)
    parser.add_argument("--who", default="", help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.who == "server":
        asyncio.run(serve())
    elif arguments.who:
        figures = measure(arguments.who, arguments.url, arguments.completions)
        print("\n" + json.dumps(figures), flush=True)
    else:
        compare(arguments)


if __name__ == "__main__":
    main()
