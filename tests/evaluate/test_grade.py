"""Programs from answers, and the grades of programs of every kind of ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import pytest_asyncio

from synthsmith.evaluate.answers import extract_code, with_prelude
from synthsmith.evaluate.grade import Grading, Test, grade
from synthsmith.judge import Judge
from synthsmith.records import Limits, Program

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUICK = Limits(time_limit_s=0.4, memory_limit_mb=256)
TESTS = [Test(input=f"{i}\n", output=f"{i}.50\n") for i in range(12)]
PAIRS = [Test(input=f"[{i}, 1]\n2", output=f"[{2 * i},2.0]") for i in range(3)]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def judge():
    async with Judge(workers=2) as judge:
        yield judge


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```python\na\n```\nor\n```\nb\nc\n```", "b\nc"),
        ("no code", ""),
        ("```python\ncut", ""),
        ("```a```", ""),
        ("x\n```\n```", ""),
        ("```py\na\n```\n```py\nnever closed", ""),
        ("  ```python\n  a\n  ``` trailing", "  a"),
    ],
)
async def test_the_last_two_fences_hold_the_program(text: str, code: str) -> None:
    assert extract_code(text) == code


async def test_the_prelude_gives_what_is_named_and_nothing_else() -> None:
    code = with_prelude("x = deque()\nx.append(sqrt(copy.copy(2)))\ngcd = 1\nimport heapq\nheapq\n")
    first = code.split("\n")[0]
    assert "from collections import deque" in first and "from math import sqrt" in first
    assert "import copy" in first and "heapq" not in first
    future = with_prelude("from __future__ import annotations\nList\n").split("\n")
    assert future[0].startswith("from __future__") and "from typing import List" in future[1]
    assert with_prelude("def broken(") == "def broken("


@pytest.mark.parametrize(
    ("code", "status", "passed"),
    [
        ("print(Decimal(input()) + 0.5)", "runtime_error", 0),
        ("print(float(input()) + 0.5)", "accepted", 12),
        ("n = int(stdin.read())\nprint(n + .5 if n < 10 else n)", "wrong_answer", 10),
        ("n = int(input())\nwhile n == 9: pass\nprint(n + .5)", "time_limit_exceeded", 9),
        ("1/0", "runtime_error", 0),
        ("print(", "compile_error", 0),
        ("  \n", "no_code", 0),
        ("print(len(str(10 ** 5000)) - 5001 + int(input()) + .5)", "accepted", 12),
        ("f = lambda n: n and f(n - 1)\nprint(f(9000) + int(input()) + .5)", "accepted", 12),
    ],
)
async def test_grades_of_programs(judge: Judge, code: str, status: str, passed: int) -> None:
    found = await grade(judge, Grading(limits=QUICK), TESTS, code)
    assert (found.status, found.passed, found.total) == (status, passed, 12)
    assert found.accepted is (status == "accepted")


async def test_a_slow_program_is_run_on_few_tests_after_the_one_it_fails(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute, ran = judge.execute, []

    async def counted(program: Program, inputs: Sequence[str], *args: Any, **kw: Any) -> Any:
        ran.extend(inputs)
        return await execute(program, inputs, *args, **kw)

    monkeypatch.setattr(judge, "execute", counted)
    burn = "import time\nwhile time.process_time() < .15: pass\n"
    found = await grade(
        judge, Grading(limits=QUICK), TESTS, burn + "n = int(input())\nprint(n / (n < 3) + .5)"
    )
    assert (found.status, found.passed) == ("runtime_error", 3)
    assert len(ran) < 8 and ran == [test.input for test in TESTS[: len(ran)]]


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("tuple(x * k for x in a)", "accepted"),
        ("[x * k + 1e-9 for x in a]", "wrong_answer"),
        ("{*a}", "runtime_error"),
        ("None", "wrong_answer"),
    ],
)
async def test_grades_of_functions(judge: Judge, value: str, status: str) -> None:
    code = f"class Solution:\n    def f(self, a: List[int], k: int):\n        return {value}\n"
    code += "if __name__ == '__main__':\n    print(Solution().f(input()))\n"
    grading = Grading(io="function", fn_name="f", checker="json", limits=QUICK)
    assert (await grade(judge, grading, PAIRS, code)).status == status
