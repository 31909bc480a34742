"""Builds the judge's C parts and the C++ toolchain's precompiled header, once per machine."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from synthsmith.errors import InputError
from synthsmith.judge import startup

_HERE = Path(__file__).parent
_SOURCES = ("serve.c", "tests.c", "box.c", "filter.c")
_C_FLAGS = ("-O2", "-std=gnu11", "-Wall")
_START = "start.o"
CXX_FLAGS = ("-std=c++20", "-O2", "-pipe")


@dataclass(frozen=True)
class Native:
    """The judge's own binaries, and the digest of their sources."""

    folder: Path
    digest: str

    @property
    def jail(self) -> Path:
        return self.folder / "judge-jail"

    @property
    def extension(self) -> Path:
        return self.folder / "zygote.so"

    @property
    def harness(self) -> Path:
        return self.folder / "harness.py"


@dataclass(frozen=True)
class Toolchain:
    """g++, its flags, whether it can link statically, and its folder of precompiled headers."""

    compiler: str
    version: str
    static: bool
    headers: Path

    def command(self, *include: Path) -> tuple[str, ...]:
        """Compiles box/main.cpp to box/main; the working folder is the box."""
        paths = [f"-I{path}" for path in (self.headers, *include)]
        start = self.headers / _START
        shorter = [str(start)] if start.exists() else []
        link = [*shorter, *startup.LINK_FLAGS] if self.static else []
        return (self.compiler, *CXX_FLAGS, *paths, *link, "-s", "main.cpp", "-o", "main")


def build_native() -> Native:
    """The C parts, compiled with gcc or cc unless a build of the same sources is cached.

    Raises InputError if there is no C compiler, it fails, or the cache cannot be written.
    """
    if platform.machine() != "x86_64" or sys.platform != "linux":
        raise InputError("the judge runs on Linux x86-64 only")
    files = [*sorted((_HERE / "native").iterdir()), _HERE / "harness.py"]
    digest = _digest(*(file.read_bytes() for file in files), *_C_FLAGS)

    def build(folder: Path) -> None:
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None:
            raise InputError("no C compiler: install gcc (the judge builds its launcher with it)")
        native = _HERE / "native"
        shared = [str(native / name) for name in _SOURCES]
        jail = [compiler, *_C_FLAGS, str(native / "jail.c"), *shared]
        output = ["-o", str(folder / "judge-jail")]
        if _run([*jail, "-static", *output]).returncode:
            _check([*jail, *output])
        module = [str(native / "python.c"), *shared, "-shared", "-fPIC"]
        _check([compiler, *_C_FLAGS, *module, "-o", str(folder / "zygote.so")])
        shutil.copy(_HERE / "harness.py", folder / "harness.py")

    return Native(_cached(f"judge-{digest}", build), digest)


def find_toolchain() -> Toolchain:
    """The C++ toolchain with bits/stdc++.h precompiled (a few seconds on first use).

    Raises InputError if g++ is missing or cannot compile.
    """
    compiler = shutil.which("g++")
    if compiler is None:
        raise InputError("g++ not found: the judge needs it for C++ programs")
    version = _check([compiler, "--version"]).split("\n", 1)[0]
    compiler = str(Path(compiler).resolve())

    def build(folder: Path) -> None:
        (folder / "bits").mkdir()
        source = folder / "all.hpp"
        source.write_text("#include <bits/stdc++.h>\n")
        header = _check([compiler, *CXX_FLAGS, "-M", str(source)]).replace("\\\n", " ").split()
        original = next(path for path in header if path.endswith("bits/stdc++.h"))
        made = folder / "bits" / "stdc++.h.gch"
        _check([compiler, *CXX_FLAGS, "-x", "c++-header", original, "-o", str(made)])
        source.write_text("int main() {}\n")
        probe = ["-x", "c++", str(source), "-o", str(folder / "probe")]
        if not _run([compiler, "-static", *probe]).returncode:
            (folder / "static").touch()
            with tempfile.TemporaryDirectory() as work:
                start = startup.build_start(compiler, Path(work))
                if start is not None:
                    shutil.copy(start, folder / _START)
        (folder / "probe").unlink(missing_ok=True)

    parts = (version, compiler, *CXX_FLAGS, *startup.identity(compiler))
    folder = _cached(f"cxx-{_digest(*parts)}", build)
    return Toolchain(compiler, version, (folder / "static").exists(), folder)


def toolchain_version(native: Native) -> str:
    """A digest of what can alter a verdict: the judge's own code, Python, g++ and its flags."""
    compiler = shutil.which("g++")
    cxx = _check([compiler, "--version"]).split("\n", 1)[0] if compiler else ""
    rules = (_HERE / "verdicts.py").read_bytes()
    flags = (*CXX_FLAGS, *startup.LINK_FLAGS)
    return _digest(native.digest, rules, platform.python_version(), cxx, *flags)


def _digest(*parts: bytes | str) -> str:
    hashed = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        hashed.update(len(data).to_bytes(8, "little") + data)
    return hashed.hexdigest()[:16]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _check(command: list[str]) -> str:
    done = _run(command)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[0]
        raise InputError(f"{Path(command[0]).name} failed while setting up the judge: {reason}")
    return done.stdout


def _cached(name: str, build: Callable[[Path], None]) -> Path:
    """The folder ``name`` of the cache, built in a temporary one and renamed into place."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "synthsmith"
    target = root / name
    if target.is_dir():
        return target
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix="building-") as temporary:
            folder = Path(temporary, "out")
            folder.mkdir()
            build(folder)
            for path in [folder, *folder.rglob("*")]:
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            try:
                folder.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
    except OSError as error:
        raise InputError(f"cannot write the judge's cache in {root}: {error.strerror}") from error
    return target
