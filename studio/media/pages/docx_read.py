"""A Word document as Markdown. Nothing in it is run, and nothing outside it is fetched."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from studio.core.errors import StudioError
from studio.media.pages.blocks import (
    BREAK,
    Block,
    Code,
    Heading,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Verse,
    joined,
    plain,
)
from studio.media.pages.docx_lists import Entry, Kinds, nested
from studio.media.pages.typography import printable
from studio.media.pages.writing import markdown

if TYPE_CHECKING:
    from docx.document import Document

_MOST = 256_000_000
"""Bytes that a document may unpack to; a long novel is 5 MB, and pictures in it are not unpacked twice."""
_MOST_PARTS = 20_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SCENE = re.compile(r"(?:\s*[*⁂•·~#]){1,9}\s*|\s*[-–—_](?:\s*[-–—_]){2,}\s*")
_DAMAGE = (KeyError, ValueError, IndexError, TypeError, AttributeError, SyntaxError, OSError, AssertionError,
           NotImplementedError, RecursionError, zipfile.BadZipFile, zlib.error)
"""What reading a damaged one raises; lxml's errors are SyntaxErrors."""
_AROUND = frozenset(f"{_WORD}{name}" for name in (
    "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "hyperlink", "bdo", "dir"))
_SKIPPED = ("toc ", "table of ", "index ", "Origin Statement")


def read_docx(data: bytes, name: str = "This file") -> str:
    """The text of a .docx as Markdown: headings, emphasis, quotes, lists, verse.

    Accepted changes only; pictures, notes, headers and macros are left out. Raises StudioError for what is
    damaged, protected, or unpacks to too much.
    """
    import docx

    _check(data, name)
    try:
        return markdown(_Reader(docx.Document(io.BytesIO(data))).blocks())
    except _DAMAGE as error:
        raise StudioError("{name} is damaged and cannot be read.",
                          "Open it in a word processor and save it again.", name=name,
                          details=repr(error)[:300]) from error


def _check(data: bytes, name: str) -> None:
    """What is declared here binds the unpacking: `zipfile` gives no more than an entry says it has."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise StudioError("{name} is an old Word file, or has a password.",
                          "Save it as .docx without a password.", name=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            parts = found.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise StudioError("{name} is no whole Word document.", "Copy it again.", name=name,
                          details=repr(error)[:300]) from error
    if sum(part.file_size for part in parts) > _MOST or len(parts) > _MOST_PARTS:
        raise StudioError("{name} unpacks to far too much for a text.", "Save it again without its pictures.",
                          name=name)
    if not any(part.filename == "word/document.xml" for part in parts):
        raise StudioError("{name} is no Word document.", "Save it as .docx, Markdown or text.", name=name)


class _Reader:
    """Walks through the body."""

    def __init__(self, document: Document) -> None:
        self._document, self._kinds = document, Kinds(document)
        self._author = document.core_properties.author or ""
        names = [self._kinds.style(element) for element in _paragraphs(document.element.body)]
        self._shift = 1 if "Title" in names else 0
        """Headings stand below the title, if there is one."""

    def blocks(self) -> list[Block]:
        """All of it; list items are gathered into lists, quotes in a row into one."""
        found: list[Block] = []
        entries: list[Entry] = []
        for element in _paragraphs(self._document.element.body):
            depth, first = self._kinds.place(element)
            runs = self._tidy(self._runs(element))
            if depth >= 0 and runs:
                entries.append(Entry(depth, first, _prose(runs), self._kinds.list_of(element)))
                continue
            if entries and self._kinds.style(element) == "List Continue" and runs:
                entries[-1].more.append(_prose(runs))
                continue
            found += nested(entries)
            entries = []
            found += self._block(self._kinds.style(element), runs)
        return _joined([*found, *nested(entries)])

    def _block(self, style: str, runs: Runs) -> list[Block]:
        text = plain(runs)
        if not text.strip() or style.startswith(_SKIPPED):
            return []
        if style == "Title":
            return [Heading(1, _flat(runs))]
        if style.startswith("Heading "):
            return [Heading(min(6, int(style[8:9]) + self._shift), _flat(runs))]
        if style == "Subtitle" and text.strip() == self._author:
            return []
        if style == "Scene Break" or _SCENE.fullmatch(text):
            return [Rule()]
        if style in ("Quote", "Intense Quote", "Block Text"):
            return [Quote((_prose(runs),))]
        if style in ("Source Code", "HTML Preformatted", "Plain Text"):
            return [Code(text)]
        return [_prose(runs)]

    def _runs(self, element: Any) -> Iterator[Run]:
        for child in element:
            if child.tag == f"{_WORD}r":
                yield from self._letters(child)
            elif child.tag in _AROUND:
                address = self._address(child)
                for run in self._runs(child):
                    yield Run(run.text, run.strong, run.emphasis, run.strike, run.code,
                              address) if address and run != BREAK else run

    def _letters(self, element: Any) -> Iterator[Run]:
        look = self._kinds.look(element)
        if look is None:
            return
        for child in element:
            match child.tag.removeprefix(_WORD):
                case "t":
                    yield from _split(child.text or "", look)
                case "tab":
                    yield _with(look, " ")
                case "br" if child.get(f"{_WORD}type") in (None, "textWrapping"):
                    yield BREAK
                case "cr":
                    yield BREAK
                case "noBreakHyphen":
                    yield _with(look, "\u2011")

    def _address(self, element: Any) -> str:
        """Where a link leads, if that is an address; files and programs are not followed."""
        relation = self._document.part.rels.get(element.get(_LINK, ""))
        address = str(relation.target_ref) if relation is not None and relation.is_external else ""
        is_plain = address.lower().startswith(("http://", "https://", "mailto:"))
        return address if is_plain and not re.search(r"[\s()<>]", address) else ""

    @staticmethod
    def _tidy(runs: Iterator[Run]) -> Runs:
        """Joined, without the spaces that word processors leave at the ends of lines."""
        clean = [run if run == BREAK else _with(run, printable(run.text)) for run in runs]
        while clean and not clean[0].text.strip():
            clean.pop(0)
        while clean and not clean[-1].text.strip():
            clean.pop()
        return joined(clean)


def _paragraphs(element: Any) -> Iterator[Any]:
    """All of the text, tables cell by cell; what was deleted is left out."""
    for child in element:
        if child.tag == f"{_WORD}p":
            yield child
        elif child.tag in _AROUND or child.tag in {f"{_WORD}tbl", f"{_WORD}tr", f"{_WORD}tc"}:
            yield from _paragraphs(child)


def _split(text: str, look: Run) -> Iterator[Run]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield _with(look, " ")
        yield _with(look, line)


def _with(look: Run, text: str) -> Run:
    return Run(text, look.strong, look.emphasis, look.strike, look.code, look.link)


def _prose(runs: Runs) -> Paragraph | Verse:
    return Verse(runs) if BREAK in runs else Paragraph(runs)


def _flat(runs: Runs) -> Runs:
    """A heading on one line; that it is bold says nothing."""
    return tuple(Run(" " if run == BREAK else run.text, emphasis=run.emphasis, link=run.link) for run in runs)


def _joined(blocks: list[Block]) -> list[Block]:
    """Quotes that follow each other are one."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(block, Quote) and isinstance(before, Quote):
            found[-1] = Quote(before.blocks + block.blocks)
        else:
            found.append(block)
    return found
