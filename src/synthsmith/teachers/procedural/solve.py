"""The solve prompt: a statement read back, and a right or wrong program for it."""

from __future__ import annotations

import hashlib
import random

from synthsmith.recipe import SkillSettings
from synthsmith.records import CompletionRequest, Io, Language
from synthsmith.teachers.embedded import Answer
from synthsmith.teachers.procedural.algebra import Code, Composition, Solver, Variant
from synthsmith.teachers.procedural.assemble import Look, program
from synthsmith.teachers.procedural.prompts_read import dice, prompt_text, section
from synthsmith.teachers.procedural.reasoning import reasoning
from synthsmith.teachers.procedural.running import Choice, edited, reference_choice, telling
from synthsmith.teachers.procedural.statement import read

_FENCE = {"python": "python", "cpp": "cpp"}


def solved(request: CompletionRequest, skill: SkillSettings) -> Answer:
    """The reply to a solve request."""
    prompt = prompt_text(request)
    statement = section(prompt, "statement")
    reading = read(statement)
    if isinstance(reading, str):
        return Answer(f"I have no solution. {reading}", f"I read the statement twice. {reading}")
    composition = reading.composition
    language: Language = "cpp" if "cpp" in section(prompt, "language") else "python"
    io: Io = "function" if "function" in section(prompt, "io") else "stdin"
    if io == "function":
        language = "python"
    fate = dice(request, "fate")
    choice = choose(composition, statement, language, skill, fate)
    look = Look(fate.randrange(1, 2**32), fate.randrange(6), section(prompt, "fn_name").strip())
    code = program(composition, choice, language, io, look)
    thoughts = reasoning(reading, choice, language, io, dice(request, "thoughts"))
    text = f"{_summary(choice, fate)}\n\n```{_FENCE[language]}\n{code}```\n"
    return _delivered(request, skill, Answer(text, thoughts), dice(request, "delivery"))


def chance_of_right(composition: Composition, skill: SkillSettings) -> float:
    """Falls evenly from the easiest composition to the hardest."""
    return skill.right_easy + (skill.right_hard - skill.right_easy) * composition.difficulty


def shared_misreading(composition: Composition, statement: str) -> Choice | None:
    """The one misreading common to all who misread this statement; None if none would show."""
    found = [c for c in telling(composition, True) if c.wrong is not None and c.wrong.cpp]
    seed = hashlib.sha256(statement.encode("utf-8", "surrogatepass")).digest()
    return random.Random(seed).choice(found) if found else None


def choose(
    composition: Composition,
    statement: str,
    language: Language,
    skill: SkillSettings,
    rng: random.Random,
) -> Choice:
    """The implementations of one sample, with its mistake if it makes one."""
    if rng.random() < chance_of_right(composition, skill):
        return _right(composition, language, rng)
    misreads = rng.random() < skill.shared_misreading
    wrong = shared_misreading(composition, statement)
    if not misreads or wrong is None:
        mistakes = list(telling(composition, False))
        if composition.brute_is_slow:
            says = "is far too slow for the largest inputs"
            steps = reference_choice(composition).steps
            slow = Choice(steps, composition.solver.brute, wrong=Variant(says))
            mistakes.append(slow)
        if language == "cpp":
            mistakes = [c for c in mistakes if c.wrong is not None and c.wrong.cpp]
        wrong = rng.choice(mistakes) if mistakes else wrong
    right = _right(composition, language, rng)
    return with_wrong(composition, right, wrong, language) if wrong is not None else right


def _right(composition: Composition, language: Language, rng: random.Random) -> Choice:
    solver = composition.solver
    if language == "cpp":
        steps = tuple(rng.choice(step.transform.cpp) for step in composition.steps)
        return Choice(steps, rng.choice(solver.cpp))
    steps = tuple(rng.choice(step.transform.python) for step in composition.steps)
    codes = [*solver.python, *([solver.brute] if composition.brute_is_right else [])]
    return Choice(steps, rng.choice(codes))


def with_wrong(
    composition: Composition, right: Choice, wrong: Choice, language: Language
) -> Choice:
    """The right choice with the wrong one's edit (or slow solver, or missing guard) put in."""
    variant = wrong.wrong
    assert variant is not None
    edit = variant.cpp if language == "cpp" else variant.python
    if edit is None:
        solver = wrong.solver if wrong.solver is composition.solver.brute else right.solver
        return Choice(right.steps, solver, wrong.guard, variant)

    def code_of(part: object) -> Code:
        codes = list(getattr(part, language))
        if isinstance(part, Solver):
            codes.append(part.brute)
        return edited(next(code for code in codes if code.name == edit[0]), edit)

    for i, step in enumerate(composition.steps):
        transform = step.transform
        if variant in (*transform.mistakes, *transform.misreadings):
            steps = (*right.steps[:i], code_of(transform), *right.steps[i + 1 :])
            return Choice(steps, right.solver, True, variant)
    return Choice(right.steps, code_of(composition.solver), True, variant)


def _summary(choice: Choice, rng: random.Random) -> str:
    code = choice.solver
    forms = (
        f"The solution uses {code.name}. {code.why}",
        f"Approach: {code.name}, {code.cost}.",
        f"{code.why} That takes {code.cost} in all.",
    )
    return rng.choice(forms)


def _delivered(
    request: CompletionRequest, skill: SkillSettings, whole: Answer, rng: random.Random
) -> Answer:
    """The answer as it arrives: cut off, out of form, or whole."""
    most = request.max_tokens * 4
    if len(whole.reasoning) + len(whole.text) > most:
        thoughts = whole.reasoning[:most]
        return Answer(whole.text[: most - len(thoughts)], thoughts, "length")
    if rng.random() < skill.truncated:
        if rng.random() < 0.5:
            return Answer("", whole.reasoning[: rng.randrange(len(whole.reasoning))], "length")
        fence = whole.text.index("```")
        return Answer(
            whole.text[: rng.randrange(fence, len(whole.text) - 5)], whole.reasoning, "length"
        )
    if rng.random() < skill.malformed:
        start = whole.text.index("```")
        kept = (whole.text[:start], whole.text[:-4], whole.text.replace("```", "``"))
        return Answer(rng.choice(kept), whole.reasoning)
    return whole
