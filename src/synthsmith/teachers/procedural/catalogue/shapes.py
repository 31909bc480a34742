"""Features that show in the shape of loops, not in one expression.

Each detector yields (name, weight) pairs; weights are those of `idioms`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from synthsmith.teachers.procedural.catalogue.program import (
    NEIGHBOURS,
    SEEN,
    Found,
    Loop,
    Program,
)
from synthsmith.teachers.procedural.catalogue.recursion import recursion

_HALVING = re.compile(
    r"\b(\w+)=(?:int)?\(?\(?(?:(\w+)\+(\w+)\)?(?:/2|>>1)"
    r"|(\w+)\+\(?\(?(\w+)-\4\)?(?:/2|>>1)|midpoint\(|len\(\w+\)(?:/2|>>1)|\w+\.size\(\)/2)"
)
_PUSH = re.compile(r"\.(?:append|push|add|emplace|extend|put|push_front|appendleft)\(|heappush\(")
_QUEUE_POP = re.compile(r"\.popleft\(\)|\.pop\(0\)|\.front\(\)|\.get\(\)|\.pop_front\(\)|dequeue\(")
_HEAP_POP = re.compile(r"heappop\(")
_STEPS = re.compile(
    r"\bd[xy]\b|\bdirections?\b|\bdirs?\b|\bd[rc]\b|\bmoves\b|\bdelta|[({](\w+)[+-]1,(\w+)[)}],[({]\1[+-]1,\2[)}]",
    re.I,
)
_SHRINKS = re.compile(
    r"while[^\n{]{1,90}[:{)\n]{1,3}(?:[^\n;{}]{0,80}[\n;{}]{1,3}){0,6}?"
    r"(?:\b(\w+)\+=1\b(?!\])|[^\n;{}]{0,20}-=\w+\[(\w+)\+=1\])"
)


def halving(program: Program) -> Found:
    """Binary searches: a loop that halves lo..hi, or a recursion that does."""
    for loop in program.loops:
        mid = _HALVING.search(loop.body)
        if not mid:
            continue
        name = mid[1]
        narrowed = re.search(
            rf"(?<![=!<>+*/|&^%-])=\(?{name}(?:[+-]1)?\b(?!\w*[\[(])", loop.body[mid.end() :]
        )
        if loop.kind == "for":
            if narrowed and re.search(r"range\(\d+\)|<\d+;", loop.header):
                yield "binary search on real numbers", 5
        elif narrowed and re.search(r"1e-|eps|abs\(|precision|toleran", loop.header, re.I):
            yield "root bisection", 5
        elif narrowed and re.search(rf"\[{name}\]", loop.body):
            yield "binary search on index", 5
        elif narrowed:
            yield "binary search on answer", 5
    for function in program.functions:
        mid = _HALVING.search(function.body)
        if not mid or not function.self_calls or "while" in function.body[: mid.start()]:
            continue
        compared = re.search(
            rf"\[{mid[1]}\][^\n;]{{0,4}}[=<>]=?|[=<>]\w+\[{mid[1]}\]", function.body
        )
        if compared and re.search(rf"return(?: |\(){mid[1]}\b", function.body):
            yield "binary search on index", 5


def inwards(program: Program) -> Found:
    """Two indices that move towards each other, or along together."""
    for loop in program.loops:
        head = re.search(r"while[ (]+(\w+)<=?(\w+)(?:\[\w+\])?[ ):]", loop.header)
        if not head:
            continue
        low, high = head[1], head[2]
        up = re.search(rf"\b{low}\+=1\b|\b{low},{high}=", loop.body)
        down = re.search(rf"\b{high}-=1\b|\b{low},{high}=", loop.body)
        narrows = not _HALVING.search(loop.body) and not re.search(r"/=2|>>=1", loop.body)
        if up and down and narrows:
            yield "pointers moving inwards", 4
            if re.search(rf"\w+\[{low}\](?:!=|==)\w+\[{high}\]", loop.body):
                yield "palindrome check", 4


def windows(program: Program) -> Found:
    """A right end that advances in a loop while an inner loop moves the left end."""
    for loop in program.loops:
        inner = _SHRINKS.search(loop.body)
        if not inner:
            continue
        left = inner[1] or inner[2]
        taken = re.search(
            rf"(?:-=|\^=)[^\n;]{{0,20}}\[{left}\b|\[\w+\[{left}\]\][-+]=|=\w+\[{left}\][;\n]",
            inner[0],
        )
        removed = re.search(r"remove|erase|discard|popleft|-=1", inner[0])
        if taken or (removed and f"[{left}]" in inner[0]):
            yield "variable-size window", 5
            if re.search(r"len\(\w+\)>|\.size\(\)>|distinct", inner[0]):
                yield "at most k distinct", 4
            elif re.search(r"\[\w+\[?\w*\]?\]>1| in \w+:|\.count\(", inner[0]):
                yield "window with distinct elements", 4


def monotonic(program: Program) -> Found:
    """Stacks and deques kept in order by popping."""
    for loop in program.loops:
        top = re.search(
            r"while[ (!]+(?:len\()?(\w+)\b.{0,60}?(?:[<>]=?.{0,20}\1\[-1\]|\1\[-1\]"
            r"[^<>\n]{0,24}[<>])",
            loop.header,
        )
        if (
            loop.kind != "while"
            or not top
            or not re.search(rf"\b{top[1]}\.pop(?:_back)?\(\)", loop.body)
        ):
            continue
        name = re.escape(top[1])
        if re.search(rf"\b{name}\.(?:popleft|pop_front)\(", program.text):
            yield "sliding window maximum", 5
        elif re.search(r"\*", loop.body) and re.search(r"max\(|>", loop.body):
            yield "largest rectangle in histogram", 5
        elif re.search(r"min\(", loop.body):
            yield "trapping rain water", 5
        elif not re.search(r"cross|ccw|orient|turn", loop.header):
            larger = re.search(
                rf"{name}\[-1\][\w\]\[.]{{0,12}}<|>=?[\w\[\]]{{0,12}}{name}\[-1\]", loop.header
            )
            yield ("next greater element" if larger else "previous smaller element"), 4


def searches(program: Program) -> Found:
    """Graph searches driven by a queue, a stack or a heap."""
    for loop in program.loops:
        if loop.kind != "while":
            continue
        steps = _STEPS.search(loop.body) and "for" in loop.body
        spread = bool(NEIGHBOURS.search(loop.body) or steps) and bool(_PUSH.search(loop.body))
        heap = _HEAP_POP.search(loop.body) or (
            "priority_queue" in program.text and "[-1]" in loop.body and ".pop()" in loop.body
        )
        if heap and spread:
            yield from _heap_search(loop)
        elif _QUEUE_POP.search(loop.body) and spread and SEEN.search(loop.body):
            yield from _queue_search(loop, bool(steps), program)
        elif _QUEUE_POP.search(loop.body) and ".left" in loop.body and ".right" in loop.body:
            yield "level order traversal", 5
        elif ".pop()" in loop.body and spread and (steps or SEEN.search(loop.body)) and not heap:
            yield ("flood fill" if steps else "iterative depth-first search"), 4
        elif _QUEUE_POP.search(loop.body) and _PUSH.search(loop.body):
            yield "simulation with queue", 3
        elif _HEAP_POP.search(loop.body) and "heappush(" in loop.body:
            yield "simulation with heap", 2


def _heap_search(loop: Loop) -> Found:
    pushed_sum = re.search(
        r"\b(\w+)=[\w.\[\]]{1,24}\+[^\n;]{1,40}[^§]{0,200}?(?:heappush\(|push\(|emplace\()"
        r"[^\n;]{0,40}\b\1\b|(?:heappush\(|push\(|emplace\()[^\n;]{0,30}\+|\]=[\w.\[\]]{1,24}\+[\w.]+",
        loop.body,
    )
    if pushed_sum and re.search(r"heuristic|\bf_?score|\bh\(", loop.body):
        yield "A* search", 5
    elif re.search(r"indegree|in_?deg|indeg", loop.body):
        yield "lexicographically smallest topological order", 5
    elif pushed_sum:
        yield "Dijkstra", 5
    elif re.search(r"max\(", loop.body):
        yield "minimax path", 4
    elif re.search(r"not in |visit|seen|in_?mst", loop.body, re.I):
        yield "Prim", 5
    yield "priority queue", 3


def _queue_search(loop: Loop, steps: bool, program: Program) -> Found:
    if re.search(r"appendleft|push_front", loop.body):
        yield "0-1 breadth-first search", 5
        return
    if re.search(r"\[[^\]\n]{1,20}\]\+[\w.\[\]]{1,16}<\w+\[|>\w+\[\w+\]\+", loop.body):
        yield "queue-based Bellman-Ford", 5
        return
    if re.search(r"in_?deg\w*|indegree", loop.body, re.I):
        return
    yield "breadth-first search", 5
    if re.search(r"range\(len\((\w+)\)\)<sep>|=(\w+)\.size\(\)", loop.body):
        yield "level order traversal", 4
    if steps:
        yield "shortest path in grid", 4
    elif re.search(r"\]=\w+\[\w+\]\+1\b", loop.body):
        yield "shortest path in unweighted graph", 4
    before = program.text.split("while", 1)[0]
    if re.search(
        r"for[^\n{]{1,50}[:){]{1,2}\n?for[^\n{]{1,50}[:){]{1,2}\n?if[^\n{]{1,50}[:){\n]{1,3}"
        r"[^\n]{0,40}\.(?:append|push|emplace)\(",
        before,
    ):
        yield "multi-source breadth-first search", 5


def relaxations(program: Program) -> Found:
    """Edge relaxations and products in nested loops."""
    edge = re.compile(
        r"\b(\w+)\[([^\]\n]{1,30})\]\+[\w.\[\]]{1,24}<\1\[|\b(\w+)\[[^\]\n]{1,30}\]>\3\[[^\]\n]{1,30}\]\+"
        r"|\b(\w+)\[(\w+)\]=min\(\4\[\5\],\4\[\w+\]\+\w+\)"
    )
    for loop in program.loops:
        row = re.search(r"\w+\+(\w+)\[(\w+)\]<(\w+)\[\2\]", loop.body)
        if loop.depth == 2 and row and loop.var == row[2] and row[1] != row[3]:
            yield "Floyd-Warshall", 4
        triple = re.search(r"\[(\w+)\]\[(\w+)\](\+| and |&)(\w+)\[\2\]\[(\w+)\]", loop.body)
        if loop.depth == 0 and triple and loop.var == triple[2] and loop.body.count("for") >= 2:
            yield ("Floyd-Warshall" if triple[3] == "+" else "transitive closure"), 5
        several = re.search(r"\w+,\w+,\w+ in |\.\w+\]|\[0\]|auto", loop.header + loop.body)
        if loop.depth >= 1 and loop.kind == "for" and edge.search(loop.body) and several:
            whole = program.text
            if not (
                _QUEUE_POP.search(whole) or _HEAP_POP.search(whole) or "priority_queue" in whole
            ):
                yield "Bellman-Ford", 5


def knapsacks(program: Program) -> Found:
    """One-dimensional knapsack rows, told apart by the direction of the capacity loop."""
    row = re.compile(
        r"\b(\w+)\[(\w+)\]=max\((?:int\()?\1\[\2\],(?:\1\[\2-[\w.\[\]]{1,24}\+|[^,()]{1,24}\+\1\[\2-)"
    )
    candidate = re.compile(r"=(\w+)\[(\w+)-\w+(?:\[\w+\])?\]\+[\w\[\]]+[\n;][^\n;]{0,40}>\1\[\2\]")
    for loop in program.loops:
        found = row.search(loop.body) or candidate.search(loop.body)
        if found and loop.depth >= 1 and loop.var == found[2]:
            yield ("0/1 knapsack" if loop.downwards else "unbounded knapsack"), 5


def triples_and_pairs(program: Program) -> Found:
    """Plain nested loops where the inner one starts at the outer variable."""
    starts = [
        (loop, match[1])
        for loop in program.loops
        if (match := re.search(r"range\((\w+)(?:\+1)?,|=(\w+)\+1;", loop.header)) and loop.depth
    ]
    inner = [loop for loop, start in starts if start != "0"]
    if any(loop.depth >= 2 for loop in inner) and len(inner) >= 2:
        yield "all triples", 2
    elif inner and not re.search(r"\]=|swap\(", inner[0].body):
        yield "all pairs", 2


def composites(program: Program) -> Found:
    """Features that need two others at once."""
    text = program.text
    sorts = "sort" in text and re.search(r"\bsort(?:ed)?\(", text)
    joins = re.search(
        r"\bfind\w*\([^\n;]{1,40}\)[!=]=\w*\.?find\w*\(|\bfind\w*\([^\n;]{1,30}\),\w*find\w*\(|(?<!\.)\b(?:union\w*|unite|join)\(",
        text,
    )
    if sorts and joins and re.search(r"[Ee]dges?|[Mm][Ss][Tt]|spanning", text) and "+=" in text:
        yield "Kruskal", 5
    if "priority_queue<" in text or "heappush(" in text or "heapify(" in text:
        yield "priority queue", 3
        if sorts:
            yield "greedy with heap", 3
    if re.search(r"residual|capacity|flow", text) and re.search(
        r"\]-=[^\n;]{1,16}[;\n}]{1,3}[^\n;]{0,30}\]\+=", text
    ):
        yield ("Edmonds-Karp" if _QUEUE_POP.search(text) else "Ford-Fulkerson"), 5
    if "stack<" in text or re.search(r"\bstack\w*\.(?:append|push)\(", text):
        yield "simulation with stack", 2


DETECTORS: tuple[Callable[[Program], Found], ...] = (
    halving,
    inwards,
    windows,
    monotonic,
    searches,
    relaxations,
    knapsacks,
    recursion,
    triples_and_pairs,
    composites,
)


def shape_features(program: Program) -> dict[str, int]:
    """Names found → weight."""
    found: dict[str, int] = {}
    for detector in DETECTORS:
        for name, weight in detector(program):
            found[name] = max(weight, found.get(name, 0))
    return found
