"""Is what dual verification publishes right? Judged by the embedded teacher's true references.

    python bench/verification.py [--tasks 560] [--shared 0.3 0.5]

Runs the road at a skill profile of 60% right candidates, of which the wrong ones share one
misreading a task in 30% (then 50%) of cases, and compares with the references, which the road
never sees: they come from the compositions that were drawn. Rival in the same run: the plain
majority vote (most common output, golden = most agreements; X-Coder's public code) on the same
candidates and the same inputs.

A program is right if it answers 30 fresh inputs, large ones among them, like the reference. A task
is solvable if any of its candidates is right.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from synthsmith.commands.progress import progress
from synthsmith.errors import Drop
from synthsmith.judge import Judge, compare
from synthsmith.pipeline import grow, outcome
from synthsmith.prompts import FormulateReply, parse_json_reply
from synthsmith.publish import outcome_key
from synthsmith.recipe import ProceduralTeacherSettings, Recipe, SkillSettings
from synthsmith.records import (
    Candidate,
    Completion,
    CompletionRequest,
    Execution,
    Limits,
    Outcome,
    Program,
    Task,
    TestInput,
    VerifiedTask,
)
from synthsmith.seeds import read_seeds, seeds_digest
from synthsmith.store import RunFolder
from synthsmith.teachers import Teacher, open_teachers
from synthsmith.teachers.procedural import oracle
from synthsmith.tools import Tools

FRESH = 30


class WatchedTools(Tools):
    """Tools that remember which request each statement came from."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.requests: dict[str, CompletionRequest] = {}

    async def complete(self, teacher: Teacher, request: CompletionRequest) -> Completion:
        completion = await super().complete(teacher, request)
        if request.kind == "formulate":
            try:
                reply = parse_json_reply(completion.text, FormulateReply)
            except Drop:
                return completion
            self.requests[reply.statement.strip()] = request
        return completion


class Watch:
    """What each task's stages saw, for the rival vote: candidates, inputs, executions."""

    def __init__(self) -> None:
        self.seen: dict[
            str, tuple[Sequence[Candidate], Sequence[TestInput], dict[str, list[Execution]]]
        ] = {}

    @contextmanager
    def installed(self):  # type: ignore[no-untyped-def]
        from synthsmith import pipeline

        real = pipeline.execute

        async def execute(task, candidates, inputs, desk):  # type: ignore[no-untyped-def]
            runs = await real(task, candidates, inputs, desk)
            self.seen[task.id] = (candidates, inputs, runs)
            return runs

        pipeline.execute = execute
        try:
            yield
        finally:
            pipeline.execute = real


class Truth:
    """The reference of each task, and which programs are right by it."""

    def __init__(self, judge: Judge, requests: dict[str, CompletionRequest]) -> None:
        self.judge, self.requests = judge, requests
        self._fresh: dict[str, tuple[list[str], list[str | None]]] = {}
        self._known: dict[str, bool] = {}

    def answers(self, task: Task, inputs: Sequence[str]) -> list[str | None]:
        """None for an input on which the reference is not defined (it breaks the constraints)."""
        composition = oracle.drawn_composition(self.requests[task.statement])
        out: list[str | None] = []
        for text in inputs:
            try:
                out += oracle.answers(composition, [text], task.io)
            except Exception:
                out.append(None)
        return out

    def fresh(self, task: Task) -> tuple[list[str], list[str | None]]:
        """Inputs the road never saw, and the true answers."""
        if task.id not in self._fresh:
            composition = oracle.drawn_composition(self.requests[task.statement])
            inputs = oracle.fresh_inputs(composition, 99, FRESH, task.io, large=True)
            self._fresh[task.id] = (inputs, self.answers(task, inputs))
        return self._fresh[task.id]

    async def right(self, task: Task, candidate: Candidate) -> bool:
        """Does the program answer fresh inputs as the reference does, within the limits?"""
        key = hashlib.sha256(f"{task.id}\0{candidate.code}".encode()).hexdigest()
        if key not in self._known:
            inputs, truth = self.fresh(task)
            program = Program(
                language=candidate.language, code=candidate.code, io=task.io, fn_name=task.fn_name
            )
            runs = await self.judge.execute(program, inputs, task.limits, stop_after=1)
            self._known[key] = all(
                run.verdict.status == "ran"
                and answer is not None
                and compare("tokens", run.output, answer)
                for run, answer in zip(runs, truth, strict=True)
            )
        return self._known[key]


def majority(
    candidates: Sequence[Candidate], runs: dict[str, list[Execution]], count: int
) -> tuple[Candidate, list[str | None]]:
    """The rival: per input the most common stripped output; golden = most agreements."""
    labels: list[str | None] = []
    for i in range(count):
        said = Counter(
            runs[c.id][i].output.strip()
            for c in candidates
            if runs[c.id][i].verdict.status == "ran"
        )
        labels.append(said.most_common(1)[0][0] if said else None)
    agreements = [
        sum(
            runs[c.id][i].output.strip() == labels[i] for i in range(count) if labels[i] is not None
        )
        for c in candidates
    ]
    return candidates[agreements.index(max(agreements))], labels


