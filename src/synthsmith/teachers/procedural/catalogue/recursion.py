"""Features that show in what recursive functions do with their calls of themselves."""

from __future__ import annotations

import re

from synthsmith.teachers.procedural.catalogue.program import (
    NEIGHBOURS,
    SEEN,
    Found,
    Function,
    Program,
)

_TWO_STEPS = re.compile(
    r"[(,](\w+)\+1,(\w+)\b[^§]{0,200}[(,]\1-1,\2\b|[(,](\w+)-1,(\w+)\b[^§]{0,200}[(,]\3\+1,\4\b"
)
_HALF_CALL = re.compile(r"SELF\([^()\n;]{0,20}(?:/2|>>1)[,)]")
_TOWER = re.compile(r"SELF\((\w+)-1,(\w+),(\w+),(\w+)\)[^§]{0,200}SELF\(\1-1,(\w+),(\w+),(\w+)\)")
_PARENT = re.compile(r"[!=]=(?:p|par|parent|fa|prev|pre)\b")
_PUT_AND_TAKE = re.compile(
    r"\.append\([^\n;]{1,40}\)[;\n](?:[^\n;]{1,80}[;\n]){0,2}?[^\n;]{0,30}SELF\("
    r"[^\n;]{0,80}\)[;\n](?:[^\n;]{1,60}[;\n]){0,2}?\w+\.pop(?:_back)?\(\)"
)
_USE_AND_FREE = re.compile(
    r"\b(\w+)\[(\w+)\]=(?:True|true|1)[;\n][^§]{0,120}SELF\([^§]{0,120}\1\[\2\]=(?:False|false|0)"
)
_SWAP_BACK = re.compile(
    r"swap\([^§]{1,60}SELF\([^§]{1,60}swap\("
    r"|(\w+)\[(\w+)\],\1\[(\w+)\]=[^\n]{1,40}\n[^\n]{0,20}SELF\([^\n]{1,60}\n\1\["
)
_SET_AND_RESET = re.compile(
    r"(\w+)((?:\[\w+\]){1,2})=[^=§]{1,12}[;\n}][^§]{0,160}SELF\([^§]{0,160}\1\2="
)
_MINIMAX = re.compile(r"max\([^\n;]{0,40}SELF\([^§]{1,300}min\([^\n;]{0,40}SELF\(")
_TIGHT = re.compile(r"(?:is_?)?(?:tight|limit(?:ed)?|bound(?:ed)?)")


def recursion(program: Program) -> Found:
    """What recursive functions do."""
    for function in program.functions:
        if function.self_calls:
            yield "simple recursion", 1
            if function.memoised:
                yield "memoised recursion", 4
            yield from _splits(function)
            yield from _walks(function)
            yield from _choices(function, program)


def _splits(function: Function) -> Found:
    """Recursions into smaller inputs."""
    body = function.body
    squares = re.search(r"\b(\w+)\*\1\b", body) and re.search(r"%2|&1", body)
    if squares and _HALF_CALL.search(body):
        modular = re.search(r"%(?!2\b)\w", body)
        yield ("modular exponentiation" if modular else "fast exponentiation"), 4
    tower = _TOWER.search(body)
    if tower and set(tower.group(2, 3, 4)) == set(tower.group(5, 6, 7)):
        yield "Tower of Hanoi", 5
    if function.self_calls < 2:
        return
    merges = re.search(r"merge\w*\(|while[ (]\(?\w+<[^\n{]{1,30} and ", body)
    if merges and re.search(r"/2|>>1|\bmid\b", body):
        yield "merge sort", 5
        if re.search(r"\+=(?:\(?mid|len\(\w+\)|m|\w+\.size\(\))-?", body):
            yield "inversion counting", 5
    if ".left" not in body and re.search(r"pivot|partition\w*\(", body):
        yield "quicksort", 5


def _walks(function: Function) -> Found:
    """Recursions over trees, graphs and grids."""
    body = function.body
    if re.search(r"\.(?:left|right|lchild|rchild)\b", body):
        yield from _tree_walk(body)
    elif (
        NEIGHBOURS.search(body)
        and SEEN.search(body)
        and re.search(r"\bfor\b[^§]{1,300}SELF\(", body)
    ):
        if not re.search(r"\.pop(?:_back)?\(\)\s*$", body[-12:]):
            yield "depth-first search", 4
        if _PARENT.search(body) and re.search(
            r"\w+\[\w+\](?:\[\d\])?(?:\+=|\*=|=max\(|=min\()", body
        ):
            yield "subtree aggregation", 4
    if function.self_calls >= 4 and _TWO_STEPS.search(body):
        yield "flood fill", 5


def _tree_walk(body: str) -> Found:
    """Orders in which a recursion visits a binary tree."""
    left = re.search(r"SELF\([^()\n;]{0,20}\.left", body)
    right = re.search(r"SELF\([^()\n;]{0,20}\.right", body)
    visit = re.search(r"\.append\(|print\(|cout|yield|extend\(|\+=", body)
    if left and right and visit:
        if visit.start() < left.start():
            yield "preorder traversal", 4
        elif visit.start() < right.start():
            yield "inorder traversal", 4
        elif visit.start() > right.start():
            yield "postorder traversal", 4
    if left or right:
        yield "binary tree", 2


def _choices(function: Function, program: Program) -> Found:
    """Recursions that try choices: backtracking, games, digit by digit."""
    body = function.body
    if _PUT_AND_TAKE.search(body):
        yield "subset backtracking", 4
    if _USE_AND_FREE.search(body) or _SWAP_BACK.search(body):
        yield "permutation backtracking", 4
    if _SET_AND_RESET.search(body) and re.search(r"\bfor\b|if", body):
        yield "constraint pruning", 4
    if "+" in body and re.search(r"queen", program.text, re.I):
        yield "n-queens", 5
    if {"alpha", "beta"} <= program.words:
        yield "alpha-beta pruning", 5
    if _MINIMAX.search(body):
        yield "minimax", 5
    if any(map(_TIGHT.fullmatch, function.params)) and re.search(r"range\(|for\(", body):
        yield "digit dp", 5
