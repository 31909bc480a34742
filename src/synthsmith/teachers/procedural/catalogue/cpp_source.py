"""C++ front end: patterns and brace matching over text without comments and strings."""

from __future__ import annotations

import re

from synthsmith.teachers.procedural.catalogue.program import (
    LONG_WORD,
    MAX_BLOCKS,
    MAX_BODY,
    Function,
    Loop,
    Program,
    literal,
    mark_self_calls,
)

_QUIET = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)"
    r'|R"(?P<tag>[^()\\\s"]{0,16})\(.*?(?:\)(?P=tag)"|\Z)'
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|(?<![0-9A-Fa-f])'(?:[^'\\\n]|\\[^\n]){1,4}'"
    r"|^[ \t]*\#(?:[^\n\\]|\\.)*",
    re.DOTALL | re.MULTILINE,
)
_SPACES = re.compile(r"\s+(?!\w)|(?<!\w)\s+")
_GAP = re.compile(r"\s+")
_DIALECT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\bstd::|\bthis->|\bconst\b ?|\busing namespace std;", ""),
        (r"->", "."),
        (r"\b(else|return|do)(?=\+\+|--)", r"\1 "),
        (r"\b(\w+)<[\w, ]{1,24}>\(", r"\1("),
        (r"\b(\w+)=\1([-+])1\b(?![*/%\w.])", r"\1\2=1"),
        (r"&&", " and "),
        (r"\|\|", " or "),
        (r"!(\w+)\.empty\(\)", r"\1"),
        (r"\.(?:top|back)\(\)", "[-1]"),
        (r"\.(?:push_back|emplace_back)\(", ".append("),
        (r"\b(\d+)(?:[uU]?[lL]{1,2}|[lL]{0,2}[uU])\b", r"\1"),
        (r"static_cast<[\w: ]{1,30}>|\((?:long long|int|double|ll|unsigned|size_t)\)(?=[\w(])", ""),
        (r"\+\+(\w+(?:\[[\w.]+(?:\[\w+\])?\])?)", r"\1+=1"),
        (r"--(\w+(?:\[[\w.]+(?:\[\w+\])?\])?)", r"\1-=1"),
        (r"(?<=[\w\]])\+\+", "+=1"),
        (r"(?<=[\w\]])--(?!\w)", "-=1"),
    )
)
_BRACE = re.compile(r"[{}]")
_FUNCTION = re.compile(r"\b(\w+)\(([^(){};]{0,300})\)(?:override|noexcept)?(?:->[\w<>:]{1,40})?\{")
_LAMBDA = re.compile(r"\b(\w+)=\[[&=\w,]{0,20}\]\(([^(){};]{0,300})\)(?:[.\w<>: ]{1,40})?\{")
_LOOP = re.compile(r"\b(for|while)\(")
_CLASS = re.compile(r"\b(?:class|struct|namespace) (\w+)")
_HEADER = re.compile(r"(?:^|[ &*>])(\w+)(?:=[^;]{0,200};|:(?!:))")
_KEYWORDS = frozenset({"if", "for", "while", "switch", "catch", "return", "sizeof", "main"})


def read_cpp(code: str) -> Program:
    """Read ``code``; any text is accepted, since patterns need no valid syntax."""
    text = _compact(code)
    program = Program(text=text, words=frozenset(re.findall(r"[A-Za-z_]\w*", text)))
    closing = _closing(text)
    for pattern in (_FUNCTION, _LAMBDA):
        for match in pattern.finditer(text):
            if match[1] not in _KEYWORDS and len(program.functions) < MAX_BLOCKS:
                program.functions.append(_function(match, text, closing))
    program.loops = _loops(text, closing)
    program.classes = _CLASS.findall(text)[:MAX_BLOCKS]
    return program


def _compact(code: str) -> str:
    text = _SPACES.sub("", _GAP.sub(" ", _QUIET.sub(_quiet, code)))
    for pattern, plain in _DIALECT:
        text = pattern.sub(plain, text)
    return LONG_WORD.sub("x", text)


def _quiet(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == '"' or found[0] == "'":
        return literal(found[1:-1])
    return '""' if found[0] == "R" else " "


def _closing(text: str) -> dict[int, int]:
    """Position of every opening brace that is closed → position of its closing brace."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            closing[opened.pop()] = match.start()
    return closing


def _function(match: re.Match[str], text: str, closing: dict[int, int]) -> Function:
    start = match.end()
    end = closing.get(start - 1, len(text))
    body, self_calls = mark_self_calls(match[1], text[start : min(end, start + MAX_BODY)])
    spaced = re.sub(r"([&*>])(\w)", r"\1 \2", match[2])
    declared = [part.rpartition(" ") for part in spaced.split(",")]
    return Function(
        name=match[1],
        params=tuple(name.split("=")[0] for _, _, name in declared if name),
        types=tuple(kind for kind, _, name in declared if name),
        body=body,
        self_calls=self_calls,
    )


def _loops(text: str, closing: dict[int, int]) -> list[Loop]:
    """Every loop with a header that ends; depth counts the loops around it."""
    loops: list[Loop] = []
    ends: list[int] = []
    for match in _LOOP.finditer(text):
        if len(loops) == MAX_BLOCKS:
            break
        header_end = _parenthesis(text, match.end())
        if text.startswith(";", header_end + 1):
            continue  # the tail of a do-while
        start, end = _body(text, header_end + 1, closing)
        ends = [around for around in ends if around > match.start()]
        header = text[match.start() : header_end + 1]
        named = _HEADER.search(text[match.end() : header_end]) if match[1] == "for" else None
        loops.append(
            Loop(
                kind=match[1],
                var=named[1] if named else "",
                header=header,
                body=text[start : min(end, start + MAX_BODY)],
                depth=len(ends),
                downwards="-=" in header.rpartition(";")[2],
            )
        )
        ends.append(end)
    return loops


def _parenthesis(text: str, start: int) -> int:
    """Where the parenthesis opened just before ``start`` closes, at most 400 characters on."""
    depth = 1
    limit = min(len(text), start + 400)
    for position in range(start, limit):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return limit


def _body(text: str, start: int, closing: dict[int, int]) -> tuple[int, int]:
    """The block, or the one statement (which may be a loop with a block), at ``start``."""
    if text.startswith("{", start):
        return start + 1, closing.get(start, len(text))
    semicolon = text.find(";", start)
    semicolon = len(text) if semicolon < 0 else semicolon
    inner = re.compile(r"(?:for|while|if)\(").match(text, start)
    if inner:
        after = _parenthesis(text, inner.end()) + 1
        if text.startswith("{", after):
            return start, closing.get(after, len(text))
        if text.startswith(("for(", "while(", "if("), after):
            return start, min(len(text), after + 400)
        semicolon = text.find(";", after)
        return start, len(text) if semicolon < 0 else semicolon + 1
    return start, semicolon + 1
