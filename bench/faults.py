"""A whole run over HTTP while 30% of the calls fail: the same dataset, and nothing paid in vain.

    python bench/faults.py [--recipe recipes/mini.toml] [--tasks 40] [--share 0.3]
                           [--queue-s 8] [--out DIR]

Each teacher of the recipe is served by ``synthsmith serve teacher`` in a process of its own, the
second one asked for streams, all behind a proxy that fails a share of the calls at random, every
kind as often as any other; share 0 leaves the proxy out. The run over HTTP must end with the
tables of the run in process. Exit code 1 if it does not, or if more than 2% is paid beside the
calls needed. With DIR a comparison that was stopped goes on where it was, but what was paid is
then counted from there on only.

A call is paid once it is handed to the teacher, who answers every one whole, whether or not the
client still waits. All faults but the cuts stand in for a server that fails before: the teacher is
not asked. A cut body or stream is paid and lost, and counted apart: no client can get it back. A
call is needed once for every completion in the ledger.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pyarrow.parquet as pq
from aiohttp import web

from synthsmith.recipe import (
    EndpointSettings,
    OpenAITeacherSettings,
    Recipe,
    load_recipe,
    to_toml,
)
from synthsmith.store import opened_ledger

COMMAND = [sys.executable, "-c", "from synthsmith.cli import main; main()"]
TABLES = ("verified", "dropped", "features", "tasks")
MOST_PAID = 1.02
STATUSES = {"429 with Retry-After": 429, "429": 429, "500": 500, "503": 503}
NULL: dict[str, Any] = {"role": "assistant", "content": None}
BODIES: dict[str, dict[str, Any]] = {
    "200 with an error": {"error": {"message": "engine dead", "type": "server_error"}},
    "empty choices": {"object": "chat.completion", "choices": []},
    "content null": {
        "choices": [{"index": 0, "message": NULL, "delta": NULL, "finish_reason": "stop"}]
    },
}
KINDS = (*STATUSES, *BODIES, "malformed JSON", "hang", "cut")


class Storm:
    """Which calls fail, and what became of all of them."""

    def __init__(self, share: float, seed: int) -> None:
        self.counts: Counter[str] = Counter()
        self._share, self._dice = share, random.Random(seed)
        self._bag: list[str] = []

    def draw(self) -> str:
        """The fault of one call, "" for none."""
        if self._dice.random() >= self._share:
            return ""
        if not self._bag:
            self._bag = self._dice.sample(KINDS, len(KINDS))
        return self._bag.pop()

    async def answer(
        self, request: web.Request, upstream: str, session: aiohttp.ClientSession
    ) -> web.StreamResponse:
        """Fail the call or hand it on; anything but a chat completion is handed on."""
        data = await request.read()
        is_chat = request.path.endswith("/chat/completions")
        kind = self.draw() if is_chat else ""
        streamed = is_chat and json.loads(data).get("stream") is True
        if kind and kind != "cut":
            self.counts[kind] += 1
            return await failed(kind, streamed)
        if is_chat:
            self.counts[f"cut {'stream' if streamed else 'body'}" if kind else "paid"] += 1
        async with session.request(request.method, upstream + request.path, data=data) as answer:
            body, status, content_type = await answer.read(), answer.status, answer.content_type
        if kind:
            return await cut(request, body, content_type, streamed)
        return web.Response(body=body, status=status, content_type=content_type)


async def failed(kind: str, streamed: bool) -> web.StreamResponse:
    """A fault that comes before anything is generated."""
    if kind == "hang":
        await asyncio.Event().wait()  # until the client goes away
    if kind in STATUSES:
        headers = {"Retry-After": "1"} if kind.endswith("Retry-After") else {}
        error = {"error": {"message": f"no luck: {kind}"}}
        return web.json_response(error, status=STATUSES[kind], headers=headers)
    text = json.dumps(BODIES[kind]) if kind in BODIES else '{"choices": [{"index": 0, "mess'
    if not streamed:
        return web.Response(text=text, content_type="application/json")
    return web.Response(text=f"data: {text}\n\ndata: [DONE]\n\n", content_type="text/event-stream")


async def cut(
    request: web.Request, body: bytes, content_type: str, streamed: bool
) -> web.StreamResponse:
    """Half of a whole answer, then the connection is gone."""
    response = web.StreamResponse(headers={"Content-Type": content_type})
    if not streamed:
        response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


@asynccontextmanager
async def stormy(upstream: str, storm: Storm) -> AsyncIterator[str]:
    """A proxy in front of ``upstream`` (a URL that ends in /v1); yields its own URL."""
    root = upstream.removesuffix("/v1")
    async with aiohttp.ClientSession() as session:

        async def handle(request: web.Request) -> web.StreamResponse:
            return await storm.answer(request, root, session)

        app = web.Application(client_max_size=1 << 26)
        app.router.add_route("*", "/{path:.*}", handle)
        # A handler is cancelled when its client goes away, or a hang would last for ever.
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        finally:
            await runner.cleanup()


@asynccontextmanager
async def served(recipe: Path, teacher: str) -> AsyncIterator[str]:
    """``synthsmith serve teacher`` as a process; yields its URL."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "serve", "teacher", "--skill", str(recipe), "--name", teacher,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def run(recipe: Path, out: Path) -> float:
    """``synthsmith run``; seconds it took."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "run", str(recipe), "--out", str(out), stdout=asyncio.subprocess.DEVNULL
    )
    if await process.wait():
        raise SystemExit(f"synthsmith run {recipe} ended with {process.returncode}")
    return time.monotonic() - began


def at(recipe: Recipe, urls: list[str], queue_s: float) -> Recipe:
    """The recipe with its teachers behind ``urls``; every second one streams."""
    teachers = []
    for i, (one, url) in enumerate(zip(recipe.teachers, urls, strict=True)):
        teachers.append(
            OpenAITeacherSettings(
                name=one.name,
                weight=one.weight,
                weights=one.weights,
                endpoints=(EndpointSettings(url=url),),
                stream=i % 2 == 1,
                queue_s=queue_s,
                slowest_tokens_s=1_000_000.0,
            )
        )
    return msgspec.structs.replace(recipe, teachers=tuple(teachers))


def rows(out: Path, table: str) -> list[Any]:
    """A published table, in an order of its own."""
    return sorted(pq.read_table(out / f"{table}.parquet").to_pylist(), key=repr)


async def compare(arguments: argparse.Namespace, folder: Path) -> bool:
    """Both runs; prints the figures as Markdown and says whether the marks are met."""
    recipe = load_recipe(arguments.recipe)
    if arguments.tasks:
        recipe = msgspec.structs.replace(recipe, tasks=arguments.tasks)
    here, there = folder / "in_process.toml", folder / "over_http.toml"
    here.write_text(to_toml(recipe), "utf-8")
    seconds = await run(here, folder / "in_process")
    storm = Storm(arguments.share, arguments.seed)
    async with AsyncExitStack() as stack:
        urls = []
        for teacher in recipe.teachers:
            url = await stack.enter_async_context(served(here, teacher.name))
            if arguments.share:
                url = await stack.enter_async_context(stormy(url, storm))
            urls.append(url)
        there.write_text(to_toml(at(recipe, urls, arguments.queue_s)), "utf-8")
        over_http = await run(there, folder / "over_http")
    same = {
        table: rows(folder / "in_process", table) == rows(folder / "over_http", table)
        for table in TABLES
    }
    with opened_ledger(folder / "over_http") as (_, ledger):
        needed = len(ledger.keys("completion"))
    print(f"| tasks | {recipe.tasks} |\n|---|---|")
    print(f"| verified | {len(rows(folder / 'over_http', 'verified'))} |")
    for table, equal in same.items():
        print(f"| {table}.parquet | {'the same' if equal else 'DIFFERENT'} |")
    print(f"| seconds in process, over HTTP | {seconds:.0f}, {over_http:.0f} |")
    print(f"| calls needed | {needed} |")
    return all(same.values()) and (not arguments.share or paid_little(storm, needed))


def paid_little(storm: Storm, needed: int) -> bool:
    """Print what was paid; whether it is at most 2% more than needed."""
    counts = storm.counts
    paid = counts.pop("paid")
    lost = counts["cut body"] + counts["cut stream"]
    calls = paid + counts.total()
    for kind, count in sorted(counts.items()):
        print(f"| {kind} | {count} |")
    print(f"| calls made | {calls}, of which {counts.total() / calls:.0%} failed |")
    print(f"| calls paid, without those cut | {paid} |")
    print(f"| **paid / needed** | **{paid / needed:.4f}** |")
    print(f"| with those cut (paid, then lost) | {(paid + lost) / needed:.4f} |")
    return paid / needed <= MOST_PAID


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--recipe", type=Path, default=Path("recipes/mini.toml"))
    parser.add_argument("--tasks", type=int, default=0, help="0 takes the recipe's own")
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--queue-s", type=float, default=8.0, help="how long a hang is borne")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="keep both runs in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.out or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not asyncio.run(compare(arguments, folder)):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
