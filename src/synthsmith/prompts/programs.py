"""Whether a text is a whole program: what decides between two readings of a reply."""

from __future__ import annotations

import ast
import re
import warnings

_CPP_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|(?P<comment>\Z))"
    r'|R"(?P<delimiter>[^()\\\s"]{0,16})\(.*?(?:\)(?P=delimiter)"|(?P<raw>\Z))'
    r"|\d(?:'?\w)*+"
    r"""|"(?:\\.|[^"\\\n])*+(?:"|(?P<string>))|'(?:\\.|[^'\\\n])*+(?:'|(?P<char>))"""
    r"|(?P<bracket>[{}()\[\]])|(?P<stray>[`@$])",
    re.DOTALL,
)
_MAIN = re.compile(r"\bmain\s*\(")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def is_whole(code: str, language: str) -> bool:
    """Whether ``code`` is a whole program, as far as its form tells.

    Python parses, and its last statement does something. C++ has a main function, every bracket
    and string is closed, and nothing but a closing brace or semicolon ends it.
    """
    return _python(code) is None if language == "python" else _cpp(code) is None


def ends_in_a_string(code: str, language: str) -> bool:
    """Whether ``code`` ends inside a string or comment that may hold line ends."""
    why = _python(code) if language == "python" else _cpp(code)
    return why == "in a string"


def _python(code: str) -> str | None:
    """What is not whole about a Python program, if anything."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
    except SyntaxError as error:
        return "in a string" if "unterminated triple-quoted" in str(error.msg) else "syntax"
    except (ValueError, RecursionError, MemoryError):
        return "syntax"
    if not tree.body:
        return "empty"
    last = tree.body[-1]
    idle = isinstance(last, ast.Expr) and not any(isinstance(n, ast.Call) for n in ast.walk(last))
    return "no effect" if idle else None


def _cpp(code: str) -> str | None:
    """What is not whole about a C++ program, if anything."""
    opened: list[str] = []
    last = ""
    end = 0
    for token in _CPP_TOKEN.finditer(code):
        last = code[end : token.start()].rstrip()[-1:] or last
        end = token.end()
        kind = token.lastgroup
        if kind in ("comment", "raw"):
            return "in a string"
        if kind in ("string", "char", "stray"):
            return "syntax"
        if kind == "bracket":
            last = token.group()
            if last not in _PAIRS:
                opened.append(last)
            elif not opened or opened.pop() != _PAIRS[last]:
                return "brackets"
        elif not token.group().startswith(("//", "/*")):
            last = "0"
    last = code[end:].rstrip()[-1:] or last
    if opened:
        return "brackets"
    return None if last in ("}", ";") and _MAIN.search(code) else "no end"
