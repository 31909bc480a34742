"""A loopback Batch API that does as it is told, also as a program that survives its clients."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Line = dict[str, Any]


def answered(line: Line, text: str = "") -> Line:
    """The output line of a request that worked; its text repeats the prompt."""
    prompt = line["body"]["messages"][0]["content"]
    message = {"role": "assistant", "content": text or f"re: {prompt}"}
    body = {
        "choices": [{"message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 9},
    }
    return {"custom_id": line["custom_id"], "response": {"status_code": 200, "body": body}}


def refused(line: Line, status: int, code: str = "") -> Line:
    """The error line of a request that an endpoint answered otherwise."""
    body = {"error": {"message": f"status {status}", "code": code}}
    return {"custom_id": line["custom_id"], "response": {"status_code": status, "body": body}}


def expired(line: Line) -> Line:
    """The error line of a request that was never made."""
    error = {"code": "batch_expired", "message": "too late"}
    return {"custom_id": line["custom_id"], "response": None, "error": error}


class BatchServer:
    """``outcome(number of batch, request)`` is the output line, or None for none at all.

    ``hold`` keeps batches from ending; ``cuts`` is the number of downloads to be cut short;
    ``faults`` the number of calls to be answered 503; ``statuses`` how the batches end.
    """

    def __init__(self) -> None:
        self.outcome: Callable[[int, Line], Line | None] = lambda number, line: answered(line)
        self.hold = asyncio.Event()
        self.hold.set()
        self.submitted = asyncio.Event()
        self.cuts = self.faults = 0
        self.statuses: list[str] = []
        self.batches: list[Line] = []
        self.files: dict[str, bytes] = {}
        self.bought: Counter[str] = Counter()
        self.url = ""

    async def upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert form["purpose"] == "batch"
        return web.json_response({"id": self.keep(form["file"].file.read())})  # type: ignore[union-attr]

    def keep(self, content: bytes) -> str:
        name = f"file-{len(self.files)}"
        self.files[name] = content
        return name

    def lines(self, name: str) -> list[Line]:
        return [json.loads(line) for line in self.files[name].splitlines()]

    async def create(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        assert wanted["endpoint"] == "/v1/chat/completions"
        batch = {"id": f"batch_{len(self.batches)}", "status": "validating", **wanted}
        batch |= {"output_file_id": None, "error_file_id": None, "errors": None}
        for line in self.lines(wanted["input_file_id"]):
            self.bought[line["custom_id"]] += 1
        self.batches.append(batch)
        self.submitted.set()
        if self.faults:
            self.faults -= 1
            return web.Response(status=503)
        return web.json_response(batch)

    async def look(self, request: web.Request) -> web.Response:
        if self.faults:
            self.faults -= 1
            return web.Response(status=503)
        (batch,) = [b for b in self.batches if b["id"] == request.match_info["id"]]
        if self.hold.is_set() and batch["status"] == "validating":
            self.end(batch)
        return web.json_response(batch)

    def end(self, batch: Line) -> None:
        number = self.batches.index(batch)
        batch["status"] = (self.statuses or ["completed"])[min(number, len(self.statuses) - 1)]
        if batch["status"] == "failed":
            batch["errors"] = {"data": [{"code": "token_limit_exceeded", "message": "queue full"}]}
            return
        found = [self.outcome(number, line) for line in self.lines(batch["input_file_id"])]
        good, bad = [], []
        for line in found:
            if line is not None:
                worked = (line["response"] or {}).get("status_code") == 200
                (good if worked else bad).append(json.dumps(line).encode() + b"\n")
        batch["output_file_id"] = self.keep(b"".join(reversed(good))) if good else None
        batch["error_file_id"] = self.keep(b"".join(bad)) if bad else None

    async def listed(self, request: web.Request) -> web.Response:
        newest = self.batches[::-1]
        ids = [batch["id"] for batch in newest]
        start = ids.index(request.query["after"]) + 1 if "after" in request.query else 0
        page = newest[start : start + 2]
        return web.json_response({"data": page, "has_more": start + 2 < len(newest)})

    async def content(self, request: web.Request) -> web.StreamResponse:
        content = self.files[request.match_info["id"]]
        if self.cuts:
            self.cuts -= 1
            response = web.StreamResponse(headers={"Content-Length": str(len(content))})
            await response.prepare(request)
            await response.write(content[: len(content) // 2])
            assert request.transport
            request.transport.close()
            return response
        return web.Response(body=content)


@asynccontextmanager
async def serving(server: BatchServer) -> AsyncIterator[BatchServer]:
    """``server`` on a free port of loopback."""
    app = web.Application(client_max_size=1 << 30)
    app.router.add_post("/v1/files", server.upload)
    app.router.add_post("/v1/batches", server.create)
    app.router.add_get("/v1/batches", server.listed)
    app.router.add_get("/v1/batches/{id}", server.look)
    app.router.add_get("/v1/files/{id}/content", server.content)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        await runner.cleanup()
