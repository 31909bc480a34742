"""CPU time of the solvers' Python programs at their largest inputs, on the first source that fits
directly, one program a line.

No program may run between 0.3 s and 3 s: then every verdict is far from a limit of one second.
Run: .venv/bin/python bench/procedural_times.py [substring of solver names]
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from synthsmith.teachers.procedural.algebra import Composition, Scale, Step
from synthsmith.teachers.procedural.assemble import Look, program
from synthsmith.teachers.procedural.draw import chains
from synthsmith.teachers.procedural.parts import solvers
from synthsmith.teachers.procedural.running import Choice, make_args, reference_choice, telling
from synthsmith.teachers.procedural.solve import with_wrong
from synthsmith.teachers.procedural.testers import input_text

LIMIT_S = 3.2


def seconds(code: str, text: str) -> float:
    """CPU seconds of one run, LIMIT_S when it is stopped."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.py"
        path.write_text(code)
        before = getrusage(RUSAGE_CHILDREN)
        try:
            command = [sys.executable, "-I", str(path)]
            subprocess.run(
                command,
                input=text,
                text=True,
                capture_output=True,
                timeout=LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return LIMIT_S
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def longest(composition: Composition, choice: Choice, scale: float) -> tuple[float, float]:
    """Least and most seconds over the source's shapes at a share of the greatest size."""
    code = program(composition, choice, "python", "stdin", Look())
    found = []
    for mode in range(composition.source.modes):
        n = max(composition.source.n_min, int(composition.n_max * scale))
        args = make_args(composition, random.Random(mode), n, mode)
        found.append(seconds(code, input_text(composition, args, "stdin")))
    return min(found), max(found)


def compositions(name: str, scale: Scale) -> list[Composition]:
    """The solver with the first source that fits it directly, at its widest values."""
    solver = next(one for one in solvers() if one.name == name)
    found = []
    for source, made in chains(solver.takes):
        if made:
            continue
        cap = solver.large if scale == "large" else solver.small
        if not cap:
            continue
        constant = solver.constants[0] if solver.constants else 0
        n_max = min(max(source.sizes[scale]), cap)
        steps: tuple[Step, ...] = ()
        one = Composition(source, steps, solver, constant, scale, n_max, source.values[scale][-1])
        if one.shapes() is not None:
            found.append(one)
    return found[:1]


def main() -> None:
    """Print least and most seconds of every program."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for solver in solvers():
        if wanted not in solver.name:
            continue
        for scale in ("small", "large"):
            for composition in compositions(solver.name, scale):
                right = reference_choice(composition)
                choices = [(code.name, Choice((), code)) for code in solver.python]
                if composition.brute_is_right or composition.brute_is_slow:
                    choices.append((f"brute: {solver.brute.name}", Choice((), solver.brute)))
                for wrong in (*telling(composition, False), *telling(composition, True)):
                    assert wrong.wrong is not None
                    made = with_wrong(composition, right, wrong, "python")
                    choices.append((f"wrong: {wrong.wrong.says}", made))
                for label, choice in choices:
                    slow_one = "brute" in label and composition.brute_is_slow
                    least, most = longest(composition, choice, 0.85 if slow_one else 1.0)
                    bad = " <-- between" if 0.3 < most < 3 or 0.3 < least < 3 else ""
                    slow = " <-- above 0.15" if 0.15 < most <= 0.3 else ""
                    print(f"{solver.name:32}{scale:6}{least:6.2f}{most:6.2f}  {label}{bad}{slow}")


if __name__ == "__main__":
    main()
