"""The tester's programs for a statement: generator and validator; and single inputs."""

from __future__ import annotations

import random

from synthsmith.records import Io
from synthsmith.teachers.procedural.algebra import Composition
from synthsmith.teachers.procedural.kinds import KINDS, Field, Kind, dump, limits_of
from synthsmith.teachers.procedural.running import Args, reference_choice, small_args
from synthsmith.teachers.procedural.surface import imports_for


def generator_code(composition: Composition, io: Io) -> str:
    """A program that reads 'SEED SIZE' and prints one valid input.

    At the large scale sizes jump from a few hundred to nearly the most, so that a slow program
    is either well within a limit of a second or far beyond it.
    """
    source, kind = composition.source, KINDS[composition.source.kind]
    lo, hi = composition.values
    picking, picks = _picking(composition)
    main = [
        "def main():",
        "    seed, size = map(int, input().split())",
        "    random.seed(seed)",
        *_sizing(composition),
        "    n = round(low * (most / low) ** ((size - 1) / 99))",
        "    n = max(low, min(most, n))",
        f"    value = make(random, n, {lo}, {hi}, random.randrange({source.modes}))",
        *picks,
        *_printing(kind, [param.name for param in composition.solver.params], io),
    ]
    texts = [source.make.strip(), *picking]
    names = imports_for("\n".join(texts))
    head = [*(["import json"] if io == "function" else []), "import random", *names]
    return "\n\n\n".join(["\n".join(head), *texts, "\n".join(main), "main()"]) + "\n"


def _sizing(composition: Composition) -> list[str]:
    """Lines that set the range of n, and SIZE from 1 to 100 within it."""
    most = min(composition.n_max, composition.solver.small)
    if composition.scale == "large" and composition.source.kind not in ("grid", "map", "number"):
        most = min(most, 200)
    lines = [f"    low, most = {min(composition.source.n_min, most)}, {most}"]
    if composition.scale == "large":
        lines += [
            "    if size > 60:",
            f"        low, most = {composition.n_max * 17 // 20}, {composition.n_max}",
            "        size = (size - 60) * 2.5",
        ]
    return lines


def _picking(composition: Composition) -> tuple[list[str], list[str]]:
    """The functions, and the lines of main, that choose the solver's parameters."""
    if not composition.solver.params:
        return [], []
    kind = KINDS[composition.source.kind]
    lines = [f"    {', '.join(kind.args)}{',' * (len(kind.args) == 1)} = now = value"]
    texts = []
    codes = reference_choice(composition).steps
    for i, (step, code) in enumerate(zip(composition.steps, codes, strict=True), 1):
        texts.append(code.text.replace("def convert(", f"def convert_{i}(").strip())
        constant = f", {step.constant}" if step.transform.constants else ""
        lines.append(f"    now = (convert_{i}(*now{constant}),)")
    for param in composition.solver.params:
        bottom, top = param.bounds(composition.shape)
        highest = next(iter(kind.counts.values())) if top == "n" else str(top)
        name = f"pick_{param.name}"
        texts.append(param.pick.replace("def pick(", f"def {name}(").strip())
        lines.append(f"    {param.name} = {name}(random, {bottom}, {highest}, *now)")
    return texts, lines


def _printing(kind: Kind, params: list[str], io: Io) -> list[str]:
    extra = "".join(f", {name}" for name in params)
    if io == "function":
        return [f"    for item in [*value{extra}]:", "        print(json.dumps(item))"]
    args = ", ".join(kind.args)
    lines = [f"    {args}{',' * (len(kind.args) == 1)} = value"]
    counts = ", ".join([*kind.counts.values(), *params])
    lines.append(f"    print({counts})")
    for field in kind.fields:
        if field.form == "list":
            lines.append(f"    print(*{field.name})")
        elif field.form == "text":
            lines.append(f"    print({field.name})")
        else:
            shown = "row" if field.form == "lines" else "*row"
            lines += [f"    for row in {field.name}:", f"        print({shown})"]
    return lines


_VALIDATOR_HEAD = """\
class Invalid(Exception):
    pass


def need(fine, problem):
    if not fine:
        raise Invalid(problem)


def number(token, low, high, name):
    need(re.fullmatch(r"0|-?[1-9][0-9]{0,18}", token) is not None, f"{name} is not an integer")
    value = int(token)
    need(low <= value <= high, f"{name} is {value}, not between {low} and {high}")
    return value


def whole(value, low, high, name):
    need(type(value) is int, f"{name} is not an integer")
    need(low <= value <= high, f"{name} is {value}, not between {low} and {high}")
    return value
"""


def validator_code(composition: Composition, io: Io) -> str:
    """A program that prints 'valid' or 'invalid: …' for an input on standard input."""
    source, kind = composition.source, KINDS[composition.source.kind]
    body = _check_json(composition, kind) if io == "function" else _check_text(composition, kind)
    main = [
        "def main():",
        "    try:",
        "        validate(sys.stdin.read())",
        "    except Invalid as problem:",
        '        print(f"invalid: {problem}")',
        "    except Exception:",
        '        print("invalid: the format is wrong")',
        "    else:",
        '        print("valid")',
        "",
        "",
        "main()",
    ]
    validate = ["def validate(text):", *(f"    {line}" for line in body)]
    check = source.check.strip()
    pieces = ["import json\nimport re\nimport sys", _VALIDATOR_HEAD.strip(), check]
    return "\n\n\n".join([*pieces, "\n".join(validate), "\n".join(main)]) + "\n"


