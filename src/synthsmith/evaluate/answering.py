"""Where answers come from: an endpoint, a checkpoint on this machine, or a file of them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import msgspec

from synthsmith.errors import Drop, InterruptedRun
from synthsmith.evaluate.answers import extract_code
from synthsmith.evaluate.local_model import Batch, LocalModel, Sampling
from synthsmith.evaluate.problem import EvalProblem
from synthsmith.evaluate.responses import Responses
from synthsmith.evaluate.settings import SamplingSettings
from synthsmith.records import Completion, CompletionRequest, Finish, Message, Record, Usage
from synthsmith.store import completion_key
from synthsmith.teachers import Teacher
from synthsmith.teachers.openai.reasoning import split_reasoning
from synthsmith.tools import Tools


class Answer(Record, frozen=True):
    """One answer and the program in it ("" where there is none); ``detail`` is why there is none
    where an endpoint refused to answer."""

    text: str
    reasoning: str
    code: str
    finish: Finish
    completion_tokens: int | None = None
    detail: str = ""
    graded: bool | None = None
    """What a file of answers says of it."""


class Answerer(Protocol):
    """Gives one sample of one problem, both by number."""

    async def answer(self, problem: int, sample: int) -> Answer:
        """Raises InterruptedRun and whatever ends the run."""
        ...


class FileAnswerer:
    """Answers of a file."""

    def __init__(self, problems: Sequence[EvalProblem], responses: Responses) -> None:
        self._found = [responses.by_problem[problem.id] for problem in problems]

    async def answer(self, problem: int, sample: int) -> Answer:
        """See ``Answerer``."""
        one = self._found[problem][sample]
        return Answer(
            text=one.text, reasoning="", code=one.code, finish="stop", graded=one.graded
        )  # fmt: skip


class EndpointAnswerer:
    """Answers of a teacher, through the ledger."""

    def __init__(
        self, tools: Tools, teacher: Teacher, requests: Sequence[Sequence[CompletionRequest]]
    ) -> None:
        self._tools, self._teacher, self._requests = tools, teacher, requests

    async def answer(self, problem: int, sample: int) -> Answer:
        """See ``Answerer``; a request the endpoint refuses is an answer without text."""
        request = self._requests[problem][sample]
        try:
            return read_answer(await self._tools.complete(self._teacher, request))
        except Drop as drop:
            return Answer(text="", reasoning="", code="", finish="error", detail=str(drop)[:200])


class CheckpointAnswerer:
    """Answers of a checkpoint, a batch at a time; a batch the ledger holds is not written again.

    Use as an async context manager: it writes in the background until it is left.
    """

    def __init__(
        self, tools: Tools, model: LocalModel, requests: Sequence[Sequence[CompletionRequest]]
    ) -> None:
        self._tools, self._model, self._requests = tools, model, requests
        self._futures: dict[tuple[int, int], asyncio.Future[Completion]] = {}

    async def __aenter__(self) -> CheckpointAnswerer:
        loop = asyncio.get_running_loop()
        for i, samples in enumerate(self._requests):
            self._futures |= {(i, s): loop.create_future() for s in range(len(samples))}
        self._task = asyncio.create_task(self._write_all())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        for future in self._futures.values():
            if future.done() and not future.cancelled():
                future.exception()  # told by whoever waited, if anybody did

    async def answer(self, problem: int, sample: int) -> Answer:
        """See ``Answerer``."""
        return read_answer(await self._futures[problem, sample])

    async def _write_all(self) -> None:
        first = self._requests[0][0]
        sampling = Sampling(
            temperature=first.temperature,
            top_p=first.top_p,
            max_new_tokens=first.max_tokens,
            seed=first.seed,
            batch=first.extra["batch"],
        )
        prompts = [samples[0].messages for samples in self._requests]
        try:
            for batch in self._model.batches(prompts, len(self._requests[0]), sampling):
                for place, completion in zip(batch.places, await self._batch(batch), strict=True):
                    self._futures[place].set_result(completion)
        except Exception as error:
            for future in self._futures.values():
                if not future.done():
                    future.set_exception(error)

    async def _batch(self, batch: Batch) -> list[Completion]:
        ledger = self._tools.ledger
        requests = [self._requests[i][sample] for i, sample in batch.places]
        keys = [completion_key(request) for request in requests]
        known = [body for body in ledger.get_many("completion", keys) if body is not None]
        if len(known) == len(keys):
            return [msgspec.msgpack.decode(body, type=Completion) for body in known]
        if self._tools.stopping:
            raise InterruptedRun("interrupted; run the same command again to go on")
        for key in keys:
            ledger.attempt("completion", key)
        samples = await asyncio.to_thread(batch.run)
        found = []
        for key, request, sample in zip(keys, requests, samples, strict=True):
            reasoning, text = split_reasoning(sample.text)
            usage = Usage(
                prompt_tokens=sample.prompt_tokens, completion_tokens=sample.completion_tokens
            )
            completion = Completion(
                text=text, reasoning=reasoning, finish=sample.finish, usage=usage,
                model=request.model,
            )  # fmt: skip
            ledger.put("completion", key, msgspec.msgpack.encode(completion))
            found.append(completion)
        return found


def read_answer(completion: Completion) -> Answer:
    """What a completion answers; the program is looked for in the text after the reasoning."""
    return Answer(
        text=completion.text,
        reasoning=completion.reasoning,
        code=extract_code(completion.text),
        finish=completion.finish,
        completion_tokens=completion.usage.completion_tokens,
    )


def requests_for(
    problems: Sequence[EvalProblem],
    prompts: Sequence[tuple[Message, ...]],
    model: str,
    sampling: SamplingSettings,
    n: int,
    extra: dict[str, object],
) -> list[list[CompletionRequest]]:
    """The request of each sample of each problem; a seed depends on the problem's id alone, so a
    window's answers are those of a larger one (for a checkpoint one seed serves all)."""
    return [
        [
            CompletionRequest(
                kind="solve",
                model=model,
                messages=prompt,
                temperature=sampling.temperature,
                top_p=sampling.top_p,
                max_tokens=sampling.max_tokens,
                seed=sampling.seed if sampling.batch else _seed(sampling.seed, problem.id) + s,
                index=s,
                extra=extra,
            )
            for s in range(n)
        ]
        for problem, prompt in zip(problems, prompts, strict=True)
    ]


def _seed(seed: int, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:4], "big") >> 2
