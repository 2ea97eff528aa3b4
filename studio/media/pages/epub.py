"""A page as an EPUB 3.3 (W3C Recommendation, 2023), with the contents of EPUB 2 for old readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import escape

from studio.media.pages.blocks import plain
from studio.media.pages.html import attributes, chapter, style
from studio.media.pages.languages import is_rightward, words
from studio.media.pages.page import Page

RECIPE_NAME = "EPUB/atelier-recipe.json"
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_CONTAINER = f"""{_XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_TYPES = {"xhtml": "application/xhtml+xml", "css": "text/css", "ncx": "application/x-dtbncx+xml",
          "json": "application/json"}


def epub(page: Page) -> bytes:
    """The whole file. The same page gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        _put(book, page, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        _put(book, page, "META-INF/container.xml", _CONTAINER)
        for name, text in _files(page):
            _put(book, page, f"EPUB/{name}", text)
    return made.getvalue()


def _put(book: zipfile.ZipFile, page: Page, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, page.created.timetuple()[:6])
    entry.external_attr = 0o644 << 16
    book.writestr(entry, text.encode(), how)


def _files(page: Page) -> Iterator[tuple[str, str]]:
    parts = list(_parts(page))
    yield "package.opf", _package(page, [name for name, _ in parts])
    yield "contents.xhtml", _contents(page)
    yield "contents.ncx", _old_contents(page)
    yield "text.css", style("text.css") + style("epub.css")
    if page.recipe:
        yield "atelier-recipe.json", page.recipe
    yield from parts


def _parts(page: Page) -> Iterator[tuple[str, str]]:
    """What is read, in order."""
    if page.has_title:
        by = f'<p class="author">{_text(page.author)}</p>\n' if page.author else ""
        inside = f"<h1>{_text(page.title)}</h1>\n{by}"
        yield "title.xhtml", _document(page, page.title, _section("titlepage", inside))
    for number, part in enumerate(page.chapters, start=1):
        title = plain(part.title) or page.title
        yield _name(number), _document(page, title, _section("chapter", chapter(part, page)))
    if page.statement:
        inside = f'<p class="statement">{_text(page.statement)}</p>'
        yield "statement.xhtml", _document(page, page.title, _section("colophon", inside))


def _section(kind: str, inside: str) -> str:
    return f'<section class="{kind}" epub:type="{kind}">\n{inside}\n</section>'


def _document(page: Page, title: str, inside: str) -> str:
    names = attributes(page)
    language = names.split(" ")[0]
    return f"""{_XML}<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {names} xml:{language}>
<head>
<title>{_text(title)}</title>
<link rel="stylesheet" type="text/css" href="text.css"/>
</head>
<body>
{inside}
</body>
</html>
"""


def _package(page: Page, parts: list[str]) -> str:
    author = f"<dc:creator>{_text(page.author)}</dc:creator>\n" if page.author else ""
    names = [*parts, "contents.xhtml", "contents.ncx", "text.css",
             *(["atelier-recipe.json"] if page.recipe else [])]
    properties = {"contents.xhtml": ' properties="nav"'}
    manifest = "\n".join(
        f'<item id="{_id(name)}" href="{name}" media-type="{_TYPES[name.rpartition(".")[2]]}"'
        f"{properties.get(name, '')}/>" for name in names)
    spine = "\n".join(f'<itemref idref="{_id(name)}"/>' for name in parts)
    turns = "" if is_rightward(page.language) else ' page-progression-direction="rtl"'
    return f"""{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" {
        'xml:' + attributes(page).split(" ")[0]}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{page.identifier}</dc:identifier>
<dc:title>{_text(page.title)}</dc:title>
<dc:language>{escape(page.language)}</dc:language>
{author}<dc:date>{page.created:%Y-%m-%d}</dc:date>
<meta property="dcterms:modified">{page.created:%Y-%m-%dT%H:%M:%SZ}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
{manifest}
</manifest>
<spine toc="contents-ncx"{turns}>
{spine}
</spine>
</package>
"""


def _contents(page: Page) -> str:
    label = words(page.language)["contents"]
    lines = "\n".join(f'<li><a href="{name}">{_text(title)}</a></li>' for name, title in _places(page))
    return _document(page, label, f'<nav epub:type="toc" role="doc-toc">\n<h1>{label}</h1>\n'
                     f"<ol>\n{lines}\n</ol>\n</nav>")


def _old_contents(page: Page) -> str:
    points = "\n".join(
        f'<navPoint id="p{number}" playOrder="{number}"><navLabel><text>{_text(title)}</text></navLabel>'
        f'<content src="{name}"/></navPoint>' for number, (name, title) in enumerate(_places(page), start=1))
    return f"""{_XML}<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="urn:uuid:{page.identifier}"/></head>
<docTitle><text>{_text(page.title)}</text></docTitle>
<navMap>
{points}
</navMap>
</ncx>
"""


def _places(page: Page) -> list[tuple[str, str]]:
    """Files that a reader may want to go to, with their titles; at least one."""
    first = [("title.xhtml", page.title)] if page.has_title else []
    named = [(_name(number), plain(part.title)) for number, part in enumerate(page.chapters, start=1)
             if part.title]
    return first + named or [(_name(1), page.title)]


def _name(number: int) -> str:
    return f"chapter-{number:03}.xhtml"


def _id(name: str) -> str:
    return name.replace(".", "-")


def _text(text: str) -> str:
    return escape(text, quote=False)
