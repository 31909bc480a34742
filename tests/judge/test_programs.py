"""Every way a contest program reads, writes, recurses and ends."""

from __future__ import annotations

import pytest

from synthsmith.records import Limits, Program

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIMITS = Limits(time_limit_s=2.0, memory_limit_mb=256)
INPUT = "3\n1 2 3\n"
WAYS = {
    "input": "n = int(input())\nprint(sum(map(int, input().split())))",
    "iterated": "import sys\nnext(sys.stdin)\n"
    "for line in sys.stdin: print(sum(map(int, line.split())))",
    "readline": "import sys\ninput = sys.stdin.readline\ninput()\n"
    "print(sum(map(int, input().split())))",
    "read": "import sys\nprint(sum(map(int, sys.stdin.read().split()[1:])))",
    "buffer": "import sys\nprint(sum(map(int, sys.stdin.buffer.read().split()[1:])))",
    "open 0": "print(sum(map(int, open(0).read().split()[1:])))",
    "open 0, iterated": "_, *rest = open(0)\nprint(sum(map(int, rest[0].split())))",
    "os.read": "import os\nprint(sum(map(int, os.read(0, 10 ** 6).split()[1:])))",
    "fstat": "import os\nprint(sum(map(int, os.read(0, os.fstat(0).st_size).split()[1:])))",
    "BytesIO": "import io, os, sys\nsys.stdin = io.BytesIO(os.read(0, 99))\n"
    "input = sys.stdin.readline\n"
    "input()\nprint(sum(map(int, input().split())))",
    "fileinput": "import fileinput\nprint(sum(map(int, list(fileinput.input())[1].split())))",
    "mmap": "import mmap\nprint(sum(map(int, mmap.mmap(0, 0, access=1)[:].split()[1:])))",
    "stdout.write": "import sys\nsys.stdout.write('6\\n')",
    "stdout.buffer": "import sys\nsys.stdout.buffer.write(b'6\\n')",
    "os.write": "import os\nos.write(1, b'6\\n')",
    "flush": "print(6, flush=True)",
    "fdopen, never closed": "import os\nout = os.fdopen(1, 'w')\nout.write('6\\n')",
    "open 1, never closed": "out = open(1, 'wb', closefd=False)\nout.write(b'6\\n')",
    "atexit": "import atexit\natexit.register(print, 6)",
    "main guard": "def main():\n    print(6)\nif __name__ == '__main__':\n    main()",
    "globals": "x = 5\ndef f():\n    global x\n    x += 1\nf()\nprint(globals()['x'])",
    "exit": "print(6)\nexit()\nprint(7)",
    "sys.exit": "import sys\nprint(6)\nsys.exit(0)\nprint(7)",
    "os._exit": "import os\nprint(6, flush=True)\nos._exit(0)",
    "thread": "import threading\nthreading.stack_size(1 << 26)\n"
    "t = threading.Thread(target=lambda: print(6))\nt.start()",
    "signal": "import signal, time\nsignal.signal(signal.SIGALRM, lambda *_: print(6))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(0.1)",
    "recursion limit": "import sys\nsys.setrecursionlimit(10 ** 6)\n"
    "def f(n):\n    return n and f(n - 1) + 1\nprint(f(10 ** 5) - 99994)",
    "stack limit": "import resource\nresource.setrlimit(resource.RLIMIT_STACK, (-1, -1))\nprint(6)",
    "dataclass": "from dataclasses import dataclass\n@dataclass\nclass A:\n"
    "    x: int\nprint(A(6).x)",
    "pickle of own class": "import pickle\nclass A: pass\n"
    "print(6 if pickle.loads(pickle.dumps(A())) else 0)",
    "null device": "import os, sys\nsys.stderr = open(os.devnull, 'w')\n"
    "print('x', file=sys.stderr)\nprint(6)",
    "traced frames": "import sys\nprint(6 if sys._getframe().f_code.co_name == '<module>' else 0)",
}


@pytest.mark.parametrize("way", WAYS)
async def test_python(judge, way):
    done = await judge.execute(Program(language="python", code=WAYS[way]), [INPUT, INPUT], LIMITS)
    assert [(e.verdict.status, e.output, e.verdict.detail) for e in done] == [
        ("ran", "6\n", "")
    ] * 2


CPP = {
    "cin": "int n; std::cin >> n; int s = 0, x; while (std::cin >> x) s += x; std::cout << s;",
    "scanf": 'int n, s = 0, x; scanf("%d", &n); '
    'while (scanf("%d", &x) == 1) s += x; printf("%d", s);',
    "getchar": "int c, s = 0, l = 0; while ((c = getchar()) != EOF) { l += c == 10; "
    "if (l && isdigit(c)) s += c - 48; } putchar(48 + s);",
    "thread": "int s = 0; std::thread t([&] { s = 6; }); t.join(); std::cout << s;",
    "big array": "std::vector<int> v(20'000'000, 1); std::cout << v[7] + 5;",
    "random device": "std::random_device d; std::mt19937 g(d()); std::cout << (g() ? 6 : 6);",
    "clock": "auto a = std::chrono::steady_clock::now(); "
    "std::cout << (a.time_since_epoch().count() > 0) * 6;",
}


@pytest.mark.parametrize("way", CPP)
async def test_cpp(judge, way):
    code = f"#include <bits/stdc++.h>\nint main() {{ {CPP[way]} }}\n"
    done = await judge.execute(Program(language="cpp", code=code), [INPUT], LIMITS)
    assert [(e.verdict.status, e.output, e.verdict.detail) for e in done] == [("ran", "6", "")]


async def test_function_styles(judge):
    async def result(code, *arguments):
        program = Program(language="python", code=code, io="function", fn_name="f")
        return (await judge.execute(program, ["\n".join(arguments)], LIMITS))[0].output

    assert await result("def f(a, b):\n    return [a, b]", '"x y"', "[1, 2]") == '["x y", [1, 2]]'
    assert (
        await result("class Solution:\n    def f(self, a: List[int]):\n        return a", "[1]")
        == "[1]"
    )
    assert await result("def f():\n    return {'é': (1, None, True)}") == '{"é": [1, null, true]}'
    heap = "def f(a):\n    heapq.heapify(a)\n    return defaultdict(int)[3] + heappop(a)"
    assert await result(heap, "[5, 4]") == "4"
    assert await result("def f(a):\n    return a", "1" * 40) == "1" * 40


async def test_output_larger_than_any_pipe(judge):
    program = Program(language="python", code="print('x' * (5 << 20))")
    done = await judge.execute(program, ["", ""], LIMITS)
    assert [len(e.output) for e in done] == [(5 << 20) + 1] * 2


async def test_large_input(judge):
    program = Program(language="python", code="import sys\nprint(len(sys.stdin.read()))")
    done = await judge.execute(program, ["x" * (8 << 20), "y"], LIMITS)
    assert [e.output for e in done] == ["8388608\n", "1\n"]


async def test_peak_memory_is_the_programs_own(judge):
    lean = Program(language="cpp", code="int main() {}")
    fat = Program(language="python", code="x = bytearray(b'x') * (50 << 20)")
    big = "z" * (30 << 20)
    small_peak = (await judge.execute(lean, [big], LIMITS))[0].verdict.memory_kb
    fat_peak = (await judge.execute(fat, [""], LIMITS))[0].verdict.memory_kb
    assert small_peak < 4_000
    assert 50 << 10 < fat_peak < 75 << 10
