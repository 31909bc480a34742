"""Pairs of problem and program for ``bench/grade.py``: every manner of reading, writing, failing.

Problems are small and their tests come from a seeded generator; programs are a problem's solution
worked into a manner. ``WHY`` explains the manners on which graders are known to part.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any, NamedTuple

TESTS = 20


class Pair(NamedTuple):
    """A program for a problem, and the manner it is written in; ``fn_name`` "" is stdin."""

    problem: str
    manner: str
    code: str
    inputs: list[str]
    outputs: list[str]
    fn_name: str = ""


# Name, the source of solve(text) -> text, and what makes an input.
STDIN: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "sum": (
        "def solve(text):\n    n, *a = map(int, text.split())\n    return str(sum(a[:n]))\n",
        lambda r: _array(r, r.randint(1, 30), -99, 99),
    ),
    "sorted": (
        "def solve(text):\n    n, *a = map(int, text.split())\n"
        "    return ' '.join(map(str, sorted(a[:n])))\n",
        lambda r: _array(r, r.randint(1, 30), 0, 99),
    ),
    "halves": (
        "def solve(text):\n    n, *a = map(int, text.split())\n"
        "    return '\\n'.join(str(x / 2) for x in a[:n])\n",
        lambda r: _array(r, r.randint(1, 9), 1, 99),
    ),
    "primes": (
        "def solve(text):\n    n = int(text.split()[0])\n"
        "    return str(sum(all(k % d for d in range(2, int(k ** .5) + 1))"
        " for k in range(2, n + 1)))\n",
        lambda r: f"{r.randint(1, 400)}\n1\n",
    ),
    "answers": (
        "def solve(text):\n    n, *a = map(int, text.split())\n"
        "    return '\\n'.join('YES' if x % 3 else 'NO' for x in a[:n])\n",
        lambda r: _array(r, r.randint(2, 20), 0, 99),
    ),
    "factorial": (
        "def solve(text):\n    n = int(text.split()[0])\n    p = 1\n"
        "    for k in range(2, n + 1):\n        p *= k\n    return str(p)\n",
        lambda r: f"{r.randint(1, 120)}\n1\n",
    ),
    "longest": (
        "def solve(text):\n    n, *a = map(int, text.split())\n    import bisect\n    t = []\n"
        "    for x in a[:n]:\n        i = bisect.bisect_left(t, x)\n        t[i:i + 1] = [x]\n"
        "    return str(len(t))\n",
        lambda r: _array(r, r.randint(1, 60), 0, 99),
    ),
    "letters": (
        "def solve(text):\n    words = text.split()[1:]\n"
        "    return '\\n'.join(''.join(reversed(w)) for w in words)\n",
        lambda r: f"2\n{_word(r)} {_word(r)}\n",
    ),
    "knapsack": (
        "def solve(text):\n    n, *a = map(int, text.split())\n    best = {0}\n"
        "    for x in a[:n]:\n        best |= {b + x for b in best if b + x <= 300}\n"
        "    return str(max(best))\n",
        lambda r: _array(r, r.randint(1, 15), 1, 60),
    ),
    "grid": (
        "def solve(text):\n    rows = text.split()[1:]\n"
        "    return '\\n'.join(''.join(c) for c in zip(*rows))\n",
        lambda r: (
            "3\n" + "\n".join("".join(r.choice(".#") for _ in range(4)) for _ in "abc") + "\n"
        ),
    ),
}
READ = "import sys\ntext = sys.stdin.read()\n"
# Manner: the program, with SOLVE standing for the definition of solve.
STDIN_MANNERS = {
    "read and print": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()))\n",
    "input()": "SOLVE\nprint(solve('\\n'.join(input() for _ in range(2))))\n",
    "input until EOFError": "SOLVE\nlines = []\ntry:\n    while True:\n        "
    "lines.append(input())\nexcept EOFError:\n    pass\nprint(solve('\\n'.join(lines)))\n",
    "input = sys.stdin.readline": "SOLVE\nimport sys\ninput = sys.stdin.readline\n"
    "print(solve(input() + input()))\n",
    "sys.stdin.readlines": "SOLVE\nimport sys\nprint(solve('\\n'.join(sys.stdin.readlines())))\n",
    "for line in sys.stdin": "SOLVE\nimport sys\nprint(solve('\\n'.join(x for x in sys.stdin)))\n",
    "list(sys.stdin)": "SOLVE\nimport sys\nprint(solve(''.join(list(sys.stdin))))\n",
    "sys.stdin.buffer.read": "SOLVE\nimport sys\nprint(solve(sys.stdin.buffer.read().decode()))\n",
    "sys.stdin.buffer.readline": "SOLVE\nimport sys\ninput = sys.stdin.buffer.readline\n"
    "print(solve((input() + input()).decode()))\n",
    "open(0)": "SOLVE\nprint(solve(open(0).read()))\n",
    "os.read": "SOLVE\nimport os\nprint(solve(os.read(0, 1 << 20).decode()))\n",
    "sys.stdout.write": "SOLVE\nimport sys\nsys.stdout.write(solve(sys.stdin.read()) + '\\n')\n",
    "sys.stdout.buffer": "SOLVE\nimport sys\n"
    "sys.stdout.buffer.write(solve(sys.stdin.read()).encode())\n",
    "os.write": "SOLVE\nimport os, sys\nos.write(1, solve(sys.stdin.read()).encode())\n",
    "main guard": "SOLVE\nimport sys\ndef main():\n    print(solve(sys.stdin.read()))\n"
    "if __name__ == '__main__':\n    main()\n",
    "main guard, double quotes": "SOLVE\nimport sys\ndef main():\n"
    "    print(solve(sys.stdin.read()))\nif __name__ == \"__main__\":\n    main()\n",
    "no imports": "SOLVE\nprint(solve(sys.stdin.read()))\n",
    "unimported names": "SOLVE\nd = defaultdict(int)\nd[0] = gcd(4, 6)\n"
    "print(solve(stdin.read()))\n",
    "global in a function": "SOLVE\nimport sys\nfound = ''\ndef work():\n    global found\n"
    "    found = solve(sys.stdin.read())\nwork()\nprint(found)\n",
    "exit()": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()))\nexit()\n",
    "quit()": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()))\nquit()\n",
    "sys.exit(0)": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()))\nsys.exit(0)\n",
    "sys.exit(3)": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()))\nsys.exit(3)\n",
    "raises at the end": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()))\n1 / 0\n",
    "raises at once": "SOLVE\nraise ValueError('no')\n",
    "standard error": "SOLVE\nimport sys\nprint('debug', file=sys.stderr)\n"
    "print(solve(sys.stdin.read()))\n",
    "trailing spaces": "SOLVE\nimport sys\n"
    "print('\\n'.join(x + '  ' for x in solve(sys.stdin.read()).split('\\n')), '\\n\\n')\n",
    "leading blank line": "SOLVE\nimport sys\nprint()\nprint(solve(sys.stdin.read()))\n",
    "numbers as floats": "SOLVE\nimport sys\n"
    "print('\\n'.join(' '.join(t + '.0' if t.isdigit() and len(t) < 9 else t for t in x.split())"
    " for x in solve(sys.stdin.read()).split('\\n')))\n",
    "off in the 12th digit": "SOLVE\nimport sys\nout = solve(sys.stdin.read())\n"
    "print(out + '.000000000001' if out.isdigit() else out)\n",
    "lower case": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()).lower())\n",
    "all on one line": "SOLVE\nimport sys\nprint(' '.join(solve(sys.stdin.read()).split()))\n",
    "two spaces": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()).replace(' ', '  '))\n",
    "nothing": "SOLVE\n",
    "always 0": "print(0)\n",
    "first line only": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()).split('\\n')[0])\n",
    "a line too many": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()))\nprint('0')\n",
    "wrong from the tenth test": "SOLVE\nimport sys\nt = sys.stdin.read()\n"
    "print(solve(t) if len(t) % 7 else 'x')\n",
    "syntax error": "SOLVE\nprint(solve(\n",
    "future import": "from __future__ import annotations\nSOLVE\nimport sys\n"
    "print(solve(sys.stdin.read()))\n",
    "deep recursion": "SOLVE\nimport sys\ndef depth(n):\n"
    "    return 0 if n == 0 else 1 + depth(n - 1)\ndepth(9000)\nprint(solve(sys.stdin.read()))\n",
    "thread": "SOLVE\nimport sys, threading\nsys.setrecursionlimit(10 ** 6)\n"
    "threading.stack_size(1 << 26)\nt = threading.Thread(target=lambda: "
    "print(solve(sys.stdin.read())))\nt.start()\nt.join()\n",
    "5,000 digits": "SOLVE\nimport sys\nx = 10 ** 5000\nassert len(str(x)) == 5001\n"
    "print(solve(sys.stdin.read()))\n",
    "60,000 digits": "SOLVE\nimport sys\nassert len(str(10 ** 60000)) == 60001\n"
    "print(solve(sys.stdin.read()))\n",
    "class Solution": "SOLVE\nimport sys\nclass Solution:\n    def run(self, text):\n"
    "        return solve(text)\nprint(Solution().run(sys.stdin.read()))\n",
    "lru_cache": "SOLVE\nimport sys\nfrom functools import lru_cache\n@lru_cache(None)\n"
    "def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nf(300)\n"
    "print(solve(sys.stdin.read()))\n",
    "bare except": "SOLVE\nimport sys\ntry:\n    print(solve(sys.stdin.read()))\nexcept:\n"
    "    pass\n",
    "module's name": "SOLVE\nimport sys\nassert __name__ == '__main__'\n"
    "print(solve(sys.stdin.read()))\n",
    "list of globals": "SOLVE\nimport sys\nglobals()['answer'] = solve(sys.stdin.read())\n"
    "print(answer)\n",
    "print to closed": "SOLVE\nimport sys\nprint(solve(sys.stdin.read()), flush=True)\n"
    "sys.stdout.flush()\n",
}  # fmt: skip
# Name of the method, the body of the right one, arguments of a test, and what it must return.
FUNCTION: dict[str, tuple[str, str, Callable[[random.Random], list[Any]], Callable[..., Any]]] = {
    "double": (
        "a", "[2 * x for x in a]", lambda r: [_numbers(r)], lambda a: [2 * x for x in a]
    ),
    "total": (
        "a, b", "sum(a) * b", lambda r: [_numbers(r), r.randint(1, 9)], lambda a, b: sum(a) * b
    ),
    "joined": (
        "a, s", "s.join(map(str, a))", lambda r: [_numbers(r), r.choice(["-", ", "])],
        lambda a, s: s.join(map(str, a)),
    ),
    "mean": ("a", "sum(a) / len(a)", lambda r: [_numbers(r)], lambda a: sum(a) / len(a)),
    "any_even": (
        "a", "any(x % 2 == 0 for x in a)", lambda r: [_numbers(r)],
        lambda a: any(x % 2 == 0 for x in a),
    ),
    "pairs": (
        "a", "[[x, i] for i, x in enumerate(a)]", lambda r: [_numbers(r)],
        lambda a: [[x, i] for i, x in enumerate(a)],
    ),
}  # fmt: skip
METHOD = "class Solution:\n    def NAME(self, ARGS):\n"
# VALUE stands for the right value, NAME and ARGS for the method's.
FUNCTION_MANNERS = {
    "method": METHOD + "        return VALUE\n",
    "typed, no imports": "class Solution:\n    def NAME(self, ARGS) -> Optional[List[int]]:\n"
    "        d: Dict[int, int] = defaultdict(int)\n        return VALUE\n",
    "imports": "from typing import *\nimport collections\n" + METHOD + "        return VALUE\n",
    "plain function": "def NAME(ARGS):\n    return VALUE\n",
    "prints as well": METHOD + "        print('debug')\n        return VALUE\n",
    "reads input": METHOD + "        input()\n        return VALUE\n",
    "tuple for list": METHOD + "        v = VALUE\n"
    "        return tuple(v) if isinstance(v, list) else v\n",
    "nested tuples": METHOD + "        v = VALUE\n        return [tuple(x) if isinstance(x, list)"
    " else x for x in v] if isinstance(v, list) else v\n",
    "float for int": METHOD
    + "        v = VALUE\n        return float(v) if type(v) is int else v\n",
    "int for bool": METHOD + "        v = VALUE\n        return int(v) if v is True else v\n",
    "text for number": METHOD + "        return str(VALUE)\n",
    "generator": METHOD + "        v = VALUE\n"
    "        return (x for x in v) if isinstance(v, list) else v\n",
    "off by 1e-9": METHOD + "        v = VALUE\n"
    "        return v + 1e-9 if isinstance(v, float) else v\n",
    "None": METHOD + "        pass\n",
    "raises": METHOD + "        raise ValueError\n",
    "changes its argument": METHOD + "        v = VALUE\n        a.clear()\n        return v\n",
    "state between tests": "seen = []\n" + METHOD + "        seen.append(1)\n"
    "        return VALUE if len(seen) < 3 else None\n",
    "state in self": "class Solution:\n    calls = 0\n    def NAME(self, ARGS):\n"
    "        self.calls += 1\n        return VALUE if self.calls < 3 else None\n",
    "other name": "class Solution:\n    def other(self, ARGS):\n        return VALUE\n",
    "sys.exit": "import sys\n" + METHOD + "        sys.exit(0)\n",
    "main guard": METHOD + "        return VALUE\nif __name__ == '__main__':\n    print(1 / 0)\n",
    "syntax error": METHOD + "        return (VALUE\n",
    "wrong at times": METHOD + "        return None if len(a) % 5 == 0 else VALUE\n",
    "recursion": "def depth(n):\n    return 0 if n == 0 else 1 + depth(n - 1)\n"
    + METHOD
    + "        depth(9000)\n        return VALUE\n",
    "Decimal": "from decimal import Decimal\n" + METHOD + "        v = VALUE\n"
    "        return Decimal(v) if type(v) is int else v\n",
}
# CPU seconds of a program that must be timed out or not, all at the limit of 6 s.
BURNED = (3.0, 5.0, 5.9, 6.1, 9.0)


def pairs() -> list[Pair]:
    """All of them, always the same."""
    found = []
    for name, (solve, make) in STDIN.items():
        inputs = _inputs(name, make)
        space: dict[str, Any] = {}
        exec(solve, space)
        outputs = [space["solve"](text) + "\n" for text in inputs]
        for manner, program in STDIN_MANNERS.items():
            code = program.replace("SOLVE\n", solve)
            found.append(Pair(name, manner, code, inputs, outputs))
    for name, (arguments, value, make_arguments, right) in FUNCTION.items():
        rng = random.Random(name)
        tests = [make_arguments(rng) for _ in range(TESTS)]
        inputs = ["\n".join(map(json.dumps, test)) for test in tests]
        outputs = [json.dumps(right(*test)) for test in tests]
        for manner, program in FUNCTION_MANNERS.items():
            code = program.replace("NAME", name).replace("ARGS", arguments)
            found.append(Pair(name, manner, code.replace("VALUE", value), inputs, outputs, name))
    return found + burning()


def burning() -> list[Pair]:
    """Programs that take so much CPU time on their only test."""
    code = "import time\nwhile time.process_time() < {}:\n    pass\nprint(input())\n"
    return [
        Pair("burn", f"burns {seconds} s", code.format(seconds), ["1\n"], ["1\n"])
        for seconds in BURNED
    ]


def _inputs(name: str, make: Callable[[random.Random], str]) -> list[str]:
    rng = random.Random(name)
    return [make(rng) for _ in range(TESTS)]


def _array(rng: random.Random, n: int, low: int, high: int) -> str:
    return f"{n}\n{' '.join(str(rng.randint(low, high)) for _ in range(n))}\n"


def _numbers(rng: random.Random) -> list[int]:
    return [rng.randint(0, 99) for _ in range(rng.randint(1, 12))]


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("abcdef") for _ in range(rng.randint(1, 9)))


_STDIN = "its mock of standard input is no file"
_GLOBALS = "it makes the program the body of a function, whose names are no globals"
_STATE = "it calls one process for all tests, ours has a fresh one for each"
_WALL = "it counts 6 s of wall time, ours of CPU time: a busy machine"
WHY: dict[str, str] = {
    "stdin: for line in sys.stdin": f"{_STDIN} and cannot be iterated",
    "stdin: list(sys.stdin)": f"{_STDIN} and cannot be iterated",
    "stdin: open(0)": f"{_STDIN} with a number",
    "stdin: os.read": f"{_STDIN} with a number",
    "stdin: os.write": "it sees only what goes through sys.stdout",
    "stdin: sys.stdout.buffer": "its sys.stdout is a StringIO, without a buffer",
    "stdin: sys.stdin.buffer.readline": "its mock gives the first line again and again",
    "stdin: global in a function": _GLOBALS,
    "stdin: list of globals": _GLOBALS,
    "stdin: module's name": "its programs are no main module (a last `if __name__` is unwrapped)",
    "stdin: class Solution": "it takes a program with a class Solution for functions",
    "stdin: future import": "it puts its imports before those from __future__",
    "stdin: quit()": "it sets quit to None",
    "stdin: sys.exit(3)": "it catches SystemExit, whatever its code; ours is a runtime error",
    "function: state between tests": _STATE,
    "function: state in self": _STATE,
    "function: nested tuples": "ours compares as JSON, it only takes the outermost for a list",
    "function: Decimal": "a Decimal equals an integer in Python, but is no JSON",
    "stdin: burns 3.0 s": _WALL,
    "stdin: burns 5.0 s": _WALL,
    "stdin: burns 5.9 s": _WALL,
}
"""Where the graders are known to part, by style and manner, and why."""
