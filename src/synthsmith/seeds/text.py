"""Bytes to text: decode what people's editors have written, refuse what is not text."""

from __future__ import annotations

import codecs
import io
import re
import tokenize

from synthsmith.errors import Drop, DropReason

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CONTROL_SHARE = 1 / 200
"""Text holds a stray control character at most; a binary file read as Latin-1 holds about 20%."""


def decode(data: bytes) -> str:
    """Text of a code file, by its mark, its PEP 263 declaration, or the first encoding that fits.

    Raises Drop(not_text).
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
        if is_text(text):
            return text
    raise Drop(DropReason.NOT_TEXT, "not text in any encoding tried")


def is_text(text: str) -> bool:
    """Whether it has no NUL, hardly any control characters, and can be written as UTF-8."""
    text = text.rstrip("\x1a")  # the end-of-file mark of old editors
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) * _CONTROL_SHARE:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in text)


def normalise(text: str) -> str:
    """Code with ``\\n`` line ends, no trailing blanks, single blank lines, one newline at the end.

    Two files that differ in nothing else are the same seed.
    """
    text = text.lstrip("\ufeff").rstrip("\x1a").replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    return f"{text}\n" if text else ""


def _encodings(data: bytes) -> list[str]:
    """Encodings to try in turn; a byte-order mark leaves no choice."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return [encoding]
    half = len(data) // 2
    if data[1::2].count(0) > 0.7 * half:
        return ["utf-16-le"]
    if data[::2].count(0) > 0.7 * half:
        return ["utf-16-be"]
    if 0 in data:
        return []
    return [*_declared(data), "utf-8", "cp1252", "latin-1"]


def _declared(data: bytes) -> list[str]:
    """The encoding of a ``coding:`` comment in the first two lines, if there is one."""
    try:
        encoding, lines = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:  # unknown to Python, or not the UTF-8 it falls back on
        return []
    return [encoding] if lines else []
