"""Places in a text: Qt counts UTF-16 units, Python counts characters. They differ behind an emoji."""

from __future__ import annotations


def units(text: str, at: int) -> int:
    """The place ``at`` of ``text``, in characters, as Qt counts it."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, at: int) -> int:
    """The place ``at`` of ``text``, in UTF-16 units, as Python counts it."""
    if text.isascii():
        return at
    return len(text.encode("utf-16-le", "surrogatepass")[:2 * at].decode("utf-16-le", "ignore"))