async def measure(tasks: int, shared: float, folder: Path) -> dict[str, str]:
    skill = SkillSettings(right_easy=0.6, right_hard=0.6, shared_misreading=shared)
    recipe = Recipe(
        name="bench",
        seed=11,
        tasks=tasks,
        limits=Limits(time_limit_s=1.0, memory_limit_mb=256),
        teachers=(ProceduralTeacherSettings(name="sixty", skill=skill),),
    )
    seeds, _ = read_seeds("", recipe.seeds)
    run_folder = RunFolder.open(folder, recipe, seeds_digest(seeds))
    watch = Watch()
    async with run_folder, Judge() as judge, open_teachers(recipe.teachers) as teachers:
        tools = WatchedTools(recipe, run_folder.ledger, judge, teachers)
        grown = await grow(seeds, tools, progress)
        with watch.installed(), progress(f"road, shared {shared:.0%}", tasks) as advance:

            async def one(index: int) -> Outcome:
                result = await outcome(index, grown.tree, tools)
                advance()
                return result

            outcomes = await tools.gather((one(i) for i in range(tasks)), 16)
        verified = {}
        for index in range(tasks):
            body = tools.ledger.get("verified", outcome_key(index, grown.tree.digest, tools))
            if body is not None:
                task = msgspec.msgpack.decode(body, type=VerifiedTask)
                verified[task.task.id] = task
        return await score(outcomes, verified, watch, Truth(judge, tools.requests))


async def score(
    outcomes: list[Outcome], verified: dict[str, VerifiedTask], watch: Watch, truth: Truth
) -> dict[str, str]:
    count: Counter[str] = Counter()

    def voted(name: str, labels: Sequence[str | None], outputs: Sequence[str | None]) -> None:
        for label, answer in zip(labels, outputs, strict=True):
            count[f"{name} off the constraints"] += answer is None
            count[name] += answer is not None
            count[f"{name} right"] += (
                answer is not None and label is not None and compare("tokens", label, answer)
            )

    async def one(task: Task) -> None:
        candidates, inputs, runs = watch.seen[task.id]
        truth.fresh(task)
        rights = await asyncio.gather(*(truth.right(task, one) for one in candidates))
        count["candidates"] += len(candidates)
        count["right candidates"] += sum(rights)
        count["solvable"] += any(rights)
        ours = verified.get(task.id)
        count["kept of solvable"] += any(rights) and ours is not None
        best, labels = majority(candidates, runs, len(inputs))
        best_right = await truth.right(task, best)
        outputs = truth.answers(task, [test.input for test in inputs])
        count["rival goldens"] += 1
        count["rival goldens right"] += best_right
        voted("rival tests", labels, outputs)
        if ours is None:
            return
        count["rival goldens on kept"] += 1
        count["rival goldens on kept right"] += best_right
        voted("rival tests on kept", labels, outputs)
        count["goldens"] += 1
        count["goldens right"] += await truth.right(task, ours.golden)
        texts = [test.input for test in ours.tests]
        voted("tests", [test.output for test in ours.tests], truth.answers(task, texts))

    tasks = [one.task for one in outcomes if one.task and one.task.id in watch.seen]
    with progress("judging by the references", len(tasks)) as advance:
        waiting = iter(tasks)

        async def worker() -> None:
            for task in waiting:
                await one(task)
                advance()

        await asyncio.gather(*(worker() for _ in range(2)))
    return rows(count, outcomes)


def rows(count: Counter[str], outcomes: list[Outcome]) -> dict[str, str]:
    """The lines of the table."""
    drops = Counter(d.reason.value for o in outcomes for d in o.drops if d.kind == "task")
    return {
        "tasks attempted": str(len(outcomes)),
        "tasks written": str(sum(one.task is not None for one in outcomes)),
        "candidates right": share(count, "right candidates", "candidates"),
        "solvable tasks kept": share(count, "kept of solvable", "solvable"),
        "**goldens right**": share(count, "goldens right", "goldens"),
        "**test outputs right**": share(count, "tests right", "tests"),
        "published tests off the constraints": str(count["tests off the constraints"]),
        "plain majority on the same tasks: goldens right": share(
            count, "rival goldens on kept right", "rival goldens on kept"
        ),
        "plain majority on the same tasks: outputs right": share(
            count, "rival tests on kept right", "rival tests on kept"
        ),
        "plain majority on all tasks: goldens right": share(
            count, "rival goldens right", "rival goldens"
        ),
        "plain majority on all tasks: outputs right": share(
            count, "rival tests right", "rival tests"
        ),
        "tasks dropped": ", ".join(f"{n} {r}" for r, n in drops.most_common()),
    }


def share(count: Counter[str], part: str, whole: str) -> str:
    return f"{count[part] / max(1, count[whole]):.2%} ({count[part]}/{count[whole]})"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=560)
    parser.add_argument("--shared", type=float, nargs="+", default=[0.3, 0.5])
    args = parser.parse_args()
    tables = {}
    for shared in args.shared:
        with tempfile.TemporaryDirectory() as folder:
            tables[shared] = asyncio.run(measure(args.tasks, shared, Path(folder) / "run"))
    print("| | " + " | ".join(f"{s:.0%} of wrong ones share a misreading" for s in tables) + " |")
    print("|---|" + "---|" * len(tables))
    for row in next(iter(tables.values())):
        print(f"| {row} | " + " | ".join(table[row] for table in tables.values()) + " |")


if __name__ == "__main__":
    main()
