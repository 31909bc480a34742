"""Is this text a program in a language of ours?"""

from __future__ import annotations

import ast
import re
import warnings

from synthsmith.errors import Drop, DropReason
from synthsmith.records import Language

MIN_CHARS = 30
"""Characters other than white space; anything shorter shows no algorithm."""

SUFFIXES: dict[str, Language] = {
    ".py": "python",
    ".cpp": "cpp",
    ".cc": "cpp",
    ".cxx": "cpp",
    ".c++": "cpp",
    # A header of C++ shows algorithms as a program does; ".h" may as well be C.
    ".hpp": "cpp",
    ".hh": "cpp",
    ".hxx": "cpp",
}
_NAMES: dict[Language, re.Pattern[str]] = {
    "python": re.compile(r"(c?python|pypy|py)[\s\d.()-]*(\(?pypy.*)?"),
    "cpp": re.compile(r".*(\bc\+\+|cpp|\bcxx|\bg\+\+).*|cc"),
}
_INCLUDE = re.compile(r"^\s*#\s*include\b", re.MULTILINE)
_CPP = re.compile(
    r"^\s*#\s*include\b|\b(?:template\s*<|namespace\s+\w+|(?:class|struct)\s+\w+"
    r"|(?:int|void|bool|double|long|auto|char|float|string|size_t)\s+\w+\s*\()",
    re.MULTILINE,
)
_ACTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.For, ast.While, ast.Call, ast.Lambda)


def language_named(name: str) -> Language | None:
    """Our name of a language as corpora write it: ``Python 3``, ``GNU C++17``, ``py`` …"""
    for language, pattern in _NAMES.items():
        if pattern.fullmatch(name.strip().lower()):
            return language
    return None


def check(code: str, language: Language | None) -> Language:
    """The language of ``code``, which is guessed where ``language`` is None.

    Raises Drop: too_small, syntax_error, not_code.
    """
    if len("".join(code.split())) < MIN_CHARS:
        raise Drop(DropReason.TOO_SMALL, f"fewer than {MIN_CHARS} characters of code")
    if language is None:
        return _guess(code)
    if language == "python":
        _check_python(code)
    elif not _is_cpp(code):
        raise Drop(DropReason.NOT_CODE, "no C++ in it")
    return language


def _guess(code: str) -> Language:
    if _INCLUDE.search(code) and _is_cpp(code):
        return "cpp"
    try:
        _check_python(code)
    except Drop:
        if _is_cpp(code):
            return "cpp"
        raise Drop(DropReason.NOT_CODE, "neither Python nor C++") from None
    return "python"


def _is_cpp(code: str) -> bool:
    return "{" in code and "}" in code and ";" in code and _CPP.search(code) is not None


def _check_python(code: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
    except SyntaxError as error:
        raise Drop(DropReason.SYNTAX_ERROR, f"line {error.lineno}: {error.msg}") from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise Drop(DropReason.SYNTAX_ERROR, type(error).__name__) from None
    if not any(isinstance(node, _ACTIONS) for node in ast.walk(tree)):
        raise Drop(DropReason.TOO_SMALL, "no function, loop or call in it")
