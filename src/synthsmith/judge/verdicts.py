"""From what the kernel measured to what the judge says."""

from __future__ import annotations

import hashlib
import os
import signal

from synthsmith.judge.worker import KILLED_CPU, KILLED_WALL, OVER_OUTPUT, Outcome, Reply
from synthsmith.records import Execution, Limits, Status, Verdict

# CPU time varies by this share of the limit with what else the machine does.
MARGIN = 0.10
# What ran out of wall time with less than this share of it as CPU time was asleep, not starved.
_ASLEEP = 0.02
_MEMORY_COMPLAINTS = (b"MemoryError", b"std::bad_alloc")
_COMPILE_TIMED_OUT = 124
WALL = "ran out of wall time"


def cpu_allowance_ns(limits: Limits) -> int:
    """When a test is killed: past the margin, so that what is killed is surely too slow."""
    return int(limits.time_limit_s * (1 + MARGIN) * 1e9) + 2_000_000


def judge_test(
    reply: Reply, limits: Limits, tier: str, *, memory_kills: int = 0, function: bool = False
) -> Execution:
    """The verdict on one test; the output only of a clean exit."""
    status = _status(reply, limits, memory_kills, function)
    clean = status == "ran"
    limit_ns = limits.time_limit_s * 1e9
    near = abs(reply.cpu_ns - limit_ns) <= MARGIN * limit_ns and not reply.flags & KILLED_CPU
    starved = bool(reply.flags & KILLED_WALL) and reply.cpu_ns > _ASLEEP * reply.wall_ns
    verdict = Verdict(
        status=status,
        time_ms=round(reply.cpu_ns / 1e6, 3),
        memory_kb=reply.memory_kb,
        output_digest=hashlib.sha256(reply.data).hexdigest() if clean else "",
        tier=tier,
        near_limit=near or starved,
        detail="" if clean else _detail(reply),
    )
    output = reply.data.decode("utf-8", "surrogateescape") if clean else ""
    return Execution(verdict=verdict, output=output)


def compile_failure(outcome: Outcome) -> str | None:
    """Why a Python source did not compile; None if it did, or if the zygote was lost otherwise."""
    if outcome.refusal is not None:
        return outcome.refusal.decode("utf-8", "replace") or "does not compile"
    if outcome.compiled or outcome.zygote == 0:
        return None
    code = os.waitstatus_to_exitcode(outcome.zygote)
    if code == _COMPILE_TIMED_OUT:
        return "compiling took too long"
    if code == -signal.SIGKILL:
        return "compiling took too much memory" if outcome.memory_kills else None
    return f"the interpreter failed while compiling ({_ending(outcome.zygote)})"


def killed_from_outside(reply: Reply, limits: Limits, memory_kills: int) -> bool:
    """Whether a test died by a SIGKILL that the judge cannot account for."""
    killed = os.WIFSIGNALED(reply.status) and os.WTERMSIG(reply.status) == signal.SIGKILL
    return killed and not reply.flags and not _out_of_memory(reply, limits, memory_kills)


def _status(reply: Reply, limits: Limits, memory_kills: int, function: bool) -> Status:
    if _out_of_memory(reply, limits, memory_kills):
        return "memory_limit_exceeded"
    if reply.flags & OVER_OUTPUT:
        return "output_limit_exceeded"
    if reply.flags & (KILLED_CPU | KILLED_WALL) or reply.cpu_ns > limits.time_limit_s * 1e9:
        return "time_limit_exceeded"
    if os.WIFSIGNALED(reply.status) and os.WTERMSIG(reply.status) == signal.SIGSYS:
        return "security_violation"
    if reply.status or (function and not reply.data):
        return "runtime_error"
    return "ran"


def _out_of_memory(reply: Reply, limits: Limits, memory_kills: int) -> bool:
    if reply.memory_kb > limits.memory_limit_mb * 1024:
        return True
    if not reply.status or reply.flags:
        return False
    if os.WIFSIGNALED(reply.status) and os.WTERMSIG(reply.status) == signal.SIGKILL:
        return memory_kills > 0
    lines = reply.data.strip().splitlines()
    return any(word in line for line in lines[-2:] for word in _MEMORY_COMPLAINTS)


def _ending(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _detail(reply: Reply) -> str:
    if reply.flags & KILLED_WALL:
        return WALL
    said = reply.data.decode("utf-8", "replace").strip()[-500:]
    return f"{_ending(reply.status)}: {said}" if said else _ending(reply.status)
