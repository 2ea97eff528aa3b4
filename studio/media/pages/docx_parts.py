"""What python-docx has no words for: whole style sheets, lists, links, direction, and parts of our own.

By ECMA-376, 5th edition, part 1; children stand in the order that its schema wants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from xml.sax.saxutils import escape

from studio.media.pages.blocks import BREAK, Run

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
RECIPE_TYPE = "urn:atelier:recipe"
DEPTHS = 9
"""Levels of lists that a document can have."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_AT_ONCE = 500
"""Paragraphs; the parser takes at most 10 MB of letters."""
_BULLETS = "•–·"
_INDENT, _HANGING = 567, 340
"""Twentieths of a point."""


def element(text: str) -> Any:
    """An element, from XML that may use the prefixes w and r."""
    from docx.oxml import parse_xml

    names = f'xmlns:w="{_WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    start = text.index(">") if "/>" not in text[:text.index(">") + 1] else text.index("/>")
    return parse_xml(f"{text[:start]} {names}{text[start:]}")


def set_styles(document: Any, sheet: bytes, language: str) -> None:
    """Let the document have the styles of ``sheet`` alone, for text in ``language``."""
    from docx.oxml import parse_xml

    new, old = cast("Any", parse_xml(sheet)), document.styles.element
    for child in list(old):
        old.remove(child)
    for child in list(new):
        old.append(child)
    [spoken] = old.xpath("w:docDefaults//w:lang")
    side = "eastAsia" if language.startswith(("zh", "ja", "ko")) else "val"
    spoken.set(f"{{{_WORD}}}{side}", {"zh": "zh-CN", "ja": "ja-JP", "ko": "ko-KR"}.get(language, language))
    if language.startswith(("zh", "ja")):
        [indent] = old.xpath("w:style[@w:styleId='BodyText']//w:ind")
        indent.set(f"{{{_WORD}}}firstLineChars", "200" if language.startswith("zh") else "100")


def set_paper(document: Any) -> None:
    """A4 with wide margins, hyphens, and the page's number below."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(35)
    section.top_margin, section.bottom_margin = Mm(30), Mm(32)
    settings = document.settings.element
    zoom = settings.find(f"{{{_WORD}}}zoom")
    if zoom is not None:  # the template's own lacks the percentage that the schema wants
        zoom.set(f"{{{_WORD}}}percent", "100")
    hyphens = element("<w:autoHyphenation/>")
    settings.insert_element_before(hyphens, "w:defaultTabStop", "w:characterSpacingControl", "w:compat")
    paragraph = section.footer.paragraphs[0]
    paragraph._p.append(element('<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def strip(document: Any) -> None:
    """Take out what the template brings along and no page needs."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/customXml", "/stylesWithEffects", "/thumbnail")):
                del part.rels[key]


def attach(document: Any, recipe: str) -> None:
    """Put ``recipe`` into a part that word processors keep and do not show."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    start = '<?xml version="1.0" encoding="utf-8"?>\n'
    data = f'{start}<recipe xmlns="{RECIPE_TYPE}">{escape(recipe)}</recipe>\n'.encode()
    part = Part(PackURI("/customXml/item1.xml"), "application/xml", data, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


class Numbers:
    """The lists of a document: two looks, and for each list with numbers a count of its own."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        for index, is_numbered in enumerate((False, True)):
            self._root.append(element(_look(index, is_numbered=is_numbered)))
        self._root.append(element('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
        self._last = 1

    def new(self, first: int | None, depth: int) -> int:
        """The id of a list that begins at ``first``, or has no numbers."""
        if first is None:
            return 1
        self._last += 1
        self._root.append(element(
            f'<w:num w:numId="{self._last}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{depth}">'
            f'<w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'))
        return self._last


def _look(index: int, *, is_numbered: bool) -> str:
    form = "decimal" if is_numbered else "bullet"
    marks = [f"%{depth + 1}." if is_numbered else _BULLETS[depth % 3] for depth in range(DEPTHS)]
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{mark}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_left(depth)}" w:hanging="{_HANGING}"/></w:pPr>'
        "</w:lvl>"
        for depth, mark in enumerate(marks))
    return (f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>{levels}'
            "</w:abstractNum>")


def _left(depth: int) -> int:
    return _INDENT * (depth + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands, besides its style."""

    depth: int = -1
    """In a list; -1 is none."""
    number: int = 0
    """The list whose mark it has; 0 goes on with the item above."""
    starts_page: bool = False


def paragraph(style: str, inside: str, place: Place, *, goes_right: bool) -> str:
    """A paragraph as XML."""
    is_marked = place.depth >= 0 and place.number
    return "".join((
        f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>',
        "<w:pageBreakBefore/>" if place.starts_page else "",
        f'<w:numPr><w:ilvl w:val="{place.depth}"/><w:numId w:val="{place.number}"/></w:numPr>'
        if is_marked else "",
        "" if goes_right else "<w:bidi/>",
        f'<w:ind w:left="{_left(place.depth)}"/>' if place.depth >= 0 and not is_marked else "",
        f"</w:pPr>{inside}</w:p>"))


def run(letters: Run, *, goes_right: bool) -> str:
    """Letters with their looks, as XML."""
    if letters == BREAK:
        return "<w:r><w:br/></w:r>"
    style = "VerbatimChar" if letters.code else "Hyperlink" if letters.link else ""
    looks = "".join((
        f'<w:rStyle w:val="{style}"/>' if style else "", "<w:b/><w:bCs/>" if letters.strong else "",
        "<w:i/><w:iCs/>" if letters.emphasis else "", "<w:strike/>" if letters.strike else "",
        "" if goes_right else "<w:rtl/>"))
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(letters.text)}</w:t></w:r>'


def linked(document: Any, inside: str, address: str) -> str:
    """``inside``, leading to ``address``."""
    key = document.part.relate_to(address, LINK, is_external=True)
    return f'<w:hyperlink r:id="{key}">{inside}</w:hyperlink>'


def fill(document: Any, paragraphs: Sequence[str]) -> None:
    """Put ``paragraphs`` into an empty document, many at a time."""
    body = document.element.body
    end = body[-1]  # what says how the pages are
    for start in range(0, len(paragraphs), _AT_ONCE):
        for made in element(f"<w:body>{''.join(paragraphs[start:start + _AT_ONCE])}</w:body>"):
            end.addprevious(made)
