"""What every registered part must hold; a new part is tested by being registered."""

from __future__ import annotations

import ast
from itertools import chain, islice

import pytest
from support import around, plain, rng_for

from synthsmith.teachers.procedural.algebra import (
    STYLES,
    Code,
    Composition,
    Part,
    Solver,
    Source,
    Transform,
)
from synthsmith.teachers.procedural.catalogue import known
from synthsmith.teachers.procedural.grammar import fill, find
from synthsmith.teachers.procedural.kinds import KINDS, counts_of, dump
from synthsmith.teachers.procedural.parts import all_parts, solvers, sources, transforms
from synthsmith.teachers.procedural.running import (
    Choice,
    edited,
    function,
    outcome,
    reference_choice,
    small_args,
)


def by_name(parts: tuple[Part, ...]) -> list[object]:
    return [pytest.param(part, id=part.name) for part in parts]


def python_codes(part: Solver | Transform) -> list[Code]:
    return [*part.python, *([part.brute] if isinstance(part, Solver) else [])]


@pytest.mark.parametrize("part", by_name(all_parts()))
def test_part_is_fully_described(part: Part) -> None:
    assert part.features
    assert [path for path in part.features if not known(path)] == []
    assert len(set(part.features)) == len(part.features)
    for style in STYLES:
        assert len(set(part.wordings[style])) >= 2
        assert all(wording.endswith((".", "?")) for wording in part.wordings[style])


def test_names_are_unique() -> None:
    for parts in (sources(), transforms(), solvers()):
        assert len({part.name for part in parts}) == len(parts)
    assert len({solver.fn_name for solver in solvers()}) == len(solvers())


@pytest.mark.parametrize("part", by_name((*transforms(), *solvers())))
def test_program_texts_are_one_function_and_edits_fit(part: Solver | Transform) -> None:
    name = "solve" if isinstance(part, Solver) else "convert"
    for code in python_codes(part):
        body = ast.parse(code.text).body
        assert [node.name for node in body if isinstance(node, ast.FunctionDef)] == [name]
        assert len(body) == 1
    assert len(part.python) + isinstance(part, Solver) >= 2
    assert part.cpp
    assert all(code.text.count(f" {name}(") == 1 for code in part.cpp)
    for variant in (*part.mistakes, *part.misreadings):
        assert variant.python
        codes = {code.name: code for code in python_codes(part)}
        ast.parse(edited(codes[variant.python[0]], variant.python).text)
        if variant.cpp:
            edited({code.name: code for code in part.cpp}[variant.cpp[0]], variant.cpp)
    assert part.mistakes and part.misreadings
    assert all(variant.cpp for variant in part.misreadings)
    assert any(variant.cpp for variant in part.mistakes) or isinstance(part, Transform)


@pytest.mark.parametrize("solver", by_name(solvers()))
def test_solver_parameters_do_not_clash(solver: Solver) -> None:
    names = {param.name for param in solver.params}
    for composition in plain(solver):
        assert not names & {*KINDS[composition.source.kind].counts, "b", "c", "d", "a", "s", "t"}


def test_wordings_say_only_their_own_part() -> None:
    slots = {"hero": "Alma", "c": "3", "x": "$a$", "y": "$b$", "z": "$b$"}
    names = {name for kind in KINDS.values() for name in kind.counts}
    names |= {param.name for solver in solvers() for param in solver.params}
    slots |= {name: f"${name}$" for name in names}
    for part in all_parts():
        for style in STYLES:
            for wording in part.wordings[style]:
                text = fill(wording, slots)
                assert [other.name for other in all_parts() if find(other, text)] == [part.name]
                assert len(find(part, text)) == 1


def inputs_of(composition: Composition, count: int) -> list[tuple[object, ...]]:
    rng = rng_for(composition.solver.name, composition.source.name)
    return [small_args(composition, rng, number) for number in range(count)]


@pytest.mark.parametrize("solver", by_name(solvers()))
def test_solver_implementations_agree(solver: Solver) -> None:
    compositions = plain(solver)
    assert compositions, "no source fits this solver"
    for composition in compositions:
        right = reference_choice(composition)
        for args in inputs_of(composition, max(40, 240 // len(compositions))):
            expected = outcome(composition, right, args)
            assert expected.lstrip("-").replace(" ", "").isalnum() or solver.gives != "int"
            for code in python_codes(solver):
                assert outcome(composition, Choice(right.steps, code), args) == expected


@pytest.mark.parametrize("transform", by_name(transforms()))
def test_transform_implementations_agree_within_their_shape(transform: Transform) -> None:
    compositions = around(transform)
    assert compositions, "no source and solver fit this transform"
    for composition in compositions[:3]:
        shape = composition.shape
        constant = (composition.steps[0].constant,) if transform.constants else ()
        for value, _ in inputs_of(composition, 60):
            expected = function(transform.python[0].text)(*value, *constant)
            for code in transform.python[1:]:
                assert function(code.text)(*value, *constant) == expected
            counts = counts_of(KINDS[shape.kind], (expected,)).values()
            assert all(shape.n_min <= count <= shape.n_max for count in counts)
            if shape.kind in ("array", "intervals", "grid"):
                numbers = expected if shape.kind == "array" else chain(*expected)
                assert all(shape.lo <= item <= shape.hi for item in numbers)


@pytest.mark.parametrize("solver", by_name(solvers()))
def test_solver_variants_show(solver: Solver) -> None:
    codes = {code.name: code for code in python_codes(solver)}
    for variant in (*solver.mistakes, *solver.misreadings):
        assert variant.python
        code = edited(codes[variant.python[0]], variant.python)
        shown = 0
        for composition in plain(solver):
            right = reference_choice(composition)
            wrong = Choice(right.steps, code, wrong=variant)
            shown += sum(
                outcome(composition, right, args) != outcome(composition, wrong, args)
                for args in inputs_of(composition, 20)
            )
        assert shown >= 2, f"{variant.says}: hardly ever shows"


@pytest.mark.parametrize("transform", by_name(transforms()))
def test_transform_variants_show(transform: Transform) -> None:
    composition = around(transform)[0]
    constant = (composition.steps[0].constant,) if transform.constants else ()
    codes = {code.name: code for code in transform.python}
    for variant in (*transform.mistakes, *transform.misreadings):
        assert variant.python
        code = edited(codes[variant.python[0]], variant.python)
        shown = sum(
            function(code.text)(*value, *constant)
            != function(transform.python[0].text)(*value, *constant)
            for value, _ in inputs_of(composition, 40)
        )
        assert shown >= 2, f"{variant.says}: hardly ever shows"


@pytest.mark.parametrize("source", by_name(sources()))
def test_source_keeps_its_promises(source: Source) -> None:
    rng = rng_for(source.name)
    for mode in range(source.modes):
        for scale in ("small", "large"):
            lo, hi = source.values[scale][0]
            low, high = source.n_min, source.sizes[scale][0]
            for n in islice((low, low + 1, low + 2, 7, 13, high), 5 if scale == "large" else 6):
                value = function(source.make)(rng, n, lo, hi, mode)
                assert len(value) == len(KINDS[source.kind].args)
                assert function(source.check)(*value) == ""


@pytest.mark.parametrize("source", by_name(sources()))
def test_largest_inputs_keep_within_200_kb(source: Source) -> None:
    kind = KINDS[source.kind]
    lo, hi = max(source.values["large"], key=lambda ends: len(f"{ends}"))
    for mode in range(source.modes):
        value = function(source.make)(rng_for(mode), source.sizes["large"][-1], lo, hi, mode)
        assert len(dump(kind, value, (), "function")) <= 199_000
