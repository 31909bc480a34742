"""Whole programs: reading, the chosen implementation of each part, printing."""

from __future__ import annotations

import random
from dataclasses import dataclass

from synthsmith.records import Io, Language
from synthsmith.teachers.procedural.algebra import Code, Composition
from synthsmith.teachers.procedural.kinds import KINDS, Field, Kind, leet_name
from synthsmith.teachers.procedural.running import Choice
from synthsmith.teachers.procedural.statement import signature
from synthsmith.teachers.procedural.surface import imports_for, renamed, renamed_cpp

_SOLVE = ("solve", "compute", "answer_for", "work", "find_answer")
_CONVERT = ("convert", "build", "transform", "derive", "prepare")


@dataclass(frozen=True)
class Look:
    """The surface of a program: the seed of its names, how it reads, its ``fn_name``."""

    seed: int = 0
    reader: int = 0
    fn_name: str = ""


def program(
    composition: Composition, choice: Choice, language: Language, io: Io, look: Look
) -> str:
    """A complete program. Look 0 is plain; ``choice`` holds texts of ``language``."""
    if language == "cpp":
        return _cpp(composition, choice, look)
    return _python(composition, choice, io, look)


def _steps(
    composition: Composition, choice: Choice, rng: random.Random, plain: bool
) -> tuple[list[tuple[Code, str]], str]:
    """Each step's code with its function name, and the solver's function name."""
    solve = "solve" if plain else rng.choice(_SOLVE)
    convert = "convert" if plain else rng.choice(_CONVERT)
    many = len(choice.steps) > 1
    named = [
        (code, f"{convert}_{i}" if many else convert) for i, code in enumerate(choice.steps, 1)
    ]
    return named, solve


