"""HTTP to an OpenAI-compatible API: one try of one call, no policy."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from synthsmith.errors import InputError
from synthsmith.recipe import EndpointSettings
from synthsmith.records import Completion
from synthsmith.teachers.openai.answer import read_answer
from synthsmith.teachers.openai.faults import Fault, Origin, refuse
from synthsmith.teachers.openai.stream import read_stream

_CONNECT_S = 30.0
_IDLE_S = 4.0
"""An idle connection is given up before common servers do so (uvicorn: 5 s), for a call on a
connection that is just being closed is lost."""
_PROBES = {"TCP_KEEPIDLE": 30, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}
"""A peer that vanished is noticed in a minute and a half, not at the deadline of a long call."""


class Client:
    """Connection to one endpoint with its key and proxy.

    Raises InputError for a URL that is none, or a key variable that is not set.
    """

    def __init__(self, settings: EndpointSettings, model: str = "") -> None:
        self.url = _checked_url(settings.url)
        self.origin = Origin(url=self.url, model=model, key_env=settings.api_key_env)
        headers = {"Content-Type": "application/json"}
        if settings.api_key_env:
            headers["Authorization"] = f"Bearer {_key(settings)}"
        host = urlsplit(self.url)
        self._proxy = None if proxy_bypass(host.netloc) else getproxies().get(host.scheme)
        self._headers = headers
        self._session: aiohttp.ClientSession | None = None

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            # The window of the endpoint is the limit of connections. A balancer in front of it
            # should not recognise us, or all calls would go to one server.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0, keepalive_timeout=_IDLE_S, socket_factory=_probing_socket
                ),
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    async def chat(self, body: bytes, deadline_s: float, *, stream: bool) -> Completion:
        """One try of one chat completion, given up after ``deadline_s``.

        Raises Fault where another try may help, else InputError, EndpointError or Drop.
        """
        async with self._answered("POST", "chat/completions", deadline_s, data=body) as response:
            if stream:
                return await read_stream(response.content.iter_any(), self.origin)
            return read_answer(await response.read(), self.origin)

    async def get(self, path: str, deadline_s: float) -> bytes:
        """The body of a GET, ``path`` being relative to the version, errors as of ``chat``."""
        async with self._answered("GET", path, deadline_s) as response:
            return await response.read()

    async def post(
        self, path: str, body: bytes, deadline_s: float, content_type: str = "application/json"
    ) -> bytes:
        """The body of a POST's answer, as ``get``."""
        kind = {"Content-Type": content_type}
        async with self._answered("POST", path, deadline_s, data=body, headers=kind) as response:
            return await response.read()

    async def download(self, path: str, sink: BinaryIO, deadline_s: float) -> None:
        """The body of a GET, written to ``sink`` as it comes; errors as of ``get``."""
        async with self._answered("GET", path, deadline_s, allow_redirects=True) as response:
            async for chunk in response.content.iter_chunked(1 << 16):
                sink.write(chunk)

    @asynccontextmanager
    async def _answered(
        self, method: str, path: str, deadline_s: float, **more: Any
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """A response with status 200; no redirect is followed unless ``more`` allows it."""
        limit = aiohttp.ClientTimeout(total=deadline_s, sock_connect=_CONNECT_S)
        options = {"timeout": limit, "proxy": self._proxy, "allow_redirects": False, **more}
        try:
            url = f"{self.url}/{path}"
            async with self._connected().request(method, url, **options) as response:
                await self._require_ok(response)
                yield response
        except (aiohttp.ClientError, OSError) as error:
            raise self._fault(error, deadline_s) from None

    async def _require_ok(self, response: aiohttp.ClientResponse) -> None:
        if response.status != 200:
            body = await response.read()
            raise refuse(response.status, body, self.origin, response.headers)

    def _fault(self, error: Exception, deadline_s: float) -> Fault:
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            raise InputError(f"{self.url}: its certificate cannot be trusted ({error})")
        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return Fault("connection", f"no connection within {_CONNECT_S:g} s")
        if isinstance(error, TimeoutError):
            return Fault("timeout", f"no answer within {deadline_s:g} s")
        if isinstance(error, aiohttp.ClientConnectorError):
            return Fault("connection", _why(error.os_error))
        return Fault("connection", f"{type(error).__name__}: {error}" if str(error) else "cut off")

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"endpoint {url!r} is no http url: it looks like http://localhost:8000/v1")
    return url.rstrip("/").removesuffix("/chat/completions")


def _why(error: OSError) -> str:
    """What hindered a connection, in the words of the system and not of the libraries."""
    if isinstance(error, ssl.SSLError):
        return f"it does not speak https: {error.reason}"
    if isinstance(error, socket.gaierror) or not error.errno:
        return error.strerror or str(error)
    return os.strerror(error.errno)


def _key(settings: EndpointSettings) -> str:
    key = os.environ.get(settings.api_key_env, "").strip()
    if not key:
        raise InputError(
            f"{settings.url}: the environment variable {settings.api_key_env} is not set; "
            "put the key there"
        )
    return key


def _probing_socket(address: Any) -> socket.socket:
    family, kind, protocol, _, _ = address
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _PROBES.items():
        option = getattr(socket, name, None)  # not every system has each of them
        if option is not None:
            made.setsockopt(socket.IPPROTO_TCP, option, value)
    return made
