"""The ontology is well formed, and everything that names its nodes names real ones."""

from __future__ import annotations

import re
from importlib import resources

from synthsmith.teachers.procedural.catalogue import ONTOLOGY, known
from synthsmith.teachers.procedural.catalogue import names as names_module
from synthsmith.teachers.procedural.catalogue.idioms import IDIOMS
from synthsmith.teachers.procedural.catalogue.ontology import CHILDREN, NODES, path_named

CATEGORIES = ("algorithm", "data structure", "mathematics", "technique", "problem setting")
ACRONYMS = {"AVL", "B-tree", "LU", "A*", "Z"}


def test_the_first_level_is_the_five_categories_in_order() -> None:
    assert CHILDREN[()] == tuple((category,) for category in CATEGORIES)


def test_there_are_hundreds_of_leaves_three_to_five_steps_deep() -> None:
    assert len(ONTOLOGY) >= 700
    assert {len(leaf) for leaf in ONTOLOGY} <= {3, 4, 5}


def test_no_name_occurs_twice() -> None:
    spelled = [re.sub(r"\W", "", node[-1].lower()) for node in NODES]
    assert len(spelled) == len(set(spelled))


def test_no_leaf_is_an_inner_node() -> None:
    assert not set(ONTOLOGY) & set(CHILDREN)


def test_every_step_keeps_the_spelling_rules() -> None:
    for step in {node[-1] for node in NODES}:
        assert 1 <= len(step.split()) <= 5
        assert step == " ".join(step.split())
        for word in step.split():
            proper = re.fullmatch(r"[A-Z][a-zà-ž]+(?:-[A-Za-z][a-z]+)*(?:'s?)?", word)
            assert word == word.lower() or proper or word in ACRONYMS, step


def test_indentation_is_two_spaces_a_level() -> None:
    package = "synthsmith.teachers.procedural.catalogue"
    text = resources.files(package).joinpath("ontology.txt").read_text(encoding="utf-8")
    depth = 0
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        assert indent % 2 == 0 and "\t" not in line and line == line.rstrip()
        assert indent // 2 <= depth + 1
        depth = indent // 2


def test_known_accepts_nodes_only() -> None:
    assert known(("algorithm", "graph", "shortest path", "Dijkstra"))
    assert known(("algorithm", "graph"))
    assert not known(("algorithm", "graph", "Dijkstra"))
    assert not known(())


def test_every_idiom_and_alias_names_a_node() -> None:
    for name in {idiom.name for idiom in IDIOMS} | set(names_module._ALIASES.values()):
        assert known(path_named(name))
