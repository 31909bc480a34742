"""``synthsmith serve teacher``: the procedural teacher behind a real HTTP API, on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from aiohttp import web

from synthsmith.commands.chat_api import Chat, chat_app
from synthsmith.commands.progress import print_line
from synthsmith.errors import InputError
from synthsmith.recipe import ProceduralTeacherSettings, load_recipe
from synthsmith.teachers import embedded_teacher


def serve_teacher(
    host: str,
    port: int,
    recipe: Path | None,
    name: str,
    context_length: int,
    api_key_env: str,
) -> None:
    """Serve until Ctrl-C or SIGTERM; the URL is the first line of standard output.

    ``recipe`` and ``name`` say whose skill profile it answers with. Raises InputError for a
    recipe without such a teacher, a key variable that is not set, and an address in use.
    """
    key = os.environ.get(api_key_env, "").strip() if api_key_env else ""
    if api_key_env and not key:
        raise InputError(f"--api-key-env: {api_key_env} is not set or empty")
    teacher = embedded_teacher(_settings(recipe, name))
    asyncio.run(_serve(chat_app(Chat(teacher, context_length, key)), teacher.model, host, port))


def _settings(path: Path | None, name: str) -> ProceduralTeacherSettings:
    """The recipe's procedural teacher ``name`` (empty: the first one)."""
    if path is None:
        if name:
            raise InputError("--name needs --skill, the recipe that the teacher stands in")
        return ProceduralTeacherSettings(name="teacher")
    found = {
        teacher.name: teacher
        for teacher in load_recipe(path).teachers
        if isinstance(teacher, ProceduralTeacherSettings)
    }
    if not found:
        raise InputError(f"{path} has no procedural teacher, so no skill profile")
    name = name or next(iter(found))
    if name not in found:
        raise InputError(f"{path} has no procedural teacher {name}, only {', '.join(found)}")
    return found[name]


async def _serve(app: web.Application, model: str, host: str, port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise InputError(f"cannot listen on {host} port {port}: {error.strerror}") from None
        address = runner.addresses[0]
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        print(f"http://{shown}:{address[1]}/v1", flush=True)
        print_line(f"serving {model}, which is not a language model; Ctrl-C ends it")
        await stop.wait()
    finally:
        await runner.cleanup()
