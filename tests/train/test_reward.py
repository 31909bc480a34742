"""Execution rewards: planted answers of every kind, and each reward where it belongs."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from synthsmith.errors import InputError
from synthsmith.judge import Judge
from synthsmith.recipe import JudgeSettings
from synthsmith.records import Execution, Verdict
from synthsmith.train.reward import GroundTruth, Rewarder, trl_reward
from synthsmith.train_settings import RlSettings

EXTRA = {
    "task_id": "t1",
    "style": "codeforces",
    "io": "stdin",
    "difficulty": 0.5,
    "time_limit_s": 0.3,
    "memory_limit_mb": 256,
    "checker": "tokens",
    "index": 7,
}
TRUTH: dict[str, Any] = {
    "inputs": [f"{n}\n" for n in range(10)],
    "outputs": [f"{2 * n}\n" for n in range(10)],
}
CALL = {"inputs": ["[1, 2]\n3", "[]\n1"], "outputs": ["[3, 6]", "[]"], "fn_name": "scaled"}


def truth_of(truth: dict[str, Any], **extra: Any) -> GroundTruth:
    return GroundTruth.of(
        {"reward_model": {"ground_truth": json.dumps(truth)}, "extra_info": EXTRA | extra}
    )


def block(code: str) -> str:
    return f"Doubling.\n```python\n{code}\n```"


DOUBLE = block("print(2 * int(input()))")
HALF = block("n = int(input())\nprint(2 * n if n % 2 == 0 else 1)")
BROKEN = block("print(2 * int(input())")
METHOD = block("class Solution:\n  def scaled(self, a, k):\n    return [x * k for x in a]")
LEAVES = block("import sys\nclass Solution:\n  def scaled(self, a, k):\n    sys.exit(0)")
LEAVES_FIRST = block("import sys\nsys.exit(0)")


@pytest.fixture(scope="module")
def rewarder() -> Iterator[Rewarder]:
    with Rewarder(JudgeSettings(workers=2)) as rewarder:
        yield rewarder


@pytest.fixture(scope="module")
def by_share() -> Iterator[Rewarder]:
    settings = RlSettings(reward="fraction", format_weight=0.2)
    with Rewarder(JudgeSettings(workers=2), settings) as rewarder:
        yield rewarder


PLANTED = [
    (DOUBLE, 1.0, "accepted", True),
    (HALF, 0.0, "wrong_answer", True),
    (BROKEN, 0.0, "compile_error", True),
    (block("1 / 0"), 0.0, "runtime_error", True),
    (block("import sys\nsys.exit(0)"), 0.0, "wrong_answer", True),
    (block("while True: pass"), 0.0, "time_limit_exceeded", True),
    ("print(2 * int(input()))", 0.0, "no_code", False),
    ("", 0.0, "no_code", False),
    ("```python\nprint(2 * int(input()))", 0.0, "no_code", False),
    (f"{DOUBLE}\nNo, rather:\n{BROKEN}", 0.0, "compile_error", False),
    (f"{BROKEN}\nNo, rather:\n{DOUBLE}", 1.0, "accepted", False),
    (f"<think>\n{BROKEN}\n</think>\n\n{DOUBLE}", 1.0, "accepted", True),
    (f"<think>\n{DOUBLE}", 0.0, "no_code", False),
    (f"<think>\n{DOUBLE}\n</think>\n\nSee above.", 0.0, "no_code", False),
]


def test_every_planted_answer_of_a_shuffled_batch_earns_its_own_reward(rewarder: Rewarder) -> None:
    truths = truth_of(TRUTH), truth_of(TRUTH | {"outputs": ["0", *["x"] * 9]}, task_id="t2")
    batch = [(*case, truth) for case in PLANTED for truth in truths] * 2
    random.Random(5).shuffle(batch)
    rewards = rewarder.score([case[0] for case in batch], [case[-1] for case in batch])
    for (text, score, status, formatted, truth), reward in zip(batch, rewards, strict=True):
        other = truth is truths[1] and status == "accepted"
        wanted = (0.0, "wrong_answer") if other else (score, status)
        assert (reward.score, reward.status, reward.formatted) == (*wanted, formatted), text
        assert reward.total == 10 and reward.solved == (reward.passed == 10)


def test_the_share_passed_and_the_form_are_weighed(by_share: Rewarder) -> None:
    answers = [DOUBLE, HALF, f"{BROKEN}\n{HALF}", BROKEN, "", block("while True: pass")]
    rewards = by_share.score(answers, [truth_of(TRUTH)] * len(answers))
    assert [reward.score for reward in rewards] == pytest.approx([1, 0.6, 0.4, 0.2, 0, 0.2])
    assert [reward.passed for reward in rewards] == [10, 5, 5, 0, 0, 0]


def test_a_function_that_leaves_with_exit_code_zero_has_not_passed(
    rewarder: Rewarder, by_share: Rewarder
) -> None:
    truth = truth_of(CALL, io="function")
    for judged in (rewarder, by_share):
        rewards = judged.score([LEAVES, METHOD, LEAVES_FIRST], [truth] * 3)
        assert [reward.solved for reward in rewards] == [False, True, False]
        assert [reward.passed for reward in rewards] == [0, 2, 0]


async def test_64_answers_of_mixed_speed_from_two_callers_at_once(rewarder: Rewarder) -> None:
    truth = truth_of({"inputs": [f"{n}\n" for n in range(0, 64, 4)], "outputs": ["yes"] * 16})

    def knows_until(n: int) -> str:
        slow = f"for _ in range({(64 - n) % 5 * 20_000}): pass\n"
        return block(f"{slow}print('yes' if int(input()) < {n} else 'no')")

    order = random.Random(3).sample(range(64), 64)
    answers = [knows_until(n + 1) for n in order]
    both = [rewarder.ascore(part, [truth] * 32) for part in (answers[:32], answers[32:])]
    rewards = [reward for part in await asyncio.gather(*both) for reward in part]
    assert [reward.passed for reward in rewards] == [n // 4 + 1 for n in order]
    assert [reward.score for reward in rewards] == [float(n >= 60) for n in order]


@pytest.mark.parametrize("raises", [False, True])
def test_what_the_judge_fails_at_has_no_score(
    monkeypatch: pytest.MonkeyPatch, rewarder: Rewarder, by_share: Rewarder, raises: bool
) -> None:
    right = Judge.execute
    failures: list[str] = []

    async def fails(self: Judge, program: Any, inputs: Any, limits: Any, **kw: Any) -> Any:
        found = await right(self, program, inputs, limits, **kw)
        if "outage" not in program.code:
            return found
        failures.append(program.code)
        if "once" in program.code and len(failures) > 1:
            return found
        if raises:
            raise RuntimeError("no judge")
        return [*found[:-1], Execution(verdict=Verdict(status="judge_error"))]

    monkeypatch.setattr(Judge, "execute", fails)
    lost = block("# outage\nprint(2 * int(input()))")
    truths = [truth_of(TRUTH)] * 3
    for judged in (rewarder, by_share):
        rewards = judged.score([DOUBLE, lost, BROKEN], truths)
        assert [reward.score is None for reward in rewards] == [False, True, False]
        assert rewards[1].status == "judge_error" and rewards[0].solved
        failures.clear()
        assert judged.score([lost.replace("outage", "outage once")], truths[:1])[0].solved


@pytest.mark.parametrize(
    ("truth", "extra", "why"),
    [
        ({"inputs": [], "outputs": []}, {}, "no tests"),
        ({"inputs": ["1"], "outputs": []}, {}, "1 inputs but 0 outputs"),
        ({"inputs": ["1"]}, {}, "outputs"),
        ({}, {}, "inputs"),
        (TRUTH, {"checker": "vibes"}, "unknown checker"),
        (TRUTH, {"checker": '{"language"'}, "checker"),
        (TRUTH, {"io": "function"}, "fn_name"),
        (CALL, {}, "fn_name"),
        (TRUTH, {"time_limit_s": None}, "time_limit_s"),
    ],
)
def test_a_truth_that_cannot_be_read_is_an_error_and_no_pass(
    truth: dict[str, Any], extra: dict[str, Any], why: str
) -> None:
    with pytest.raises(InputError, match=f"(?s)task t1.*{why}"):
        truth_of(truth, **extra)


@pytest.mark.parametrize("row", [{}, {"reward_model": None, "extra_info": EXTRA}])
def test_a_row_of_another_kind_is_an_error(row: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="no RL row"):
        GroundTruth.of(row)


def test_the_reward_function_reads_messages_and_texts(
    monkeypatch: pytest.MonkeyPatch, rewarder: Rewarder
) -> None:
    logged: dict[str, float] = {}
    reward = trl_reward(rewarder, {"a": truth_of(TRUTH), "b": truth_of(CALL, io="function")})
    said = [[{"role": "assistant", "content": METHOD}], [{"role": "assistant", "content": DOUBLE}]]
    more = {"prompts": ["?", "?"], "log_metric": logged.__setitem__, "trainer_state": None}
    assert reward(completions=said, truth=["b", "a"], **more) == [1.0, 1.0]
    assert reward(completions=[METHOD, DOUBLE], truth=["a", "a"], **more) == [0.0, 1.0]
    assert logged == {"solved": 0.5, "formatted": 1.0, "judge_errors": 0.0}
