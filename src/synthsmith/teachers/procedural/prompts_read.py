"""What a rendered prompt holds in its tagged sections."""

from __future__ import annotations

import hashlib
import random
import re

from synthsmith.records import CompletionRequest
from synthsmith.teachers.procedural.algebra import Path


def prompt_text(request: CompletionRequest) -> str:
    """All messages of a request in one text."""
    return "\n".join(message.content for message in request.messages)


def section(text: str, tag: str) -> str:
    """The body of the tagged section, "" where there is none."""
    found = re.search(rf"<{tag}(?: [^>\n]*)?>\n?(.*)</{tag}>", text, re.DOTALL)
    return found.group(1).strip("\n") if found else ""


def attribute(text: str, tag: str, name: str) -> str:
    """An attribute of a section's opening tag, "" where there is none."""
    found = re.search(rf'<{tag} [^>\n]*?{name}="([^"\n]*)"', text)
    return found.group(1) if found else ""


def feature_line(line: str) -> tuple[str, Path] | None:
    """The (role, path) of a line like "- core: algorithm > sorting"; role "" where none stands."""
    role, path = re.fullmatch(
        r"\s*[-*]?\s*(?:\(?\[?\b(core|support|twist)\b\]?\)?\s*[:|>,-]?\s*)?(.*?)\s*", line
    ).groups()  # type: ignore[union-attr]
    steps = tuple(step.strip() for step in path.split(" > ") if step.strip())
    return (role or "", steps) if len(steps) > 1 else None


def feature_lines(text: str) -> list[tuple[str, Path]]:
    """The (role, path) of every line of a features section."""
    found = (feature_line(line) for line in text.splitlines())
    return [line for line in found if line is not None]


def features_wanted(prompt: str) -> int:
    """How many new features an evolve prompt asks for."""
    found = re.search(r"about (\d+) new", prompt)
    return int(found.group(1)) if found else 12


def inputs_wanted(prompt: str) -> int:
    """How many inputs an inputs prompt asks for."""
    found = re.search(r"\d+", section(prompt, "count"))
    return int(found.group()) if found else 10


def dice(request: CompletionRequest, purpose: str) -> random.Random:
    """Random choices of one request for one purpose, from its prompt and seed alone (each sample
    of a prompt has a seed of its own, and an endpoint sees no index)."""
    text = "\0".join((prompt_text(request), str(request.seed), purpose))
    return random.Random(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