def _bounds(composition: Composition, kind: Kind) -> list[tuple[str, int | str, int | str]]:
    limits = limits_of(kind, composition.source.n_min, composition.n_max)
    found: list[tuple[str, int | str, int | str]] = [(c, *limits[c]) for c in kind.counts]
    size = next(iter(kind.counts))
    for param in composition.solver.params:
        low, high = param.bounds(composition.shape)
        found.append((param.name, low, size if high == "n" else high))
    return found


def _column_range(composition: Composition, of: str) -> str:
    lo, hi = composition.values
    return f"{lo}, {hi}" if of == "value" else "1, n"


def _check_text(composition: Composition, kind: Kind) -> list[str]:
    firsts = _bounds(composition, kind)
    lines = [
        'lines = [line.split() for line in text.rstrip().split("\\n")]',
        "place = 0",
        f'need(len(lines[0]) == {len(firsts)}, "line 1 does not have {len(firsts)} numbers")',
    ]
    for i, (name, low, high) in enumerate(firsts):
        lines.append(f'{name} = number(lines[0][{i}], {low}, {high}, "{name}")')
    for field in kind.fields:
        lines += _field_text(composition, field)
    lines.append('need(place == len(lines) - 1, "something follows the end")')
    lines.append(f"problem = check({', '.join(kind.args)})")
    lines.append("need(not problem, problem)")
    return lines


def _field_text(composition: Composition, field: Field) -> list[str]:
    name = field.name
    take = ["place += 1", f'need(place < len(lines), "{name} is missing")', "row = lines[place]"]
    if field.form == "text":
        size = f'need(len(row) == 1 and len(row[0]) == {field.count}, "{name} has a wrong length")'
        return [*take, size, f"{name} = row[0]"]
    if field.form == "list":
        span = _column_range(composition, field.columns[0][1])
        return [
            *take,
            f'need(len(row) == {field.count}, "{name} has a wrong length")',
            f'{name} = [number(token, {span}, "an element of {name}") for token in row]',
        ]
    start = [f"{name} = []", f"for _ in range({field.count}):", *(f"    {line}" for line in take)]
    if field.form == "lines":
        size = f"len(row) == 1 and len(row[0]) == {field.width}"
        return [
            *start,
            f'    need({size}, "a row has a wrong length")',
            f"    {name}.append(row[0])",
        ]
    width = field.width or str(len(field.columns))
    start.append(f'    need(len(row) == {width}, "a row has a wrong length")')
    if field.form == "matrix":
        span = _column_range(composition, "value")
        return [*start, f'    {name}.append([number(token, {span}, "a cell") for token in row])']
    cells = [
        f'number(row[{i}], {_column_range(composition, of)}, "{column}")'
        for i, (column, of) in enumerate(field.columns)
    ]
    return [*start, f"    {name}.append(({', '.join(cells)}))"]


def _check_json(composition: Composition, kind: Kind) -> list[str]:
    params = composition.solver.params
    args = [*kind.args, *(param.name for param in params)]
    lines = [
        "items = [json.loads(line) for line in text.splitlines() if line.strip()]",
        f'need(len(items) == {len(args)}, "not {len(args)} arguments")',
        f"{', '.join(args)}{',' * (len(args) == 1)} = items",
    ]
    for field in kind.fields:
        lines.append(
            f"need(type({field.name}) is {'str' if field.form == 'text' else 'list'}, "
            f'"{field.name} has a wrong type")'
        )
    for name, low, high in _bounds(composition, kind):
        if name in kind.counts:
            lines.append(f'{name} = whole({kind.counts[name]}, {low}, {high}, "{name}")')
        else:
            lines.append(f'whole({name}, {low}, {high}, "{name}")')
    for field in kind.fields:
        lines += _field_json(composition, field)
    lines.append(f"problem = check({', '.join(kind.args)})")
    lines.append("need(not problem, problem)")
    return lines


def _field_json(composition: Composition, field: Field) -> list[str]:
    name = field.name
    size = [f'need(len({name}) == {field.count}, "{name} has a wrong length")']
    if field.form == "text":
        return size
    if field.form == "list":
        span = _column_range(composition, field.columns[0][1])
        return [*size, f"for item in {name}:", f'    whole(item, {span}, "an element of {name}")']
    kind = "str" if field.form == "lines" else "list"
    width = field.width or str(len(field.columns))
    lines = [
        *size,
        f"for row in {name}:",
        f'    need(type(row) is {kind} and len(row) == {width}, "a row has a wrong shape")',
    ]
    if field.form == "matrix":
        span = _column_range(composition, "value")
        lines += ["    for item in row:", f'        whole(item, {span}, "a cell")']
    elif field.form == "rows":
        for i, (column, of) in enumerate(field.columns):
            lines.append(f'    whole(row[{i}], {_column_range(composition, of)}, "{column}")')
    return lines


def input_text(composition: Composition, args: Args, io: Io) -> str:
    """An input as a program gets it."""
    return dump(KINDS[composition.source.kind], args[0], args[1], io)


def small_inputs(composition: Composition, rng: random.Random, count: int, io: Io) -> list[str]:
    """Different small inputs, the smallest first (fewer than ``count`` where there are few)."""
    found: dict[str, None] = {}
    for number in range(count * 4):
        found.setdefault(input_text(composition, small_args(composition, rng, number), io))
        if len(found) >= count:
            break
    return list(found)
