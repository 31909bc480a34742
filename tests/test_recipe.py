"""Recipes: strict, explained by key, and the same after a round trip."""

from __future__ import annotations

import runpy
from pathlib import Path

import msgspec
import pytest

from synthsmith.errors import InputError
from synthsmith.recipe import (
    ProceduralTeacherSettings,
    Recipe,
    VerifySettings,
    changed_keys,
    load_recipe,
    recipe_digest,
    to_toml,
)

ROOT = Path(__file__).parents[1]
BASE = Recipe(name="x")


def load(tmp_path: Path, text: str) -> Recipe:
    path = tmp_path / "r.toml"
    path.write_text(text, "utf-8")
    return load_recipe(path)


@pytest.mark.parametrize("path", sorted((ROOT / "recipes").glob("*.toml")), ids=lambda p: p.stem)
def test_every_recipe_loads_is_short_and_says_how_to_run_it(path: Path) -> None:
    load_recipe(path)
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= 25
    assert lines[0] == f"# synthsmith run recipes/{path.name}"


def test_a_resolved_recipe_reads_back(tmp_path: Path) -> None:
    recipe = load(tmp_path, 'name = "a"\n[styles]\natcoder = 1\n[limits]\ntime_limit_s = 1\n')
    assert load(tmp_path, to_toml(recipe)) == recipe
    assert recipe.styles == {"atcoder": 1.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "a"\ntask = 3', "unknown key `task`"),
        ('name = "a"\n[verify]\nmin_test = 3', "unknown key `min_test` in [verify]"),
        ("tasks = 3", "missing key `name`"),
        ('name = "a"\ntasks = "many"', "at key tasks"),
        ('name = "a"\ntasks = 0', "at key tasks"),
        ('name = "a"\n[solve]\ncpp_share = 1.5', "at key solve.cpp_share"),
        ('name = "a"\n[styles]\nicpc = 1', "styles"),
        ('name = "a"\n[styles]\natcoder = 0', "styles"),
        ('name = "a"\n[limits]\ntime_limit_s = 0', "time_limit_s"),
        ('name = "a"\nteachers = []', "no teacher"),
        (
            'name = "a"\n' + 2 * '[[teachers]]\nkind = "procedural"\nname = "b"\n',
            "same name",
        ),
        ('name = "a', "not valid TOML"),
        ('name = "a"\n[limits]\ntime_limit_s = nan', "time_limit_s"),
        ('name = "a"\n[limits]\ntime_limit_s = 1e300', "time_limit_s"),
        ('name = "a"\n[limits]\nmemory_limit_mb = 1', "memory_limit_mb"),
        ('name = ""', "at key name"),
        ('name = "../../x"', "at key name"),
        ('name = "a\\u0000b"', "at key name"),
        ('name = "a"\nseed = -1', "at key seed"),
        ('name = "a"\nconcurrency = 100000000', "at key concurrency"),
        ('name = "a"\n[seeds]\nmax_kb = 99999999999999999999', "max_kb"),
        ('name = "a"\n[[teachers]]\nkind = "procedural"\nname = "b"\nweight = inf', "weight"),
        ('name = "a"\n[styles]\natcoder = inf', "styles"),
        ('name = "a"\n[[teachers]]\nname = "b"', "missing key `kind`"),
        ('name = "a"\n[[teachers]]\nkind = "oracle"\nname = "b"', "oracle"),
        ('name = "a"\n[[teachers]]\nkind = "openai"\nname = "b"\nendpoints = []', "no endpoints"),
        (
            'name = "a"\n[[teachers]]\nkind = "procedural"\nname = "b"\nweights = { solve = 0 }',
            "no teacher answers solve",
        ),
        (
            'name = "a"\nbudget = { max_cost = 5 }\n[[teachers]]\nkind = "openai"\nname = "b"\n'
            'endpoints = [{ url = "http://localhost:1/v1" }]',
            "no teacher has a price",
        ),
        ('name = "a"\n[verify]\nmin_support = 20', "min_support"),
        ('name = "a"\n[verify]\nmin_tests = 500', "min_tests"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_key(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_missing_recipe_and_one_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no recipe at"):
        load_recipe(tmp_path / "none.toml")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot read"):
        load_recipe(tmp_path / "b.toml")
    with pytest.raises(InputError, match="cannot read"):
        load_recipe(tmp_path)


def test_what_may_change_on_resume() -> None:
    more = msgspec.structs.replace(BASE, tasks=BASE.tasks + 1, concurrency=3)
    assert changed_keys(BASE, more) == []
    assert changed_keys(more, BASE) == ["tasks"]
    assert recipe_digest(BASE) == recipe_digest(more)
    other = msgspec.structs.replace(
        BASE,
        verify=VerifySettings(min_tests=9),
        teachers=(
            ProceduralTeacherSettings(name="apprentice"),
            ProceduralTeacherSettings(name="b"),
        ),
    )
    keys = changed_keys(BASE, other)
    assert "verify.min_tests" in keys
    assert "teachers.1.name" in keys
    assert recipe_digest(BASE) != recipe_digest(other)


def test_the_reference_in_the_docs_is_up_to_date() -> None:
    """If not: python docs/make_recipe_reference.py"""
    made = runpy.run_path(str(ROOT / "docs" / "make_recipe_reference.py"))["reference"]()
    assert (ROOT / "docs" / "recipe.md").read_text("utf-8") == made
