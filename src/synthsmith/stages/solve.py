"""Solve: several long-reasoning candidates a task, from one or more teachers."""

from __future__ import annotations

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import last_code_block
from synthsmith.records import Candidate, Language, Task
from synthsmith.tools import Desk, stage


@stage
async def solve(task: Task, desk: Desk) -> list[Candidate]:
    """The candidates that hold a program, in sample order; the others are dropped with a reason.

    Raises Drop(TOO_FEW_CANDIDATES) when fewer than half of them do, and EndpointError.
    """
    settings = desk.recipe.solve
    order = list(range(settings.candidates))
    desk.rng("languages").shuffle(order)
    cpp = 0 if task.io == "function" else round(settings.candidates * settings.cpp_share)
    in_cpp = set(order[:cpp])

    async def one(index: int) -> Candidate | None:
        language: Language = "cpp" if index in in_cpp else "python"
        id_ = f"{task.id}.{index}"
        try:
            return await _candidate(id_, index, language, task, desk)
        except Drop as drop:
            desk.drop("candidate", id_, "solve", drop.reason, drop.detail)
            return None

    results = await desk.tools.gather(one(index) for index in range(settings.candidates))
    candidates = [candidate for candidate in results if candidate is not None]
    if 2 * len(candidates) < settings.candidates:
        raise Drop(
            DropReason.TOO_FEW_CANDIDATES,
            f"{len(candidates)} of {settings.candidates} replies hold a program",
        )
    return candidates


async def _candidate(id_: str, index: int, language: Language, task: Task, desk: Desk) -> Candidate:
    code, completion = await desk.ask(
        "solve",
        lambda text: last_code_block(text, language),
        index=index,
        statement=task.text,
        io=task.io,
        fn_name=task.fn_name,
        language=language,
        fence=f"```{language}",
        time_limit_s=f"{task.limits.time_limit_s:g}",
        memory_limit_mb=task.limits.memory_limit_mb,
    )
    return Candidate(
        id=id_,
        task_id=task.id,
        teacher=desk.teacher_name("solve", index),
        reasoning=completion.reasoning,
        answer=completion.text,
        code=code,
        language=language,
        usage=completion.usage,
        finish=completion.finish,
    )
