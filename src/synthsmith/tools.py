"""The tools a stage is handed: teachers and judge, both behind the ledger.

Everything that costs anything goes through here, keyed by what it depends on, so that resuming
is running again: what is in the ledger is read, what is not is paid.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import inspect
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ParamSpec, TypeVar, cast

import msgspec

from synthsmith.errors import Drop, DropReason, EndpointError, InterruptedRun
from synthsmith.judge import Judge
from synthsmith.prompts import render
from synthsmith.recipe import Recipe
from synthsmith.records import (
    Completion,
    CompletionRequest,
    DropKind,
    Dropped,
    Execution,
    Finish,
    Limits,
    Message,
    Program,
    PromptKind,
    Task,
    TestInput,
    Verdict,
)
from synthsmith.store import Ledger, Spent, completion_key, execution_key
from synthsmith.teachers import Teacher

T = TypeVar("T")
U = TypeVar("U")
P = ParamSpec("P")

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""``with progress("solving", total) as advance: advance()``."""

_UNFINISHED: dict[Finish, DropReason] = {
    "length": DropReason.CUT_BY_LENGTH,
    "repetition": DropReason.REPETITION,
    "filtered": DropReason.FILTERED,
    "error": DropReason.MALFORMED_REPLY,
}
_STOPPING = ("time_limit_exceeded", "output_limit_exceeded")
_JUDGE_TRIES = 4
"""Calls of the judge for one program before its own faults end the run (resumably)."""
_NOT_RUN = Execution(verdict=Verdict(status="not_run"))


def stage(function: Callable[P, T]) -> Callable[P, T]:
    """Marks the public function of a stage: a Drop that leaves it carries the module's name."""
    name = function.__module__.rpartition(".")[2]

    @contextmanager
    def named() -> Iterator[None]:
        try:
            yield
        except Drop as drop:
            drop.stage = drop.stage or name
            raise

    @functools.wraps(function)
    def plain(*args: P.args, **kwargs: P.kwargs) -> T:
        with named():
            return function(*args, **kwargs)

    @functools.wraps(function)
    async def awaited(*args: P.args, **kwargs: P.kwargs) -> Any:
        with named():
            return await cast(Awaitable[Any], function(*args, **kwargs))

    return cast(Callable[P, T], awaited if inspect.iscoroutinefunction(function) else plain)


