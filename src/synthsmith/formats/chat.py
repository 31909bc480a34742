"""The words of a training example: what is asked, and an assistant turn with its reasoning."""

from __future__ import annotations

import pyarrow as pa

from synthsmith.formats.parquet import plain
from synthsmith.recipe import QuestionForm
from synthsmith.records import Candidate, Language, Task

MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))

_NAMES: dict[Language, str] = {"python": "Python 3", "cpp": "C++20"}


def question(task: Task, language: Language, form: QuestionForm = "full") -> str:
    """The user's turn: the whole task, then one paragraph on how to answer; or the bare
    statement, without title, examples and paragraph."""
    if form == "statement":
        return plain(task.statement)
    if task.io == "function":
        how = f"Complete the class Solution with its method {task.fn_name} in {_NAMES[language]}."
    else:
        how = (
            f"Write a complete {_NAMES[language]} program that reads standard input and writes"
            " the answer to standard output."
        )
    end = f"End your answer with the whole program in one fenced code block marked ```{language}."
    return plain(f"{task.text}\n{how} {end}")


def answer(candidate: Candidate) -> str:
    """The assistant's turn: ``<think>`` block where there is reasoning, then the answer."""
    text = candidate.answer.strip()
    if not text:
        text = f"```{candidate.language}\n{candidate.code.strip()}\n```"
    # A tag inside the reasoning would end the block early for whoever splits on it.
    reasoning = candidate.reasoning.replace("<think>", "").replace("</think>", "").strip()
    return plain(f"<think>\n{reasoning}\n</think>\n\n{text}" if reasoning else text)
