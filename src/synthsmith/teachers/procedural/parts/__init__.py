"""All problem parts: every module of this folder that has ``PARTS`` is found by itself.

How to add a part
-----------------
1. Write a ``Source``, ``Transform`` or ``Solver`` (fields: see ``algebra``) in a module of this
   folder, in its ``PARTS`` tuple. Values between parts have a kind (see ``kinds.KINDS``); program
   texts get the kind's arguments in order: an array ``(a)``, a graph ``(n, edges)``, a tree
   ``(parents)`` where ``parents[i]`` is the parent of node i + 2 and node 1 the root, queries
   ``(a, queries)``. Rows (edges, intervals, queries) may be lists or tuples; all is 1-based.
2. Program texts: one top-level function each, ``solve(*arguments, *params[, c])`` or
   ``convert(*arguments[, c])``; helpers are nested. They never change their arguments. Python may
   use names of ``surface.IMPORTS`` (heappush, deque, bisect_left, gcd …) unimported; C++ has
   ``bits/stdc++.h``, ``using namespace std`` and ``ll`` = long long; arguments come as
   ``const vector<ll>& a``, ``const vector<vector<ll>>& edges``, ``const string& s``, ``ll k``.
   ``python[0]`` is the reference; others differ in approach, not in spelling. No recursion
   deeper than 500.
3. Wordings, two or more a style, end in a full stop. Slots: ``{x}`` the value's name, ``{z}`` the
   second of a pair, ``{y}`` the name of a transform's result, ``{n}`` (or another count),
   ``{k}`` (a parameter by its name), ``{c}`` the constant, ``{hero}`` a character (codeforces).
   A wording says everything that tells its part from every other one; it never stands inside
   another wording. Leetcode wordings of sources do not name counts that are not arguments.
4. Mistakes and misreadings are edits ``(implementation name, old, new)``; ``old`` occurs once.
   Each must show on the part's own small inputs, where there is an answer to get wrong. A
   misreading takes a sentence in another sense and has a Python and a C++ edit that agree with
   each other; a mistake needs one language only, at least one of a solver's also C++. No variant
   may loop for ever, nor run between 0.3 s and 3 s of CPU on a generated input.
5. Bounds: ``Shape`` carries them; ``Transform.shape`` must bound its result, ``Solver.needs``
   must refuse what the solver cannot take (sums beyond 2**62, negative numbers …).
6. Run ``pytest tests/teachers``: its generic tests go over every registered part, and
   ``bench/procedural_times.py`` times the solvers' programs at the largest inputs.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from synthsmith.teachers.procedural.algebra import Part, Solver, Source, Transform


@cache
def all_parts() -> tuple[Part, ...]:
    """Every part, in the order of module name, then of definition."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(part for name in names for part in import_module(f"{__name__}.{name}").PARTS)


@cache
def sources() -> tuple[Source, ...]:
    """All sources."""
    return tuple(part for part in all_parts() if isinstance(part, Source))


@cache
def transforms() -> tuple[Transform, ...]:
    """All transforms."""
    return tuple(part for part in all_parts() if isinstance(part, Transform))


@cache
def solvers() -> tuple[Solver, ...]:
    """All solvers."""
    return tuple(part for part in all_parts() if isinstance(part, Solver))
