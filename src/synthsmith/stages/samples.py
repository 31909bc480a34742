"""Samples: what a statement shows must be what the vote says."""

from __future__ import annotations

from synthsmith.errors import Drop, DropReason
from synthsmith.judge import Judge
from synthsmith.records import VerifiedTask
from synthsmith.tools import stage


@stage
async def check_samples(verified: VerifiedTask, judge: Judge) -> None:
    """Raises Drop(SAMPLES_CONTRADICT_VOTE) unless every sample agrees with the golden solution.

    A task with a wrong sample is dropped, not corrected: its candidates reasoned over it.
    """
    task = verified.task
    voted = {test.input.strip(): test.output for test in verified.tests}
    for number, sample in enumerate(task.samples, 1):
        output = voted.get(sample.input.replace("\r\n", "\n").strip())
        if output is None:
            raise Drop(DropReason.SAMPLES_CONTRADICT_VOTE, f"no consensus on sample {number}")
        status = await judge.check(task.checker, sample.input, sample.output, output, task.limits)
        if status != "accepted":
            raise Drop(
                DropReason.SAMPLES_CONTRADICT_VOTE,
                f"sample {number} shows {sample.output.strip()[:60]!r}, the vote says "
                f"{output.strip()[:60]!r}",
            )
