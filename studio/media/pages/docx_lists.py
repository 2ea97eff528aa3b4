"""What a paragraph of a Word document is: its style by its English name, its looks, its place in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.media.pages.blocks import Block, Items, Run

if TYPE_CHECKING:
    from docx.document import Document

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KNOWN = (
    "Title", "Subtitle", "Heading ", "Quote", "Intense Quote", "Block Text", "Scene Break", "Source Code",
    "HTML Preformatted", "Plain Text", "List Continue", "Origin Statement", "toc ", "table of ", "index ")
_OFF = ("0", "false", "off", "none")


@dataclass(slots=True)
class Entry:
    """One item on its way into a list."""

    depth: int
    first: int | None
    """The number its list begins at; None where it has no numbers."""
    block: Block
    group: str
    """Which list it says it belongs to."""
    more: list[Block] = field(default_factory=list)


def nested(entries: Sequence[Entry]) -> list[Block]:
    """The lists that ``entries``, one after another, make up."""
    found: list[Block] = []
    at = 0
    while at < len(entries):
        end = at + 1
        while end < len(entries) and _goes_on(entries[at], entries[end]):
            end += 1
        found.append(_list(entries[at:end], entries[at]))
        at = end
    return found


def _goes_on(first: Entry, other: Entry) -> bool:
    return other.depth > first.depth or (first.depth == other.depth and first.group == other.group)


def _list(entries: Sequence[Entry], first: Entry) -> Items:
    starts = [index for index, entry in enumerate(entries) if entry.depth == first.depth]
    items = []
    for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
        entry = entries[start]
        items.append((entry.block, *entry.more, *nested(entries[start + 1:end])))
    return Items(tuple(items), first.first)


class Kinds:
    """Looks paragraphs and runs up in the styles and lists of a document."""

    def __init__(self, document: Document) -> None:
        self._styles: dict[str, Any] = {style.style_id: style for style in document.styles}
        self._names: dict[str, str] = {}
        self._numbers = _numbering(document)

    def style(self, paragraph: Any) -> str:
        """The nearest well-known name among its style and those that is based on; "" for plain text."""
        style_id = paragraph.style or ""
        if style_id not in self._names:
            self._names[style_id] = next((style.name for style in self._line(style_id)
                                          if (style.name or "").startswith(_KNOWN)), "")
        return self._names[style_id]

    def place(self, paragraph: Any) -> tuple[int, int | None]:
        """Depth in a list, -1 for none, and the number that the list begins at, None without numbers."""
        number, depth = self._number(paragraph)
        if number not in self._numbers or self.style(paragraph).startswith(("Heading ", "Title")):
            return -1, None
        return depth, self._numbers[number].get(depth)

    def list_of(self, paragraph: Any) -> str:
        """Which list it belongs to."""
        return self._number(paragraph)[0]

    def look(self, run: Any) -> Run | None:
        """How its letters look; None where they are hidden."""
        found = {name: self._is(run, name) for name in ("b", "i", "strike", "vanish")}
        style = self._styles.get(run.style or "")
        is_code = style is not None and style.name in ("Verbatim Char", "HTML Code", "Source Text")
        return None if found["vanish"] else Run("", found["b"], found["i"], found["strike"], is_code)

    def _is(self, run: Any, name: str) -> bool:
        own = run.rPr.find(f"{_WORD}{name}") if run.rPr is not None else None
        if own is None:
            styles = (style.element for style in self._line(run.style or ""))
            places = (style.find(f"{_WORD}rPr/{_WORD}{name}") for style in styles)
            own = next((place for place in places if place is not None), None)
        return own is not None and own.get(f"{_WORD}val", "1").lower() not in _OFF

    def _number(self, paragraph: Any) -> tuple[str, int]:
        places = [paragraph.pPr] if paragraph.pPr is not None else []
        places += [style.element.find(f"{_WORD}pPr") for style in self._line(paragraph.style or "")]
        for place in places:
            found = place.find(f"{_WORD}numPr") if place is not None else None
            number = found.find(f"{_WORD}numId") if found is not None else None
            if found is not None and number is not None:
                depth = found.find(f"{_WORD}ilvl")
                level = int(depth.get(f"{_WORD}val", "0")) if depth is not None else 0
                return str(number.get(f"{_WORD}val", "")), max(0, min(level, 8))
        return "", 0

    def _line(self, style_id: str) -> list[Any]:
        """The style and what it is based on; a circle ends."""
        found: list[Any] = []
        style = self._styles.get(style_id)
        while style is not None and style not in found and len(found) < 20:
            found.append(style)
            style = getattr(style, "base_style", None)
        return found


def _numbering(document: Document) -> dict[str, dict[int, int | None]]:
    """By list and depth, the first number; None for bullets."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        root = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        return {}
    looks = {look.get(f"{_WORD}abstractNumId"): look for look in root.findall(f"{_WORD}abstractNum")}
    found = {}
    for number in root.findall(f"{_WORD}num"):
        abstract = number.find(f"{_WORD}abstractNumId")
        look = looks.get(abstract.get(f"{_WORD}val")) if abstract is not None else None
        found[str(number.get(f"{_WORD}numId"))] = _levels(look, number)
    return found


def _levels(look: Any, number: Any) -> dict[int, int | None]:
    levels: dict[int, int | None] = {}
    for level in look.findall(f"{_WORD}lvl") if look is not None else ():
        form, start = level.find(f"{_WORD}numFmt"), level.find(f"{_WORD}start")
        is_bullet = form is None or form.get(f"{_WORD}val") in ("bullet", "none")
        first = int(start.get(f"{_WORD}val", "1")) if start is not None else 1
        levels[int(level.get(f"{_WORD}ilvl", "0"))] = None if is_bullet else first
    for change in number.findall(f"{_WORD}lvlOverride"):
        start, depth = change.find(f"{_WORD}startOverride"), int(change.get(f"{_WORD}ilvl", "0"))
        if start is not None and levels.get(depth) is not None:
            levels[depth] = int(start.get(f"{_WORD}val", "1"))
    return levels
