"""``synthsmith serve teacher`` as a process, for the tests that talk to it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

COMMAND = [sys.executable, "-W", "error", "-c", "from synthsmith.cli import main; main()"]


class Server:
    """A started server; ``url`` ends in /v1."""

    def __init__(self, *args: object) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "teacher", *map(str, args)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http://"), self.process.communicate()

    @property
    def port(self) -> int:
        return int(self.url.removesuffix("/v1").rpartition(":")[2])

    def stop(self) -> tuple[int, str]:
        """End it by Ctrl-C; its exit code, and what it said on standard error."""
        self.process.send_signal(signal.SIGINT)
        return self._ended()

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self._ended()

    def _ended(self) -> tuple[int, str]:
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextmanager
def serving(*args: object) -> Iterator[Server]:
    """A server with these arguments of the command line, ended on leaving."""
    server = Server(*args)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()