class Tools:
    """Teachers, judge and ledger of one run; ``in_flight`` calls wait for their teachers."""

    def __init__(
        self, recipe: Recipe, ledger: Ledger, judge: Judge, teachers: Sequence[Teacher]
    ) -> None:
        self.recipe = recipe
        self.ledger = ledger
        self.judge = judge
        self.teachers = tuple(teachers)
        self.stopping = False
        self.spent = Spent(ledger)
        self.in_flight = 0
        self._slots = asyncio.Semaphore(2 * judge.workers)
        self._running: dict[str, asyncio.Future[None]] = {}

    def stop(self) -> None:
        """Take no new paid work: what is in flight ends, everything after raises InterruptedRun."""
        self.stopping = True

    def desk(self, place: str) -> Desk:
        """The tools for one record of the road, ``place`` being its name in this run."""
        return Desk(self, place)

    async def complete(self, teacher: Teacher, request: CompletionRequest) -> Completion:
        """The completion of a request, from the ledger or else from the teacher.

        Raises InterruptedRun once the run is stopping, BudgetError once a budget is spent, and
        Drop and EndpointError of the teacher.
        """
        key = completion_key(request)
        known = self.ledger.get("completion", key)
        if known is not None:
            return msgspec.msgpack.decode(known, type=Completion)
        self._go_on()
        self.spent.require_within(self.recipe.budget)
        self.ledger.attempt("completion", key)
        self.in_flight += 1
        try:
            completion = await teacher.complete(request)
        finally:
            self.in_flight -= 1
        cost = self.spent.add(teacher.name, teacher.price, request, completion)
        self.ledger.put("completion", key, msgspec.msgpack.encode(completion), cost=cost)
        await asyncio.sleep(0)  # a teacher in this process never waits, others should get a turn
        return completion

    async def execute(
        self, program: Program, inputs: Sequence[str], limits: Limits, stop_after: int = 0
    ) -> list[Execution]:
        """One execution an input, in order; what the ledger holds is not run again.

        After ``stop_after`` (if not 0) executions killed at the time or output limit the rest is
        not_run. Raises InterruptedRun once the run is stopping, and EndpointError when the judge
        itself keeps failing: a judge error is nobody's wrong answer, so it is never kept.
        """
        keys = [execution_key(program, self.judge.version, _sha(text), limits) for text in inputs]
        together = _sha("\n".join(keys))
        while together in self._running:
            await asyncio.wait([self._running[together]])
        self._running[together] = future = asyncio.get_running_loop().create_future()
        try:
            return await self._execute(program, inputs, keys, limits, stop_after)
        finally:
            del self._running[together]
            future.set_result(None)

    async def _execute(
        self,
        program: Program,
        inputs: Sequence[str],
        keys: Sequence[str],
        limits: Limits,
        stop_after: int,
    ) -> list[Execution]:
        bodies = self.ledger.get_many("execution", keys)
        found = [msgspec.msgpack.decode(b, type=Execution) if b else None for b in bodies]
        for _ in range(_JUDGE_TRIES):
            results = _stopped(found, stop_after)
            missing = [i for i, result in enumerate(results) if result is None]
            if not missing:
                return [result for result in results if result is not None]
            async with self._slots:
                self._go_on()
                for i in missing:
                    self.ledger.attempt("execution", keys[i])
                texts = [inputs[i] for i in missing]
                fresh = await self.judge.execute(program, texts, limits, stop_after=stop_after)
            for i, execution in zip(missing, map(_text_only, fresh), strict=True):
                if execution.verdict.status not in ("not_run", "judge_error"):
                    found[i] = execution
                    self.ledger.put("execution", keys[i], msgspec.msgpack.encode(execution))
        raise EndpointError(
            "the judge failed again and again on the same program; what is paid for is kept, "
            "run the same command again to go on"
        )

    async def gather(self, jobs: Iterable[Coroutine[Any, Any, T]], at_once: int = 0) -> list[T]:
        """The results of all jobs in order, at most ``at_once`` (0: all) of them under way.

        All of them end before the first error is raised. An error that is not a Drop also stops
        the whole run from taking new work; what is in flight ends and is kept.
        """
        gate = asyncio.Semaphore(at_once or sys.maxsize)

        async def guarded(job: Coroutine[Any, Any, T]) -> T:
            async with gate:
                try:
                    return await job
                except Drop:
                    raise
                except Exception:
                    self.stop()
                    raise

        results = await asyncio.gather(*map(guarded, jobs), return_exceptions=True)
        errors = [result for result in results if isinstance(result, BaseException)]
        for error in sorted(errors, key=lambda e: isinstance(e, InterruptedRun)):
            raise error
        return [result for result in results if not isinstance(result, BaseException)]

    async def both(self, one: Coroutine[Any, Any, T], other: Coroutine[Any, Any, U]) -> tuple[T, U]:
        """The results of two jobs of different kinds, run together; see ``gather``."""
        results: list[Any] = await self.gather([one, other])
        return results[0], results[1]

    def _go_on(self) -> None:
        if self.stopping:
            raise InterruptedRun("interrupted; run the same command again to go on")


