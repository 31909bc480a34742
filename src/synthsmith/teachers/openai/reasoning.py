"""Reasoning that was left in the content."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


def split_reasoning(content: str) -> tuple[str, str]:
    """Reasoning and answer of a content that may hold both.

    The reasoning runs to the first closing tag. The opening tag may be missing, for some chat
    templates put it in the prompt; without a closing one everything after the opening tag is
    reasoning, for no answer was begun. White space around both is cut when a tag was found.
    """
    opened = content.lstrip().startswith(_OPEN)
    inside = content.lstrip().removeprefix(_OPEN)
    reasoning, closed, answer = inside.partition(_CLOSE)
    if closed or opened:
        return reasoning.strip(), answer.strip()
    return "", content