def _calls(
    composition: Composition, steps: list[tuple[Code, str]], args: list[str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """(variable, call) for each step, and what the solver is called with."""
    calls = []
    now = args
    for (_, name), step, variable in zip(
        steps, composition.steps, ("first", "second"), strict=False
    ):
        constant = [str(step.constant)] if step.transform.constants else []
        calls.append((variable, f"{name}({', '.join([*now, *constant])})"))
        now = [variable]
    solver = composition.solver
    constant = [str(composition.constant)] if solver.constants else []
    return calls, [*now, *(param.name for param in solver.params), *constant]


def _python(composition: Composition, choice: Choice, io: Io, look: Look) -> str:
    rng = random.Random(look.seed)
    steps, solve = _steps(composition, choice, rng, look.seed == 0)
    texts = [code.text.replace("def convert(", f"def {name}(") for code, name in steps]
    texts.append(choice.solver.text.replace("def solve(", f"def {solve}("))
    if look.seed:
        texts = [renamed(text, rng) for text in texts]
    kind = KINDS[composition.source.kind]
    args = [leet_name(arg) for arg in kind.args] if io == "function" else list(kind.args)
    calls, last = _calls(composition, steps, args)
    body = [f"{variable} = {call}" for variable, call in calls]
    final = f"{solve}({', '.join(last)})"
    guard = choice.guard and composition.may_be_empty
    if io == "function":
        body += [f"if not {last[0]}:", f"    return {composition.solver.empty}"] if guard else []
        lines = [f"        {line}" for line in [*body, f"return {final}"]]
        head = signature(composition)
        if look.fn_name:
            head = head.replace(f"def {composition.solver.fn_name}(", f"def {look.fn_name}(")
        main = "\n".join(["class Solution:", f"    {head}", *lines]) + "\n"
        top = ["from typing import List", *imports_for("\n".join(texts))]
    else:
        body += [
            f"if not {last[0]}:",
            f"    print({composition.solver.empty})",
            "    return",
        ] * guard
        shown = f"print(*{final})" if composition.solver.gives == "list" else f"print({final})"
        reading = _reading(kind, [param.name for param in composition.solver.params], look.reader)
        lines = [f"    {line}" for line in [*reading, *body, shown]]
        main = "\n".join(["def main():", *lines]) + "\n\n\nmain()\n"
        top = ["import sys", *imports_for("\n".join(texts))]
    return "\n\n\n".join(
        ["\n".join(sorted(top, key=lambda line: line[0] == "f")), *map(str.strip, texts), main]
    )


def _reading(kind: Kind, params: list[str], style: int) -> list[str]:
    """Lines that read an input into the kind's arguments and the parameters."""
    firsts = [*kind.counts, *params]
    if style % 3 == 1:
        lines = ["read = sys.stdin.readline"]
        if len(firsts) == 1:
            lines.append(f"{firsts[0]} = int(read())")
        else:
            lines.append(f"{', '.join(firsts)} = map(int, read().split())")
        return lines + [_line_field(field) for field in kind.fields]
    number = "int(next(data))"
    if style % 3 == 2:
        lines = ["data = iter(sys.stdin.buffer.read().split())"]
        word = "next(data).decode()"
    else:
        lines = ["data = iter(sys.stdin.read().split())"]
        word = "next(data)"
    lines += [f"{name} = {number}" for name in firsts]
    return lines + [_token_field(field, number, word) for field in kind.fields]


def _line_field(field: Field) -> str:
    row = "list(map(int, read().split()))"
    one = {"list": row, "text": "read().strip()"}
    many = {"rows": row, "matrix": row, "lines": "read().strip()"}
    if field.form in one:
        return f"{field.name} = {one[field.form]}"
    return f"{field.name} = [{many[field.form]} for _ in range({field.count})]"


def _token_field(field: Field, number: str, word: str) -> str:
    if field.form == "text":
        return f"{field.name} = {word}"
    item = {
        "list": number,
        "lines": word,
        "matrix": f"[{number} for _ in range({field.width})]",
        "rows": f"({', '.join([number] * len(field.columns))})",
    }[field.form]
    return f"{field.name} = [{item} for _ in range({field.count})]"


def _cpp(composition: Composition, choice: Choice, look: Look) -> str:
    rng = random.Random(look.seed)
    steps, solve = _steps(composition, choice, rng, look.seed == 0)
    texts = [code.text.replace(" convert(", f" {name}(", 1) for code, name in steps]
    texts.append(choice.solver.text.replace(" solve(", f" {solve}(", 1))
    if look.seed:
        texts = [renamed_cpp(text, rng) for text in texts]
    kind = KINDS[composition.source.kind]
    params = [param.name for param in composition.solver.params]
    calls, last = _calls(composition, steps, list(kind.args))
    lines = ["ios::sync_with_stdio(false);", "cin.tie(nullptr);"][: 2 if look.reader % 2 else 1]
    firsts = [*kind.counts, *params]
    lines += [f"ll {', '.join(firsts)};", f"cin >> {' >> '.join(firsts)};"]
    for field in kind.fields:
        lines += _cpp_field(field)
    lines += [f"auto {variable} = {call};" for variable, call in calls]
    if choice.guard and composition.may_be_empty:
        empty = composition.solver.empty
        lines += [f"if ({last[0]}.empty()) {{", f'    cout << "{empty}\\n";', "    return 0;", "}"]
    final = f"{solve}({', '.join(last)})"
    if composition.solver.gives == "list":
        lines += [f"for (ll item : {final}) cout << item << ' ';", "cout << '\\n';"]
    else:
        lines.append(f"cout << {final} << '\\n';")
    main = "\n".join(["int main() {", *(f"    {line}" for line in lines), "}"]) + "\n"
    top = "#include <bits/stdc++.h>\nusing namespace std;\nusing ll = long long;"
    return "\n\n".join([top, *map(str.strip, texts), main])


def _cpp_field(field: Field) -> list[str]:
    name, count = field.name, field.count
    if field.form == "text":
        return [f"string {name};", f"cin >> {name};"]
    if field.form == "lines":
        return [f"vector<string> {name}({count});", f"for (auto& row : {name}) cin >> row;"]
    if field.form == "list":
        return [f"vector<ll> {name}({count});", f"for (ll& item : {name}) cin >> item;"]
    width = field.width or str(len(field.columns))
    return [
        f"vector<vector<ll>> {name}({count}, vector<ll>({width}));",
        f"for (auto& row : {name})",
        "    for (ll& item : row) cin >> item;",
    ]