class Desk:
    """The tools as one record on the road has them: its own randomness, and what to remember.

    ``drops``, ``task`` and ``verdicts`` (statuses by teacher) are what the outcome will tell.
    Every random choice comes from (run seed, place, purpose), so order and speed alter nothing.
    """

    def __init__(self, tools: Tools, place: str) -> None:
        self.tools = tools
        self.recipe = tools.recipe
        self.place = place
        self.drops: list[Dropped] = []
        self.task: Task | None = None
        self.verdicts: dict[str, Counter[str]] = {}

    def rng(self, purpose: str) -> random.Random:
        """A generator that depends on the run's seed, this place and ``purpose`` alone."""
        return random.Random(_sha(f"{self.recipe.seed}/{self.place}/{purpose}"))

    def drop(
        self, kind: DropKind, id_: str, stage: str, reason: DropReason, detail: str = ""
    ) -> None:
        """Note that a record left the road."""
        self.drops.append(Dropped(kind=kind, id=id_, stage=stage, reason=reason, detail=detail))

    def drop_input(self, test: TestInput, reason: DropReason, detail: str) -> None:
        """Note that the vote left out an input."""
        self.drop("input", f"{self.place}/{test.id}", "label", reason, detail)

    async def ask(
        self, kind: PromptKind, read: Callable[[str], T], *, index: int = 0, **values: object
    ) -> tuple[T, Completion]:
        """One sample of one prompt, read by ``read``; ``index`` tells apart samples of a prompt.

        A reply that ``read`` cannot use (Drop) is asked for once more, with the error shown.
        Raises Drop when that fails too, or when the teacher did not end its reply by itself.
        """
        teacher = self._teacher(kind, index)
        request = CompletionRequest(
            kind=kind,
            model=teacher.model,
            messages=render(kind, **values),
            temperature=self.recipe.solve.temperature,
            max_tokens=self.recipe.solve.max_tokens,
            seed=self.rng(f"{kind} seed").getrandbits(31) + index,
            index=index,
            extra=teacher.extra(kind),
        )
        completion = await self.tools.complete(teacher, request)
        try:
            return _finished(completion, read), completion
        except Drop as drop:
            if completion.finish != "stop":
                raise
            again = msgspec.structs.replace(request, messages=_shown(request, completion, drop))
        completion = await self.tools.complete(teacher, again)
        return _finished(completion, read), completion

    def teacher_name(self, kind: PromptKind, index: int = 0) -> str:
        """The name of the teacher that answers this sample of this prompt."""
        return self._teacher(kind, index).name

    async def execute(
        self, program: Program, inputs: Sequence[str], limits: Limits, stop_after: int = 0
    ) -> list[Execution]:
        """See ``Tools.execute``."""
        return await self.tools.execute(program, inputs, limits, stop_after)

    def _teacher(self, kind: PromptKind, index: int) -> Teacher:
        weights = [one.weights.get(kind, one.weight) for one in self.recipe.teachers]
        return self.rng(f"{kind} {index} teacher").choices(self.tools.teachers, weights)[0]


def _stopped(found: Sequence[Execution | None], stop_after: int) -> list[Execution | None]:
    """Everything after the ``stop_after``-th kill at a limit is not_run; unknown stays None."""
    out: list[Execution | None] = []
    killed = 0
    for execution in found:
        if stop_after and killed >= stop_after:
            out.append(_NOT_RUN)
            continue
        out.append(execution)
        killed += execution is not None and execution.verdict.status in _STOPPING
    return out


def _finished(completion: Completion, read: Callable[[str], T]) -> T:
    if completion.finish != "stop":
        raise Drop(_UNFINISHED[completion.finish], f"finish reason {completion.finish}")
    return read(completion.text)


def _shown(request: CompletionRequest, reply: Completion, drop: Drop) -> tuple[Message, ...]:
    """The conversation so far, with what was wrong as the next turn."""
    wrong = f"That reply cannot be used: {drop.detail or drop.reason.value}.\n\n"
    return (
        *request.messages,
        Message(role="assistant", content=reply.text),
        Message(
            role="user", content=wrong + "Answer again, whole, in the form that was asked for."
        ),
    )


def _text_only(execution: Execution) -> Execution:
    """An output that is not UTF-8 is no answer, and no table can hold it."""
    if execution.output.isascii():
        return execution
    try:
        execution.output.encode()
    except UnicodeEncodeError:
        verdict = msgspec.structs.replace(
            execution.verdict, status="runtime_error", detail="the output is not UTF-8"
        )
        return Execution(verdict=verdict)
    return execution


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
