"""Builds a start for static C++ programs that asks the processor nothing; see native/start.c."""

from __future__ import annotations

import contextlib
import re
import subprocess
from pathlib import Path

_NATIVE = Path(__file__).parent / "native"
SOURCES = (_NATIVE / "start.c", _NATIVE / "trial.cpp")
# Fewer pages and segments to map: about a tenth of what starting a small program takes.
LINK_FLAGS = ("-static", "-Wl,--gc-sections,-z,noseparate-code")
_C_FLAGS = ("-O2", "-fno-stack-protector", "-fno-pie", "-fcf-protection=none")
# Where the C library keeps what it asks for; all of plain numbers.
_VARIABLES = re.compile(
    r"^[0-9a-f]+ ([0-9a-f]+) [BbDd] "
    r"(_dl_x86_cpu_features|_dl_hwcap|_dl_minsigstacksize|__x86_\w+)$",
    re.MULTILINE,
)
_TRIAL_EXIT_CODE = 3


def build_start(compiler: str, folder: Path) -> Path | None:
    """An object to link static programs with, or None where the C library is of another make.

    It is returned only if a trial program started with it behaves in all as it should. It holds
    for this processor only.
    """
    try:
        said = _note_answers(compiler, folder)
        start = _build(compiler, folder)
        return start if _trial(compiler, folder, [str(start)]) == said else None
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def identity(compiler: str) -> tuple[bytes | str, ...]:
    """What ``build_start`` depends on: the code, the C library, the kind of processor."""
    first, _, _ = Path("/proc/cpuinfo").read_text().partition("\n\n")
    kept = ("vendor_id", "cpu family", "model", "stepping", "cache size", "flags")
    processor = "\n".join(line for line in first.splitlines() if line.startswith(kept))
    library = "none"
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        state = _library(compiler).stat()
        library = f"{state.st_size} {state.st_mtime_ns}"
    ours = (path.read_bytes() for path in (Path(__file__), *SOURCES))
    return (*ours, library, processor)


def _note_answers(compiler: str, folder: Path) -> str:
    """Writes variables.h; returns what the trial program said, started as usual."""
    (folder / "empty.cpp").write_text("int main() {}\n")
    empty = str(folder / "empty")
    _run([compiler, "-static", str(folder / "empty.cpp"), "-o", empty])
    sizes = {name: int(size, 16) for size, name in _VARIABLES.findall(_run(["nm", "-S", empty]))}
    _declare(folder, {name: [0] * size for name, size in sizes.items()})
    said = _trial(compiler, folder, [])
    _declare(folder, _values(said, sizes))
    return said


def _build(compiler: str, folder: Path) -> Path:
    original, patched, hook = (str(folder / name) for name in ("libc.o", "patched.o", "hook.o"))
    with Path(original).open("wb") as file:
        subprocess.run(["ar", "p", _library(compiler), "libc-start.o"], stdout=file, check=True)
    _call_site(original, "__tunables_init")
    resume = _call_site(original, "_dl_relocate_static_pie")
    _run(
        ["objcopy", "--redefine-sym", "__tunables_init=judge_start",
         "--add-symbol", f"judge_resume=.text:{resume},function,global", original, patched]
    )  # fmt: skip
    source = ["-x", "c", str(SOURCES[0]), "-c", "-o", hook]
    _run([compiler, *_C_FLAGS, f"-I{folder}", *source])
    start = folder / "start.o"
    _run([compiler, "-r", "-nostdlib", patched, hook, "-o", str(start)])
    _run(["objcopy", "--wildcard", "--localize-symbol=judge_*", str(start)])  # any program's names
    return start


def _library(compiler: str) -> Path:
    return Path(_run([compiler, "-print-file-name=libc.a"]).strip())


def _trial(compiler: str, folder: Path, objects: list[str]) -> str:
    program = str(folder / "trial")
    sources = [str(SOURCES[1]), *objects]
    _run([compiler, "-O2", f"-I{folder}", *sources, *LINK_FLAGS, "-o", program])
    done = subprocess.run(
        [program, "argument"], env={"A": "b"}, capture_output=True, text=True, timeout=60
    )
    if done.returncode != _TRIAL_EXIT_CODE:
        raise ValueError(f"the trial program ended with {done.returncode}")
    return done.stdout


def _values(said: str, sizes: dict[str, int]) -> dict[str, list[int]]:
    lines = (line.split() for line in said.splitlines())
    values = {line[0]: list(map(int, line[1:])) for line in lines if line[0] in sizes}
    if not sizes or {name: len(numbers) for name, numbers in values.items()} != sizes:
        raise ValueError("the trial program did not say everything")
    return values


def _declare(folder: Path, values: dict[str, list[int]]) -> None:
    items = (f"X({n}, {len(v)}, {', '.join(map(str, v))})" for n, v in values.items())
    (folder / "variables.h").write_text(f"#define VARIABLES(X) {' '.join(items)}\n")


def _call_site(file: str, name: str) -> int:
    """Where in .text the only call of ``name`` is; ValueError if there is not exactly one."""
    relocations = _run(["objdump", "-r", "-j", ".text", file])
    found = re.findall(rf"^([0-9a-f]+) R_X86_64_PLT32\s+{name}-", relocations, re.MULTILINE)
    (operand,) = found
    return int(operand, 16) - 1


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
