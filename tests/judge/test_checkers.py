"""The built-in checkers, and that outputs which agree vote alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthsmith.errors import InputError
from synthsmith.judge import canonical, canonical_json, compare, validate

EXACT = ["tokens", "exact", "lines-unordered", "lines-decimal", "json"]
TEXT = st.text(alphabet=st.sampled_from("ab1 \n\t.-\udc80é"), max_size=30)


@pytest.mark.parametrize(
    ("checker", "output", "expected", "right"),
    [
        ("tokens", "1  2\n\n", "1 2", True),
        ("tokens", "1 2", "12", False),
        ("tokens", "Yes", "YES", False),
        ("tokens", "1.0", "1", False),
        ("tokens", "a\u00a0b", "a b", False),
        ("tokens", "", "\n", True),
        ("exact", "a\n", "a", True),
        ("exact", "a\n\n", "a", False),
        ("exact", "a ", "a", False),
        ("lines-unordered", "b\na a\n", "a  a\n\nb", True),
        ("lines-unordered", "a\na\nb", "a\nb\nb", False),
        ("lines-unordered", "a b", "b a", False),
        ("lines-decimal", " 1.0  2\n\n", "1 2.00", True),
        ("lines-decimal", "1 2", "1\n2", False),
        ("lines-decimal", "YES", "Yes", False),
        ("lines-decimal", "a  b", "a b", False),
        ("lines-decimal", "0.1000000000000000055", "0.1", False),
        ("lines-decimal", "1e3 -0", "1000 0", True),
        ("lines-decimal", "50000000000000000", "50000000000000001", False),
        ("lines-decimal", "nan", "nan", True),
        ("lines-decimal", "inf", "Infinity", True),
        ("lines-decimal", "a\n\nb", "a\nb", False),
        ("lines-decimal", "1" + "0" * 4999, "1" + "0" * 4999 + ".0", True),
        ("json", "[1.0, true]", "[1, 1]", True),
        ("json", '{"a": 1, "b": 2}', '{"b":2,"a":1}', True),
        ("json", "0.30000000000000004", "0.3", False),
        ("json", '"1"', "1", False),
        ("json", "[1", "[1", True),
        ("json", f"[1,{'9' * 5000}]", f"[1, {'9' * 5000}]", True),
        ("floats:1e-6", "0.3333334", "0.3333333", True),
        ("floats:1e-6", "1000000.5", "1000000", True),
        ("floats:1e-6", "1000002", "1000000", False),
        ("floats:1e-6", "0.00001", "0", False),
        ("floats:1e-6", "1 yes", "1.0 yes", True),
        ("floats:1e-6", "1 yes", "1.0 no", False),
        ("floats:1e-6", "nan", "1", False),
        ("floats:1e-6", "1_0", "10", False),
        ("floats:1e-6", "1e400", "1e401", False),
        ("floats:1e-6", "1", "1 1", False),
    ],
)
def test_compare(checker, output, expected, right):
    assert compare(checker, output, expected) is right


@pytest.mark.parametrize("name", ["", "token", "floats", "floats:", "floats:x", "floats:-1", "0.1"])
def test_unknown_checkers_are_refused(name):
    with pytest.raises(InputError, match="unknown checker"):
        validate(name)
    with pytest.raises(InputError, match="unknown checker"):
        compare(name, "1", "1")


@given(st.sampled_from(EXACT), TEXT, TEXT)
def test_equal_canonical_forms_are_agreement(checker, left, right):
    assert compare(checker, left, right) == (canonical(checker, left) == canonical(checker, right))


@given(st.sampled_from([*EXACT, "floats:1e-6"]), TEXT)
def test_canonical_is_idempotent_and_agrees_with_itself(checker, text):
    once = canonical(checker, text)
    assert canonical(checker, once) == once or checker == "exact"
    assert compare(checker, text, text)


@given(st.floats(-1e12, 1e12), st.floats(-1, 1))
def test_floats_close_enough_agree_and_far_ones_never_vote_alike(value, share):
    step = 1e-6 * max(1.0, abs(value))
    near, far = value + share * step * 0.99, value + 25 * step
    assert compare("floats:1e-6", repr(near), repr(value))
    assert canonical("floats:1e-6", repr(far)) != canonical("floats:1e-6", repr(value))


def test_different_ways_to_print_a_float_vote_alike():
    forms = ["0.5", "0.500000000", "5e-1", ".5", "+0.5000000001"]
    assert len({canonical("floats:1e-6", form) for form in forms}) == 1


def test_canonical_json():
    assert canonical_json('[1,2,{"a":"é"}]') == '[1, 2, {"a": "é"}]'
    assert canonical_json("not json") == "not json"
