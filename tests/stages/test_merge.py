"""One tree out of many spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.errors import InputError
from synthsmith.records import Feature
from synthsmith.stages.merge import merge


def feature(path: str, count: int = 1, origin: str = "extracted") -> Feature:
    return Feature(path=tuple(path.split(" > ")), count=count, origin=origin)  # type: ignore[arg-type]


def test_counts_of_one_path_are_added_and_extracted_stays() -> None:
    tree = merge([feature("a > b", 2), feature("a > b", 3, "evolved")])
    assert tree.features == (feature("a > b", 5),)


def test_case_and_plural_are_one_feature_in_the_commoner_spelling() -> None:
    tree = merge(
        [feature("graph > Bridges", 1), feature("Graph > bridge", 4), feature("graph > x", 9)]
    )
    assert [(" > ".join(f.path), f.count) for f in tree.features] == [
        ("graph > bridge", 5),
        ("graph > x", 9),
    ]


def test_the_digest_names_the_tree() -> None:
    one, two = [feature("a > b"), feature("a > c")], [feature("a > b", 2), feature("a > c")]
    assert merge(one).digest == merge(reversed(one)).digest != merge(two).digest


def test_no_feature_at_all_is_bad_input() -> None:
    with pytest.raises(InputError, match="no features"):
        merge([])


paths = st.lists(st.sampled_from(["a", "A", "bs", "b", "C c", "c C"]), min_size=2, max_size=3)


@given(
    st.lists(
        st.builds(lambda p, n: feature(" > ".join(p), n), paths, st.integers(1, 9)), min_size=1
    )
)
def test_no_count_is_lost_and_paths_are_unique(features: list[Feature]) -> None:
    tree = merge(features)
    assert sum(f.count for f in tree.features) == sum(f.count for f in features)
    folded = [tuple(s.casefold() for s in f.path) for f in tree.features]
    assert len(set(folded)) == len(folded)
    assert [f.path for f in tree.features] == sorted(f.path for f in tree.features)
