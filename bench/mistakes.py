"""Whether the road's own inputs tell every wrong version from the right one.

For each part, over random tasks that hold it, the share of tasks in which an input the road
would use gives another answer: the teacher's reply to one inputs prompt of 12 and its generator
at 24 sizes from 1 to 87 and three times at 100. Prints what fewer than 97% of tasks expose, or
fewer than 90% by three inputs, for a single one may fall among the held-out tests.
Run: .venv/bin/python bench/mistakes.py [substring of part names] [tasks]
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from synthsmith.teachers.procedural.algebra import Composition, Solver, Transform, Variant
from synthsmith.teachers.procedural.draw import fill_in
from synthsmith.teachers.procedural.kinds import KINDS, load
from synthsmith.teachers.procedural.parts import solvers, transforms
from synthsmith.teachers.procedural.running import (
    Args,
    Choice,
    outcome,
    reference_choice,
    small_args,
    telling,
)
from synthsmith.teachers.procedural.testers import generator_code, input_text

LEAST, LEAST_THRICE = 0.97, 0.9
ENOUGH = 3
SIZES = (*(1 + 90 * i // 24 for i in range(24)), 100, 100, 100)


def prompted(composition: Composition, rng: random.Random) -> list[Args]:
    """As the teacher answers an inputs prompt of 12."""
    found: dict[str, Args] = {}
    for number in range(48):
        args = small_args(composition, rng, number)
        text = input_text(composition, args, "stdin")
        if len(text) <= 2000 and len(found) < 12:
            found.setdefault(text, args)
    return list(found.values())


def generated(composition: Composition, rng: random.Random) -> Iterator[Args]:
    """What the generator program prints, one size after another."""
    code = compile(generator_code(composition, "stdin"), "<generator>", "exec")
    kind = KINDS[composition.source.kind]
    for size in SIZES:
        lines: list[str] = []
        seed = rng.randrange(10**6)
        scope = {
            "input": lambda seed=seed, size=size: f"{seed} {size}",
            "print": lambda *items, lines=lines: lines.append(" ".join(map(str, items))),
        }
        exec(code, scope)
        text = "\n".join(lines) + "\n"
        value, params = load(kind, len(composition.solver.params), text, "stdin")
        yield tuple(value), tuple(params)


def exposed(composition: Composition, seed: int) -> list[tuple[Choice, int]]:
    """All wrong versions that candidates may bring, and how many inputs, up to 3, expose each."""
    wrong = [*telling(composition, False), *telling(composition, True)]
    right = reference_choice(composition)
    rng = random.Random(seed)
    counts = [0] * len(wrong)
    for args in chain(prompted(composition, rng), generated(composition, rng)):
        if all(count == ENOUGH for count in counts):
            break
        expected = outcome(composition, right, args)
        for i, one in enumerate(wrong):
            if counts[i] < ENOUGH:
                counts[i] += outcome(composition, one, args) != expected
    return list(zip(wrong, counts, strict=True))


def tasks_with(part: Solver | Transform, count: int) -> Iterator[Composition]:
    """Random tasks that hold the part, as the teacher draws them."""
    rng = random.Random(part.name)
    found = 0
    for _ in range(count * 40):
        solver = part if isinstance(part, Solver) else rng.choice(solvers())
        composition = fill_in(solver, [("core", path) for path in part.features], rng)
        if composition is not None and part in composition.parts:
            yield composition
            found += 1
            if found == count:
                return


def main() -> None:
    """Print the wrong versions that too many tasks leave unexposed."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    parts: tuple[Solver | Transform, ...] = (*solvers(), *transforms())
    for part in parts:
        if wanted not in part.name:
            continue
        seen: dict[Variant, list[int]] = defaultdict(list)
        own = (*part.mistakes, *part.misreadings)
        number = 0
        for number, composition in enumerate(tasks_with(part, count), 1):
            for one, shown in exposed(composition, number):
                if one.wrong is not None and one.wrong in own:
                    seen[one.wrong].append(shown)
        low = []
        for variant, counts in seen.items():
            once = sum(c > 0 for c in counts) / len(counts)
            thrice = sum(c >= ENOUGH for c in counts) / len(counts)
            if once < LEAST or thrice < LEAST_THRICE:
                low.append(f"    {once:6.1%} {thrice:6.1%} of {len(counts)}  {variant.says}")
        never = [variant for variant in own if variant not in seen]
        print(f"{part.name}: {number} tasks, {len(low)} too low", flush=True)
        print("".join(f"{line}\n" for line in low), end="")
        for variant in never:
            print(f"    never used  {variant.says}")


if __name__ == "__main__":
    main()
