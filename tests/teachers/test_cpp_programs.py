"""The C++ texts of all parts, as whole programs under several surfaces."""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from support import around, plain, run_python

from synthsmith.teachers.procedural.algebra import Code, Composition, Solver, Transform
from synthsmith.teachers.procedural.assemble import Look, program
from synthsmith.teachers.procedural.parts import solvers, transforms
from synthsmith.teachers.procedural.running import Choice, edited, reference_choice
from synthsmith.teachers.procedural.surface import renamed_cpp
from synthsmith.teachers.procedural.testers import small_inputs

CPP = shutil.which("g++")
pytestmark = pytest.mark.skipif(CPP is None, reason="needs g++")
HEAD = "#include <bits/stdc++.h>\nusing namespace std;\nusing ll = long long;\n"

Job = tuple[Composition, Choice, Choice]
"""A composition, a C++ version of it, and the Python version it must agree with."""


def versions(part: Solver | Transform) -> list[tuple[Code, Code, str]]:
    """Each C++ text and misreading of a part: C++, Python, and what is misread."""
    python = {code.name: code for code in part.python}
    if isinstance(part, Solver):
        python[part.brute.name] = part.brute
    cpp = {code.name: code for code in part.cpp}
    found = [(code, part.python[0], "") for code in part.cpp]
    for wrong in part.misreadings:
        assert wrong.python and wrong.cpp
        pair = edited(cpp[wrong.cpp[0]], wrong.cpp), edited(python[wrong.python[0]], wrong.python)
        found.append((*pair, wrong.says))
    return found


def jobs() -> list[Job]:
    """Every solver as directly as it can stand, and every transform before some solver."""
    found: list[Job] = []
    for solver in solvers():
        composition = max(plain(solver), key=lambda c: (-len(c.steps), c.values[1]))
        steps = tuple(step.transform.cpp[0] for step in composition.steps)
        right = reference_choice(composition)
        for code, python, _ in versions(solver):
            found.append((composition, Choice(steps, code), replace(right, solver=python)))
    for number, transform in enumerate(transforms()):
        fitting = around(transform)
        composition = fitting[number % len(fitting)]
        right = reference_choice(composition)
        for code, python, _ in versions(transform):
            cpp_choice = Choice((code,), composition.solver.cpp[0])
            found.append((composition, cpp_choice, replace(right, steps=(python,))))
    return found


def test_programs_agree_with_python(tmp_path: Path) -> None:
    assert CPP is not None
    pieces, cases, texts, expected = [HEAD], [], [], []
    tried = jobs()
    for number, (composition, cpp_choice, python_choice) in enumerate(tried):
        code = program(composition, cpp_choice, "cpp", "stdin", Look(number + 1, number))
        body = code.split("using ll = long long;", 1)[1].replace("int main()", "int run()")
        body = body.rstrip().removesuffix("}") + "return 0;\n}"
        pieces.append(f"namespace p{number} {{\n{body}\n}}")
        cases.append(f"case {number}: p{number}::run(); break;")
        python = program(composition, python_choice, "python", "stdin", Look())
        for text in small_inputs(composition, random.Random(number), 12, "stdin"):
            texts.append(f"{number} {text}")
            expected.append(run_python(python, text).split())
    pieces.append(
        "int main() { ios::sync_with_stdio(false); int job; while (cin >> job) { switch (job) { "
        + " ".join(cases)
        + ' } cout << "#\\n"; } }'
    )
    source, binary = tmp_path / "all.cpp", tmp_path / "all"
    source.write_text("\n\n".join(pieces))
    subprocess.run([CPP, "-std=c++20", "-O0", "-o", binary, source], check=True)
    done = subprocess.run(
        [binary], input="".join(texts), capture_output=True, text=True, check=True
    )
    got = [block.split() for block in done.stdout.split("#\n")[:-1]]
    assert len(got) == len(expected)
    owners = [tried[int(text.split()[0])] for text in texts]
    assert {
        (*(part.name for part in composition.parts), choice.solver.text, choice.steps)
        for (composition, choice, _), a, b in zip(owners, got, expected, strict=True)
        if a != b
    } == set()


def test_every_text_compiles_under_every_surface(tmp_path: Path) -> None:
    """Right and wrong texts, each under several sets of names; no constant changes meaning."""
    assert CPP is not None
    texts: dict[str, None] = {}
    for part in (*solvers(), *transforms()):
        codes = {code.name: code for code in part.cpp}
        wrong = [v.cpp for v in (*part.mistakes, *part.misreadings) if v.cpp]
        for code in (*part.cpp, *(edited(codes[edit[0]], edit) for edit in wrong)):
            for seed in range(2):
                texts.setdefault(renamed_cpp(code.text, random.Random(seed)))
    spaces = [f"namespace p{number} {{\n{text}}}\n" for number, text in enumerate(texts)]
    source = tmp_path / "surfaces.cpp"
    source.write_text(HEAD + "\n".join(spaces))
    flags = ["-std=c++20", "-fsyntax-only", "-Werror=multichar"]
    subprocess.run([CPP, *flags, source], check=True)


def test_renaming_takes_every_occurrence_and_nothing_else() -> None:
    code = (
        "ll solve(const vector<ll>& a, ll b) {\n"
        "    vector<ll> best(b, 1'000);\n"
        "    for (ll i:a) best[i]+=i>best[0]?best[0]:best[1];\n"
        "    string text = \"best a\"; text.best = p->best + std::best + 'a' - a[0];\n"
        "    return best[0];\n"
        "}\n"
    )
    made = {renamed_cpp(code, random.Random(seed)) for seed in range(40)}
    assert len(made) > 8
    for text in made:
        new = text.split("vector<ll> ", 1)[1].split("(", 1)[0]
        assert text.count(f"{new}[") == 5 and f"return {new}[0]" in text
        assert "\"best a\"; text.best = p->best + std::best + 'a' - " in text
        array = text.split("vector<ll>& ", 1)[1].split(",", 1)[0]
        assert f":{array})" in text and f"- {array}[0]" in text
