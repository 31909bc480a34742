"""Inputs: test inputs by prompt, by generator program and by mutation, filtered by a validator.

Input quality matters more than how votes are added up (arXiv 2605.08680), so inputs come from
several sources and pass through a validator program wherever a trustworthy one was written.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Sequence

from synthsmith.errors import Drop, DropReason
from synthsmith.prompts import InputsReply, last_code_block, reader
from synthsmith.records import InputOrigin, Limits, Program, PromptKind, Task, TestInput
from synthsmith.tools import Desk, stage

_TOOL_LIMITS = Limits(time_limit_s=5.0)
"""Limits of generator and validator programs, which are run once an input."""
_MOST_BYTES = 1_000_000
_MUTABLE = 2_000
"""Characters of the largest input that is mutated."""


@stage
async def make_inputs(task: Task, desk: Desk) -> list[TestInput]:
    """Distinct inputs of a task, smallest first, each with a final newline.

    Raises Drop(TOO_FEW_INPUTS) when fewer are left than the labelled tests a task needs.
    """
    found = [TestInput(id="", input=sample.input, origin="sample") for sample in task.samples]
    (prompted, generated), validator = await desk.tools.both(
        desk.tools.both(_prompted(task, desk), _generated(task, desk)),
        _program("validator", task, desk),
    )
    inputs = _distinct([*found, *prompted, *generated], desk)
    if validator is not None:
        inputs, trusted = await _validated(inputs, validator, desk)
        if trusted:
            inputs += await _mutated(inputs, validator, desk)
    if len(inputs) < desk.recipe.verify.min_tests:
        raise Drop(
            DropReason.TOO_FEW_INPUTS,
            f"{len(inputs)} valid inputs, {desk.recipe.verify.min_tests} are needed",
        )
    return sorted(inputs, key=lambda test: (len(test.input), test.id))


async def _prompted(task: Task, desk: Desk) -> list[TestInput]:
    count = desk.recipe.inputs.prompted
    if not count:
        return []
    try:
        reply, _ = await desk.ask(
            "inputs", reader(InputsReply), statement=task.text, io=task.io, count=count
        )
    except Drop as drop:
        desk.drop("input", f"{task.id}/inputs", "inputs", drop.reason, drop.detail)
        return []
    return [
        TestInput(id="", input=one.input, origin="edge" if one.kind == "edge" else "prompt")
        for one in reply.inputs
    ]


async def _program(kind: PromptKind, task: Task, desk: Desk) -> Program | None:
    """The Python program a teacher wrote for this task, or None (dropped with its reason)."""
    try:
        code, _ = await desk.ask(
            kind,
            lambda text: last_code_block(text, "python"),
            statement=task.text,
            io=task.io,
        )
        return Program(language="python", code=code)
    except Drop as drop:
        desk.drop("input", f"{task.id}/{kind}", "inputs", drop.reason, drop.detail)
        return None


async def _generated(task: Task, desk: Desk) -> list[TestInput]:
    """Inputs printed by the generator program: sizes spread evenly, then the largest ones."""
    settings = desk.recipe.inputs
    count = settings.generated
    program = await _program("generator", task, desk) if count + settings.stress else None
    if program is None:
        return []
    wanted: list[tuple[InputOrigin, int]] = [
        ("generator", 1 + 90 * i // count) for i in range(count)
    ]
    wanted += [("stress", 100)] * settings.stress
    seeds = desk.rng("generator")
    lines = [f"{seeds.randrange(10**6)} {size}\n" for _, size in wanted]
    out: list[TestInput] = []
    runs = await desk.execute(program, lines, _TOOL_LIMITS, stop_after=3)
    for (origin, _), line, run in zip(wanted, lines, runs, strict=True):
        if run.verdict.status == "ran" and run.output.strip():
            out.append(TestInput(id="", input=run.output, origin=origin))
        elif run.verdict.status != "not_run":
            how = "printed nothing" if run.verdict.status == "ran" else run.verdict.status
            where = f"{task.id}/generator {line.strip()}"
            desk.drop("input", where, "inputs", DropReason.GENERATOR_FAILED, how)
    return out


def _distinct(found: Iterable[TestInput], desk: Desk) -> list[TestInput]:
    """The first of each text, ended by one newline, named by its digest; huge ones dropped."""
    out: dict[str, TestInput] = {}
    for one in found:
        text = one.input.replace("\r\n", "\n").rstrip("\n") + "\n"
        body = text.encode("utf-8", "surrogateescape")
        id_ = hashlib.sha256(body).hexdigest()[:16]
        if len(body) > _MOST_BYTES:
            why = f"{len(body)} bytes, at most {_MOST_BYTES} are taken"
            desk.drop("input", f"{desk.place}/{id_}", "inputs", DropReason.INVALID_INPUT, why)
            continue
        out.setdefault(id_, TestInput(id=id_, input=text, origin=one.origin))
    return list(out.values())


async def _validated(
    inputs: list[TestInput], validator: Program, desk: Desk
) -> tuple[list[TestInput], bool]:
    """The inputs the validator accepts, and whether it can be trusted.

    One that rejects a sample of the statement, or more than half of all inputs, is itself wrong.
    """
    verdicts = await _verdicts(inputs, validator, desk)
    samples = [v for test, v in zip(inputs, verdicts, strict=True) if test.origin == "sample"]
    valid = [test for test, verdict in zip(inputs, verdicts, strict=True) if verdict == ""]
    if any(samples) or 2 * len(valid) < len(inputs):
        desk.drop(
            "input",
            f"{desk.place}/validator",
            "inputs",
            DropReason.INVALID_INPUT,
            "the validator rejects a sample or most inputs, so it is not used",
        )
        return inputs, False
    for test, verdict in zip(inputs, verdicts, strict=True):
        if verdict:
            where = f"{desk.place}/{test.id}"
            desk.drop("input", where, "inputs", DropReason.INVALID_INPUT, verdict[:200])
    return valid, True


async def _verdicts(tests: Sequence[TestInput], validator: Program, desk: Desk) -> list[str]:
    """ "" for each valid input, else what the validator says is wrong with it."""
    runs = await desk.execute(validator, [test.input for test in tests], _TOOL_LIMITS)
    said = [r.output.strip() if r.verdict.status == "ran" else r.verdict.status for r in runs]
    return ["" if text == "valid" else text or "nothing said" for text in said]


async def _mutated(inputs: Sequence[TestInput], validator: Program, desk: Desk) -> list[TestInput]:
    """Valid inputs one small change away from others; most bugs live near a boundary."""
    count = desk.recipe.inputs.mutated
    small = [test.input for test in inputs if len(test.input) <= _MUTABLE]
    if not count or not small:
        return []
    rng = desk.rng("mutation")
    known = {test.id for test in inputs}
    texts = [_mutation(rng.choice(small), rng) for _ in range(3 * count)]
    tests = [
        test
        for test in _distinct((TestInput(id="", input=t, origin="mutation") for t in texts), desk)
        if test.id not in known
    ]
    verdicts = await _verdicts(tests, validator, desk)
    return [test for test, verdict in zip(tests, verdicts, strict=True) if not verdict][:count]


def _mutation(text: str, rng: random.Random) -> str:
    """``text`` with one number moved or copied, or one letter changed, after the first token."""
    spots = list(re.finditer(r"-?\d+|[A-Za-z]", text))[1:]
    if not spots:
        return text
    spot, other = rng.choice(spots), rng.choice(spots)
    old = spot.group()
    if old.isalpha():
        new = other.group() if other.group().isalpha() else rng.choice("abz")
    else:
        moved = [str(int(old) + 1), str(int(old) - 1), str(-int(old)), "0", "1"]
        new = rng.choice([*moved, other.group()] if not other.group().isalpha() else moved)
    return text[: spot.start()] + new + text[spot.end() :]
