"""MusicXML as a tree that is safe to look at: no entity is expanded, nothing outside the file is fetched."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from studio.core.errors import StudioError

MOST = 24_000_000
"""Bytes of a score; a symphony has about ten million."""
_MOST_ELEMENTS = 1_500_000
_AGAIN = "Export it again as MusicXML."


def parsed(data: bytes, name: str) -> Element:
    """The root. Raises StudioError: too large, no XML, or one that is made to do harm."""
    if len(data) > MOST:
        raise StudioError("{name} is too long: {size:,} MB; {most:,} MB is the most.",
                          "Cut it into shorter pieces.", name=name, size=-(-len(data) // 1_000_000),
                          most=MOST // 1_000_000)
    if data.count(b"<") > 2 * _MOST_ELEMENTS:
        raise StudioError("{name} has too much in it.", "Cut it into shorter pieces.", name=name)
    try:
        _refuse_entities(data, name)
        return fromstring(data)  # noqa: S314 - no entity can be in it any more
    except (ParseError, ExpatError, ValueError, LookupError, RecursionError) as error:
        raise StudioError("{name} is damaged: it breaks off or is no XML.", _AGAIN, name=name,
                          details=str(error)) from error


def _refuse_entities(data: bytes, name: str) -> None:
    """Look through the file before a tree is made of it. defusedxml does both in one, with a tree builder in
    Python: ten times as slow over a symphony."""
    def refuse(*said: Any) -> Any:
        raise StudioError("{name} is no plain score: it defines entities of its own.", _AGAIN, name=name,
                          details=repr(said)[:200])

    parser = ParserCreate()
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.Parse(data, True)


def partwise(root: Element, name: str) -> Element:
    """A score by parts, whichever way it is written. Raises StudioError for other XML."""
    if root.tag == "score-partwise":
        return root
    if root.tag != "score-timewise":
        raise StudioError("{name} is not a score.", "Choose a MusicXML file.", name=name,
                          details=str(root.tag))
    turned = root.makeelement("score-partwise", {})
    parts: dict[str, Element] = {}
    for child in root:
        if child.tag != "measure":
            turned.append(child)
            continue
        for part in child.findall("part"):
            measure = root.makeelement("measure", dict(child.attrib))
            measure.extend(part)
            parts.setdefault(part.get("id", ""), root.makeelement("part", dict(part.attrib))).append(measure)
    turned.extend(parts.values())
    return turned


def text(element: Element | None, path: str, default: str = "") -> str:
    """What ``path`` below ``element`` says, in one line."""
    found = element.findtext(path) if element is not None else None
    return " ".join((found or default).split())[:200]


def number(said: str | None) -> Fraction | None:
    """A decimal number within a milliard; None for anything else."""
    try:
        value = float(said or "")
    except ValueError:
        return None
    if not math.isfinite(value) or abs(value) > 1e9:
        return None
    return Fraction(value).limit_denominator(1_000_000)


def whole(said: str | None) -> int | None:
    """A whole number within a milliard, or None."""
    value = number(said)
    return None if value is None else round(value)


def numbers(said: str) -> Iterator[int]:
    """The whole numbers in a list such as "1, 2"."""
    yield from (int(word) for word in said.replace(",", " ").split() if word.isascii() and word.isdigit()
                and len(word) < 4)
