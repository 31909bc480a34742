"""Execution reward: the program of an answer, on all tests of its task, in the judge.

Torch-free, for it also runs inside verl's reward workers. What the judge itself fails at is never
a zero: such a reward has no score.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from statistics import mean
from types import TracebackType
from typing import Any, Self, TypeVar

from synthsmith.errors import InputError, SynthSmithError
from synthsmith.evaluate.answers import extract_code, is_one_block
from synthsmith.evaluate.grade import Grade, GradeStatus, Grading, Test, grade
from synthsmith.evaluate.own_problems import read_ground_truth
from synthsmith.judge import Judge, validate
from synthsmith.recipe import JudgeSettings
from synthsmith.records import Record
from synthsmith.teachers.openai.reasoning import split_reasoning
from synthsmith.train_settings import RlSettings

_TRIES = 2
"""Of a program that the judge, which has its own retries, failed at."""
_Result = TypeVar("_Result")
_log = logging.getLogger(__name__)


class GroundTruth(Record, frozen=True):
    """What the answers to one prompt are judged by: at least one test."""

    task_id: str
    grading: Grading
    tests: tuple[Test, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> GroundTruth:
        """The truth of a row of a published RL set. Raises InputError as ``read`` does."""
        try:
            truth, extra = row["reward_model"]["ground_truth"], row["extra_info"]
        except (KeyError, TypeError):
            raise InputError(
                "no RL row: reward_model.ground_truth and extra_info are missing"
            ) from None
        return cls.read(truth, extra)

    @classmethod
    def read(cls, ground_truth: str, extra_info: Mapping[str, Any]) -> GroundTruth:
        """The truth in two columns of such a row, ``reward_model.ground_truth`` and ``extra_info``.

        Raises InputError, naming the task, where there is no test or anything cannot be read.
        """
        task_id = str(extra_info.get("task_id", "without an id"))
        try:
            grading, tests = read_ground_truth(ground_truth, dict(extra_info))
            if not tests:
                raise InputError("no tests, and to pass none is not to pass")
            if (grading.io == "function") != bool(grading.fn_name):
                raise InputError("fn_name: belongs to function style, and only there")
            if isinstance(grading.checker, str):
                validate(grading.checker)
        except InputError as error:
            raise InputError(f"ground truth of task {task_id}: {error}") from None
        return cls(task_id=task_id, grading=grading, tests=tuple(tests))


class Reward(Record, frozen=True):
    """What one answer earned: ``score`` is 0 to 1, None where the judge failed.

    ``passed`` of ``total`` tests (of those run: ``all`` stops at the first that is not passed);
    ``status`` as in ``Grade``; ``formatted`` says that the answer holds exactly one whole block.
    """

    score: float | None
    passed: int
    total: int
    status: GradeStatus
    formatted: bool

    @property
    def solved(self) -> bool:
        """Whether all tests are passed."""
        return self.status == "accepted"


class Rewarder:
    """A judge in a thread of its own, for callers of every kind; a context manager.

    ``judge.workers`` 0 shares the cores among the processes that a launcher started on this
    machine. Entering raises InputError if nothing here isolates programs well enough.
    """

    def __init__(self, judge: JudgeSettings, rl: RlSettings = RlSettings()) -> None:  # noqa: B008
        beside = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
        workers = judge.workers or max(1, len(os.sched_getaffinity(0)) // beside)
        self._judge = Judge(workers=workers, isolation=judge.isolation)
        self._places = asyncio.Semaphore(self._judge.queue)
        self._whole = rl.reward == "fraction"
        self._format_weight = rl.format_weight
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="judge", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._run(self._judge.__aenter__())
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._run(self._judge.__aexit__(kind, error, trace))
        finally:
            self._stop()

    def score(self, answers: Sequence[str], truths: Sequence[GroundTruth]) -> list[Reward]:
        """The reward of each answer, in order; all run at once, the same program of a task once.

        Raises ValueError where there is not one truth an answer.
        """
        return self._run(self._score(answers, truths))

    async def ascore(self, answers: Sequence[str], truths: Sequence[GroundTruth]) -> list[Reward]:
        """``score`` for callers with an event loop of their own."""
        task = asyncio.run_coroutine_threadsafe(self._score(answers, truths), self._loop)
        return await asyncio.wrap_future(task)

    async def _score(self, answers: Sequence[str], truths: Sequence[GroundTruth]) -> list[Reward]:
        keys = [
            (extract_code(_answer(text)), id(truth))
            for text, truth in zip(answers, truths, strict=True)
        ]
        programs = dict(zip(keys, truths, strict=True))
        grades = await asyncio.gather(
            *(self._grade(code, truth) for (code, _), truth in programs.items())
        )
        found = dict(zip(programs, grades, strict=True))
        return [self._reward(text, found[key]) for text, key in zip(answers, keys, strict=True)]

    async def _grade(self, code: str, truth: GroundTruth) -> Grade:
        async with self._places:
            for _ in range(_TRIES):
                try:
                    found = await grade(
                        self._judge, truth.grading, truth.tests, code, whole=self._whole
                    )
                except SynthSmithError:
                    raise
                except Exception as error:
                    _log.warning("the judge failed at task %s: %r", truth.task_id, error)
                    found = Grade(status="judge_error", passed=0, total=len(truth.tests))
                if found.status != "judge_error":
                    break
        return found

    def _reward(self, text: str, found: Grade) -> Reward:
        formatted = is_one_block(_answer(text))
        score = found.passed / found.total if self._whole else float(found.accepted)
        share = self._format_weight
        return Reward(
            score=None
            if found.status == "judge_error"
            else (1 - share) * score + share * formatted,
            passed=found.passed,
            total=found.total,
            status=found.status,
            formatted=formatted,
        )

    def _run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        task = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return task.result()
        except BaseException:
            task.cancel()
            raise

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _answer(text: str) -> str:
    """What was answered after the reasoning."""
    return split_reasoning(text)[1]


def trl_reward(
    rewarder: Rewarder, truths: Mapping[str, GroundTruth]
) -> Callable[..., list[float | None]]:
    """A reward function for TRL's GRPOTrainer: the column ``truth`` names each prompt's truth.

    TRL leaves a reward of None out of its group's mean. Logged beside the reward: the shares of
    rollouts that are solved, well-formed, and not judged.
    """

    def execution_reward(
        completions: Sequence[Any],
        truth: Sequence[str],
        log_metric: Callable[[str, float], None],
        **_: Any,
    ) -> list[float | None]:
        answers = [one if isinstance(one, str) else one[-1]["content"] for one in completions]
        rewards = rewarder.score(answers, [truths[name] for name in truth])
        log_metric("solved", mean(reward.solved for reward in rewards))
        log_metric("formatted", mean(reward.formatted for reward in rewards))
        log_metric("judge_errors", mean(reward.score is None for reward in rewards))
        return [reward.score for reward in rewards]

    return execution_reward
