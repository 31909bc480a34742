"""Evolved features are new, well spelled, grow from what was given, and are reproducible."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from synthsmith.teachers.procedural.catalogue import ONTOLOGY, evolve_features, known
from synthsmith.teachers.procedural.catalogue.evolve import _AREAS, _KINDS, _TWISTS, children_of
from synthsmith.teachers.procedural.catalogue.ontology import CHILDREN

DIJKSTRA = ("algorithm", "graph", "shortest path", "Dijkstra")

leaves = st.sampled_from(ONTOLOGY)
deeper = leaves.flatmap(lambda leaf: st.sampled_from([leaf, *children_of(leaf)]))
strange = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6).map(tuple)
paths = st.lists(deeper | strange, max_size=12)


@given(paths, st.integers(0, 60), st.integers(0, 1000))
def test_new_distinct_short_enough_and_no_more_than_asked(given_paths, count, seed) -> None:
    new = evolve_features(given_paths, count, random.Random(seed))
    assert len(new) <= count
    assert len(set(new)) == len(new)
    assert not set(new) & set(given_paths)
    for path in new:
        assert 2 <= len(path) <= 5
        assert all(1 <= len(step.split()) <= 5 for step in path)
        assert len(set(path)) == len(path)


@given(st.lists(deeper, min_size=1, max_size=12), st.integers(0, 1000))
def test_the_order_of_the_given_paths_does_not_matter(given_paths, seed) -> None:
    once = evolve_features(given_paths, 15, random.Random(seed))
    again = evolve_features(list(reversed(given_paths)), 15, random.Random(seed))
    assert once == again


@given(st.lists(deeper, min_size=1, max_size=12), st.integers(0, 1000))
def test_growth_stays_in_the_categories_given(given_paths, seed) -> None:
    new = evolve_features(given_paths, 20, random.Random(seed))
    assert {path[0] for path in new} <= {path[0] for path in given_paths}


def test_a_leaf_grows_both_siblings_and_variants() -> None:
    new = evolve_features([DIJKSTRA], 20, random.Random(1))
    assert len(new) == 20
    assert any(path[:3] == DIJKSTRA[:3] and known(path) for path in new)
    assert any(path[:4] == DIJKSTRA and len(path) == 5 for path in new)


def test_different_seeds_give_different_features() -> None:
    assert evolve_features([DIJKSTRA], 8, random.Random(1)) != evolve_features(
        [DIJKSTRA], 8, random.Random(2)
    )


def test_an_inner_node_grows_its_own_children() -> None:
    new = evolve_features([("algorithm", "sorting", "comparison sort")], 30, random.Random(3))
    assert ("algorithm", "sorting", "comparison sort", "merge sort") in new


def test_a_leaf_of_another_tree_grows_where_its_area_is_known() -> None:
    foreign = ("algorithm", "graph", "shortest path", "contraction hierarchies")
    new = evolve_features([foreign], 40, random.Random(4))
    assert any(path[:4] == foreign for path in new)
    assert DIJKSTRA in new


def test_nothing_grows_from_nothing_known() -> None:
    assert evolve_features([], 10, random.Random(0)) == []
    assert evolve_features([("cooking", "soups")], 10, random.Random(0)) == []


def test_every_area_and_kind_is_real() -> None:
    for area, kinds in _AREAS.items():
        assert area in CHILDREN
        assert kinds and set(kinds) <= set(_KINDS)
    for names in (*_KINDS.values(), _TWISTS):
        assert len(set(names)) == len(names)
        assert all(len(name.split()) <= 5 and name == name.strip() for name in names)


def test_there_is_room_for_more_than_150_000_features() -> None:
    below = [child for leaf in ONTOLOGY for child in children_of(leaf)]
    assert len(set(below)) + len({twist for path in below for twist in children_of(path)}) > 150_000


def test_many_rounds_reach_thousands_of_features() -> None:
    rng = random.Random(5)
    tree = [ONTOLOGY[index] for index in range(0, len(ONTOLOGY), 100)]
    seen = set(tree)
    for _ in range(600):
        for path in evolve_features(rng.sample(tree, 12), 40, rng):
            if path not in seen:
                seen.add(path)
                tree.append(path)
    assert len(tree) > 8 * len(ONTOLOGY)
    assert sum(known(path) for path in tree) > 0.6 * len(ONTOLOGY)
