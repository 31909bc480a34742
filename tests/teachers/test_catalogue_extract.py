"""Features read from code: every detector with a program that shows it and a near miss."""

from __future__ import annotations

import keyword
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthsmith.teachers.procedural.catalogue import extract_features, known
from synthsmith.teachers.procedural.catalogue.cpp_source import read_cpp
from synthsmith.teachers.procedural.catalogue.extract import MAX_CHARS, MOST, feature_weights
from synthsmith.teachers.procedural.catalogue.python_source import read_python

LANGUAGES = ("python", "cpp")


def read_cases(language: str) -> list[tuple[str, str, str, str]]:
    """(language, name, program that shows it, near miss) of every case on file."""
    file = Path(__file__).parent / "catalogue_cases" / f"{language}.txt"
    cases = []
    for block in file.read_text(encoding="utf-8").split("=== ")[1:]:
        name, _, code = block.partition("\n")
        shown, _, missed = code.partition("--- not\n")
        cases.append((language, name, shown, missed))
    return cases


CASES = [case for language in LANGUAGES for case in read_cases(language)]
each_case = pytest.mark.parametrize(
    ("language", "name", "shown", "missed"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES]
)


def names(code: str, language: str) -> set[str]:
    return set(feature_weights(read_python(code) if language == "python" else read_cpp(code)))


@each_case
def test_a_program_that_shows_it(language: str, name: str, shown: str, missed: str) -> None:
    assert name in names(shown, language)


@each_case
def test_a_near_miss(language: str, name: str, shown: str, missed: str) -> None:
    assert missed.strip()
    assert name not in names(missed, language)


@each_case
def test_comments_and_spacing_change_nothing(
    language: str, name: str, shown: str, missed: str
) -> None:
    comment = "# x & -x" if language == "python" else "// x & -x"
    loose = "".join(f"{line}  {comment}\n" for line in shown.replace(" + ", "  +  ").splitlines())
    assert names(loose, language) == names(shown, language)


@each_case
def test_code_in_a_string_or_a_comment_shows_nothing(
    language: str, name: str, shown: str, missed: str
) -> None:
    if language == "python":
        hidden = ['text = """\n' + shown + '"""\n', "".join(f"# {x}\n" for x in shown.splitlines())]
    else:
        hidden = [f'auto text = R"x({shown})x";\n', f"/* {shown} */\n"]
    for code in hidden:
        assert extract_features(code, language) == []


DIJKSTRA = """
import heapq, sys

def main():
    n, m = map(int, input().split())
    adj = [[] for _ in range(n)]
    for _ in range(m):
        u, v, w = map(int, input().split())
        adj[u].append((v, w))
        adj[v].append((u, w))
    dist = [10**18] * n
    dist[0] = 0
    heap = [(0, 0)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > dist[u]:
            continue
        for v, w in adj[u]:
            if d + w < dist[v]:
                dist[v] = d + w
                heapq.heappush(heap, (dist[v], v))
    print(dist[n - 1])

main()
"""


def test_a_whole_solution() -> None:
    found = extract_features(DIJKSTRA, "python")
    assert found[0] == ("algorithm", "graph", "shortest path", "Dijkstra")
    assert ("data structure", "graph structure", "adjacency list") in found
    assert ("data structure", "heap structure", "priority queue") in found
    assert not any(path[-1] in {"Prim", "Bellman-Ford"} for path in found)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "print('hello')\n"),
        ("python", ""),
        ("python", "a, b = map(int, input().split())\nprint(a + b)\n"),
        ("cpp", '#include <iostream>\nint main() { std::cout << "merge sort"; }\n'),
        ("cpp", ""),
    ],
)
def test_no_algorithm_no_features(language: str, code: str) -> None:
    assert extract_features(code, language) == []


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("def f(:\n", "python"),
        ("print 'python 2'\n", "python"),
        ("x = '\udc80'\n", "python"),
        ("x = 1\0\n", "python"),
        ("(" * 5000, "python"),
        ("-" * 100_000 + "1", "python"),
        ("x" * (MAX_CHARS + 1), "cpp"),
        ("fn main() {}", "rust"),
    ],
)
def test_what_cannot_be_read_is_a_value_error(code: str, language: str) -> None:
    with pytest.raises(ValueError):
        extract_features(code, language)


def test_bad_escapes_warn_nobody() -> None:
    assert extract_features("x = '\\d'\na.sort()\n", "python")


def test_nothing_is_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    extract_features(f"open({str(trace)!r}, 'w').close()\n", "python")
    assert not trace.exists()


IDIOM_PIECES = (
    "while(", "for(", "if ", " and ", "a[i]", "[", "]", "]=", "max(", "min(", "a[i-1]", "a[i][j]",
    "+1", "-1", "\n", ";", "{", "}", ":", "(", ")", '"', "'", '"""', "/*", "//", 'R"(', "#", "\\",
    "low[u]", "heappop(h)", ".append(", "x&-x", "1<<", "%", "==0", "return ", "def f(x):\n  ",
    "int f(int x){", "=\\", "f(x-1,y)", "lambda x:", "key=", "=(a+b)/2",
)  # fmt: skip
junk = st.text(max_size=400) | st.lists(st.sampled_from(IDIOM_PIECES), max_size=150).map("".join)


@settings(max_examples=150, deadline=None)
@given(junk, st.sampled_from(LANGUAGES), st.integers(1, 40))
def test_any_text_gives_known_paths_or_a_value_error(code: str, language: str, times: int) -> None:
    try:
        found = extract_features(code * times, language)
    except ValueError:
        assert language == "python"
        return
    assert found == extract_features(code * times, language)
    assert not found or 2 <= len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(known(path) for path in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=8))
def test_several_ideas_together_give_at_most_twelve(cases: list[tuple[str, str, str, str]]) -> None:
    language = cases[0][0]
    code = "\n".join(shown for spoken, _, shown, _ in cases if spoken == language)
    found = extract_features(code, language)
    assert len(found) <= MOST
    assert all(known(path) for path in found)


@pytest.mark.parametrize("piece", IDIOM_PIECES)
def test_long_repetitions_end(piece: str) -> None:
    """Sixty thousand characters of one idiom's beginning must not blow up in a pattern."""
    extract_features(piece * (60_000 // len(piece)), "cpp")


def test_keywords_are_never_functions() -> None:
    program = read_cpp("int main() { if (x) { } while (y) { } for (;;) { } switch (z) { } }")
    assert program.functions == []
    assert not any(keyword.iskeyword(loop.var) for loop in program.loops)
