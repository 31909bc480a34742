"""What a user of the judge sees, on small programs in every style."""

from __future__ import annotations

import pytest

from synthsmith.judge import Judge
from synthsmith.records import Limits, Program

LIMITS = Limits(time_limit_s=1.0)


@pytest.fixture
async def judge():
    async with Judge(workers=2) as judge:
        yield judge


async def statuses(judge, program, inputs=("",), **options):
    return [e.verdict.status for e in await judge.execute(program, inputs, LIMITS, **options)]


async def test_python_reads_and_writes(judge):
    program = Program(language="python", code="print(sum(map(int, input().split())))")
    done = await judge.execute(program, ["1 2", "3 4"], LIMITS)
    assert [e.output for e in done] == ["3\n", "7\n"]
    assert [e.verdict.status for e in done] == ["ran", "ran"]


async def test_function_style(judge):
    code = (
        "class Solution:\n    def add(self, a: List[int], b: int):\n"
        "        print(a)\n        return a + [b]"
    )
    program = Program(language="python", code=code, io="function", fn_name="add")
    done = await judge.execute(program, ["[1]\n2"], LIMITS)
    assert done[0].output == "[1, 2]"


async def test_leaving_a_function_early_is_no_pass(judge):
    code = "import sys\ndef f(a):\n    sys.exit(0)"
    program = Program(language="python", code=code, io="function", fn_name="f")
    assert await statuses(judge, program, ["1"]) == ["runtime_error"]


async def test_cpp(judge):
    code = "#include <bits/stdc++.h>\nint main(){long long a,b;std::cin>>a>>b;std::cout<<a+b;}"
    done = await judge.execute(Program(language="cpp", code=code), ["1 2"], LIMITS)
    assert done[0].output == "3"


async def test_failures(judge):
    async def one(code, language="python"):
        return (await statuses(judge, Program(language=language, code=code)))[0]

    assert await one("while True: pass") == "time_limit_exceeded"
    assert await one("1/0") == "runtime_error"
    assert await one("def") == "compile_error"
    assert await one("x = bytearray(1 << 30)") == "memory_limit_exceeded"
    assert await one("int main() { return x; }", "cpp") == "compile_error"


async def test_early_stop(judge):
    program = Program(language="python", code="n = int(input())\nwhile n: pass\n1 / n")
    expected = ["runtime_error", "time_limit_exceeded", "not_run"]
    assert await statuses(judge, program, ["0", "1", "0"], stop_after=1) == expected
