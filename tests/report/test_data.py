"""Histograms of shares."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st
from report_data import counted

SHARES = st.lists(st.floats(0, 1))


@given(SHARES, st.integers(1, 40))
def test_every_value_is_counted_once(values: list[float], bins: int) -> None:
    histogram = counted(iter(values), bins)
    assert len(histogram.counts) == bins and histogram.total == len(values)
    mean = sum(values) / len(values) if values else 0.0
    assert math.isclose(histogram.mean, mean)


@given(st.integers(1, 40))
def test_an_edge_belongs_to_the_bin_above_and_one_to_the_last(bins: int) -> None:
    edges = [i / bins for i in range(bins)]
    assert counted(edges, bins).counts == (1,) * bins
    assert counted([1.0], bins).counts[-1] == 1
