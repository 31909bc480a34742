"""Imports point down only: one test over the syntax trees of the whole package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "synthsmith"
FLOOR = {"errors", "files", "records", "recipe", "settings", "train_settings"}
TOOLS = {"prompts", "teachers", "judge", "store", "seeds", "formats"}
ALLOWED: dict[str, set[str]] = {
    "": set(),
    "errors": set(),
    "files": {"errors"},
    "records": FLOOR,
    "recipe": FLOOR,
    "settings": FLOOR,
    "train_settings": FLOOR,
    **dict.fromkeys(TOOLS, FLOOR),
    "tools": FLOOR | {"prompts", "teachers", "judge", "store"},
    "stages": FLOOR | {"prompts", "judge", "tools"},
    "publish": FLOOR | {"formats", "prompts", "seeds", "store", "stages", "tools", ""},
    "pipeline": FLOOR | TOOLS | {"tools", "stages", "publish", ""},
    "report": FLOOR | {"store"},
    "train": FLOOR | {"judge", "teachers", "store", "formats", "report", "evaluate", ""},
    "evaluate": FLOOR | {"judge", "teachers", "store", "formats", "report", "tools"},
    "studies": FLOOR | TOOLS | {"tools", "stages", "pipeline", "report", "train", "evaluate", ""},
    "commands": FLOOR
    | TOOLS
    | {"tools", "stages", "pipeline", "report", "train", "evaluate", "studies", ""},
    "cli": FLOOR | {"commands", ""},
}
HEAVY = {
    "torch": {"train", "evaluate"},
    "trl": {"train"},
    "transformers": {"train", "evaluate"},
    "datasets": {"train", "evaluate"},
    "ray": {"judge", "train"},
}
FILES = sorted(path for path in ROOT.rglob("*.py") if "samples" not in path.parts)


def room(path: Path) -> str:
    """The room a file is in: the first folder, or the module's own name at the top."""
    inside = path.relative_to(ROOT)
    name = inside.parts[0] if len(inside.parts) > 1 else inside.stem
    return "" if name == "__init__" else name


def imported(path: Path) -> set[str]:
    """Absolute names of everything a file imports, wherever in the file it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} line {node.lineno}: relative import"
            module = node.module or ""
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    here = room(path)
    assert here in ALLOWED, f"{here} is a room without a rule: add it to this test"
    known = {room(file) for file in FILES}
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "synthsmith":
            target = parts[1] if len(parts) > 1 and parts[1] in known else ""
            assert target == here or target in ALLOWED[here], f"{here} may not import {name}"
        assert here in HEAVY.get(parts[0], {here}), f"{here} may not import {parts[0]}"


@pytest.mark.parametrize("path", [f for f in FILES if room(f) == "stages"], ids=lambda p: p.stem)
def test_a_stage_imports_no_other_stage(path: Path) -> None:
    assert not any(name.startswith("synthsmith.stages") for name in imported(path))


def test_the_rule_sees_a_breach(tmp_path: Path) -> None:
    breach = tmp_path / "bad.py"
    breach.write_text("def late():\n    from synthsmith.pipeline import run\n")
    assert imported(breach) == {"synthsmith.pipeline.run"}
    assert "pipeline" not in ALLOWED["stages"]
