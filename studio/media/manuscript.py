"""A text file as text: UTF-8 or UTF-16, new lines as "\\n", and plain words for what is no text."""

from __future__ import annotations

import codecs
import re

from studio.core.errors import StudioError

MOST = 50_000_000
"""Bytes: some eight million words."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WIDE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
_IDEOGRAPH = re.compile("[" + "".join(f"{first}-{last}" for first, last in _WIDE) + "]")
_SPOKEN = re.compile(r"[^\W_]\S*")
"""From the first letter or number of a run to its end."""
_SAVE = "Save it as UTF-8 text."


def decode(data: bytes, name: str = "This file") -> str:
    """The text in ``data``. Raises StudioError: too long, binary, or in an unknown encoding, and where."""
    if len(data) > MOST:
        raise StudioError("{name} is too long: {size:,} MB; {most:,} MB is the most.", name=name,
                          size=len(data) // 1_000_000, most=MOST // 1_000_000)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plain(_decoded(data[len(mark):], encoding, name))
    if b"\0" in data:
        raise StudioError("{name} is not text: it has bytes that no text has.", "Choose a text file.",
                          name=name)
    return _plain(_decoded(data, "utf-8", name))


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StudioError("{name} is not in UTF-8: line {line} has a broken letter.", _SAVE, name=name,
                          line=line, details=repr(error)[:300]) from error


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def count_words(text: str) -> int:
    """Words as a writer counts them: runs between spaces, and each Chinese or Japanese character."""
    narrow, wide = _IDEOGRAPH.subn("-", text)
    return wide + sum(1 for _ in _SPOKEN.finditer(narrow))


def is_wide(letter: str) -> bool:
    """Whether it is an ideograph or kana, which are written without spaces."""
    return any(first <= letter <= last for first, last in _WIDE)
