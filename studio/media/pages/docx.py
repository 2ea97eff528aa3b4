"""A page as a Word document: real styles throughout, so that the person can restyle all of it at once."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from studio.media.pages import docx_parts
from studio.media.pages.blocks import (
    BREAK,
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Verse,
    plain,
)
from studio.media.pages.docx_parts import Place
from studio.media.pages.languages import is_rightward
from studio.media.pages.page import Page
from studio.media.pages.typography import is_rightward as reads_rightward

if TYPE_CHECKING:
    from datetime import datetime

SCENE = "*\u2003*\u2003*"


def docx(page: Page) -> bytes:
    """The whole file. The same page gives the same bytes."""
    from docx import Document

    document = Document()
    docx_parts.set_styles(document, files("studio.media.pages").joinpath("looks", "docx.xml").read_bytes(),
                          page.language)
    docx_parts.set_paper(document)
    docx_parts.strip(document)
    _describe(document, page)
    _Writer(document, page).write()
    if page.recipe:
        docx_parts.attach(document, page.recipe)
    made = io.BytesIO()
    document.save(made)
    return _settled(made.getvalue(), page.created)


def _describe(document: Any, page: Page) -> None:
    core = document.core_properties
    core.title, core.author, core.language = page.title[:255], page.author[:255], page.language
    core.last_modified_by, core.comments, core.keywords = page.author[:255], "", ""
    core.created = core.modified = page.created.replace(tzinfo=None)
    core.revision = 1


def _settled(data: bytes, when: datetime) -> bytes:
    """The same parts, all of one date."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, when.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Writer:
    """Gathers paragraphs, one below the other, as XML: put in one by one they would take minutes."""

    def __init__(self, document: Any, page: Page) -> None:
        self._document, self._page = document, page
        self._numbers = docx_parts.Numbers(document)
        self._found: list[str] = []
        self._is_first = True
        """Whether the next paragraph follows a heading or a gap, and so has no indent."""

    def write(self) -> None:
        """All of it."""
        page = self._page
        if page.has_title:
            self._add("Title", (Run(page.title),))
            if page.author:
                self._add("Subtitle", (Run(page.author),))
        for number, chapter in enumerate(page.chapters):
            self._heading(1, chapter.title, starts_page=page.is_book and number > 0)
            for block in chapter.blocks:
                self._block(block)
        if page.statement:
            self._add("Origin Statement", (Run(page.statement),))
        docx_parts.fill(self._document, self._found)

    def _heading(self, level: int, runs: Runs, *, starts_page: bool = False) -> None:
        if runs:
            self._add(f"Heading {level}", runs, Place(starts_page=starts_page))
        self._is_first = True

    def _block(self, block: Block) -> None:
        match block:
            case Heading(level, runs):
                self._heading(level - 1, runs)
            case Paragraph(runs):
                chinese = self._page.language.startswith(("zh", "ja"))
                self._add("First Paragraph" if self._is_first and not chinese else "Body Text", runs)
                self._is_first = False
            case Verse(runs):
                self._add("Verse", runs)
                self._is_first = True
            case _:
                self._rarer(block)
                self._is_first = True

    def _rarer(self, block: Block) -> None:
        match block:
            case Quote(blocks):
                self._quote(blocks)
            case Items():
                self._items(block, 0)
            case Code(text):
                lines = [part for line in text.split("\n") for part in (Run(line), BREAK)]
                self._add("Source Code", tuple(lines[:-1]))
            case Rule():
                self._add("Scene Break", (Run(SCENE),))

    def _quote(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph | Verse):
                self._add("Quote", block.runs)
            elif isinstance(block, Quote):
                self._quote(block.blocks)
            else:
                self._block(block)

    def _items(self, items: Items, depth: int) -> None:
        style = "List Bullet" if items.first is None else "List Number"
        number = self._numbers.new(items.first, depth)
        for blocks in items.items:
            is_marked = False
            for block in blocks:
                if isinstance(block, Items):
                    self._items(block, min(depth + 1, docx_parts.DEPTHS - 1))
                elif isinstance(block, Paragraph | Verse):
                    place = Place(depth, 0 if is_marked else number)
                    self._add("List Continue" if is_marked else style, block.runs, place)
                    is_marked = True
                else:
                    self._block(block)

    def _add(self, style: str, runs: Runs, place: Place = Place()) -> None:  # noqa: B008 - it is a value
        text = plain(runs)
        goes_right = reads_rightward(text) if text.strip() else is_rightward(self._page.language)
        inside = "".join(self._run(run, goes_right=goes_right) for run in runs)
        self._found.append(docx_parts.paragraph(style, inside, place, goes_right=goes_right))

    def _run(self, run: Run, *, goes_right: bool) -> str:
        made = docx_parts.run(run, goes_right=goes_right)
        return docx_parts.linked(self._document, made, run.link) if run.link else made
