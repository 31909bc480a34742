"""The reward function that verl loads by name (``reward.custom_reward_function``)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from typing import Any, Literal

from synthsmith.errors import EndpointError
from synthsmith.recipe import IsolationSetting, JudgeSettings
from synthsmith.train.reward import GroundTruth, Rewarder
from synthsmith.train_settings import RlSettings

_started: list[Rewarder] = []
_starting = threading.Lock()


async def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: str,
    extra_info: Mapping[str, Any] | None = None,
    *,
    workers: int = 0,
    isolation: IsolationSetting = "auto",
    reward: Literal["all", "fraction"] = "all",
    format_weight: float = 0.0,
    **_: Any,
) -> dict[str, float]:
    """The reward of one rollout, by a judge that this process keeps.

    ``score`` is the reward; ``acc`` is 1 where all tests are passed; ``formatted`` is 1 for
    exactly one whole code block. The settings are those of the first call. Raises InputError for
    a truth that cannot be read, and EndpointError where the judge failed twice: verl has no reward
    for "unknown", but leaves out a rollout whose reward raises.
    """
    truth = GroundTruth.read(ground_truth, extra_info or {})
    judge = JudgeSettings(workers=workers, isolation=isolation)
    rl = RlSettings(reward=reward, format_weight=format_weight)
    rewarder = await asyncio.to_thread(_rewarder, judge, rl)
    [found] = await rewarder.ascore([solution_str], [truth])
    if found.score is None:
        raise EndpointError(f"the judge failed twice at an answer to task {truth.task_id}")
    return {
        "score": found.score,
        "acc": float(found.solved),
        "formatted": float(found.formatted),
    }


def _rewarder(judge: JudgeSettings, rl: RlSettings) -> Rewarder:
    """This process's judge, started by the first call; its workers end with the process."""
    with _starting:
        if not _started:
            rewarder = Rewarder(judge, rl)
            rewarder.__enter__()
            _started.append(rewarder)
        return _started[0]
