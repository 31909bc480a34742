"""Small verified tasks for the tests of formats and report."""

from __future__ import annotations

from typing import Any

from synthsmith.records import Candidate, LabeledTest, Sample, Task, Usage, VerifiedTask


def candidate(task_id: str, number: int, **changes: Any) -> Candidate:
    fields: dict[str, Any] = {
        "id": f"{task_id}-c{number}",
        "task_id": task_id,
        "teacher": "apprentice",
        "reasoning": "Add the numbers up.",
        "answer": "Sum it.\n\n```python\nprint(sum(map(int, input().split())))\n```",
        "code": "print(sum(map(int, input().split())))\n",
        "language": "python",
        "usage": Usage(completion_tokens=20),
        "finish": "stop",
    }
    return Candidate(**fields | changes)


def verified_task(number: int = 1, **task_changes: Any) -> VerifiedTask:
    task_id = f"task-{number:04d}"
    fields: dict[str, Any] = {
        "id": task_id,
        "style": "codeforces",
        "title": "Total of a Row",
        "statement": "Print the sum.\n\n## Input\n\nA line of integers.\n\n## Output\n\nTheir sum.",
        "samples": (Sample(input="1 2\n", output="3\n", explanation="1 + 2 = 3"),),
        "features": (("algorithm", "simulation"),),
    }
    test = LabeledTest(
        input="1 2\n", output="3\n", confidence=0.9, weight=1.0, split="select", origin="edge"
    )
    other = LabeledTest(
        input="4 5\n", output="9\n", confidence=0.8, weight=2.0, split="holdout", origin="prompt"
    )
    golden = candidate(task_id, 1)
    second = candidate(task_id, 2, language="cpp", code="int main(){}", answer="", reasoning="")
    return VerifiedTask(
        task=Task(**fields | task_changes),
        tests=(test, other),
        golden=golden,
        solutions=(golden, second),
        pass_rates={golden.id: 1.0, second.id: 1.0, f"{task_id}-c3": 0.5},
        holdout_pass_rate=1.0,
        difficulty=0.33,
    )


def function_task(number: int = 2) -> VerifiedTask:
    base = verified_task(
        number,
        style="leetcode",
        io="function",
        fn_name="countPairs",
        starter_code="class Solution:\n    def countPairs(self, nums: list[int], k: int) -> int:",
    )
    tests = (
        LabeledTest(
            input='[1, 2]\n"a\\nb"\n',
            output="[1, 2]\n",
            confidence=1.0,
            weight=1.0,
            split="select",
            origin="edge",
        ),
        LabeledTest(
            input="[]\n0", output="0", confidence=1.0, weight=1.0, split="holdout", origin="stress"
        ),
    )
    return VerifiedTask(
        task=base.task,
        tests=tests,
        golden=base.golden,
        solutions=base.solutions,
        pass_rates=base.pass_rates,
        holdout_pass_rate=1.0,
        difficulty=0.5,
    )
