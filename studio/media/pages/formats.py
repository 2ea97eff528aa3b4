"""The formats a text can leave in, and what can come in as a text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.errors import StudioError
from studio.media import manuscript
from studio.media.pages.details import Details

Form = Literal["markdown", "text", "docx", "epub", "html", "pdf"]
_OWN_FRONT = re.compile(r"\A---\natelier: \{[^\n]*\}\n---\n\n?")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRANGERS = ((_OLE, "old Word file, or has a password", "Save it as .docx without a password."),
              (b"{\\rtf", "RTF document", "Save it as .docx or text."),
              (b"%PDF", "PDF document", "Save its text as .docx, .md or .txt."))


@dataclass(frozen=True, slots=True)
class Format:
    """One of them."""

    title: str
    media_type: str
    suffixes: tuple[str, ...]
    """With the dot, the usual one first."""


FORMATS: Mapping[Form, Format] = {
    "markdown": Format("Markdown", "text/markdown", (".md", ".markdown")),
    "text": Format("Plain text", "text/plain", (".txt", ".text")),
    "docx": Format("Word (DOCX)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                   (".docx",)),
    "epub": Format("E-book (EPUB)", "application/epub+zip", (".epub",)),
    "html": Format("Web page (HTML)", "text/html", (".html", ".htm")),
    "pdf": Format("PDF", "application/pdf", (".pdf",)),
}


def encode(text: str, form: Form, details: Details, *, paper: str = "a5") -> bytes:
    """Markdown ``text`` as a file of this format.

    ``paper`` is that of a PDF: "a5", "a4" or "letter". Plain text has no place for a recipe. Raises
    StudioError for another paper, or a language that is none.
    """
    match form:
        case "markdown":
            return _as_it_is(text, details)
        case "text":
            return _plain(text, details)
        case "docx":
            from studio.media.pages.docx import docx as write
        case "epub":
            from studio.media.pages.epub import epub as write
        case "html":
            from studio.media.pages.html import html as write
        case "pdf":
            return _pdf(text, details, paper)
    from studio.media.pages.page import page_of

    return write(page_of(text, details))


def read_text(data: bytes, name: str = "This file") -> str:
    """The text in a text file, in Markdown, or in a Word document, which becomes Markdown.

    A recipe above it, as exports from here have it, is no part of the text.

    Raises StudioError for everything else, and says what it is.
    """
    if is_docx(data) or (name.lower().endswith(".docx") and data.startswith(b"PK")):
        from studio.media.pages.docx_read import read_docx

        return read_docx(data, name)
    for start, what, hint in _STRANGERS:
        if data.startswith(start):
            raise StudioError("{name} is not text but a {what}.", hint, name=name, what=what)
    return _OWN_FRONT.sub("", manuscript.decode(data, name), count=1)


def is_docx(data: bytes) -> bool:
    """Whether it is a Word document, whole or not, whatever it is called."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            return "word/document.xml" in found.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return b"word/" in data[:4096]


def _as_it_is(text: str, details: Details) -> bytes:
    closing = f"{text.rstrip()}\n\n***\n\n*{details.statement}*\n" if details.statement else text
    front = f"---\natelier: {details.recipe}\n---\n\n" if details.recipe else ""
    return (front + closing).encode("utf-8", "replace")


def _plain(text: str, details: Details) -> bytes:
    from studio.media.pages.markdown import parse, without_front_matter
    from studio.media.pages.writing import plain_text

    letters = plain_text(parse(without_front_matter(text)))
    closing = f"\n* * *\n\n{details.statement}\n" if details.statement else ""
    return (letters + closing).encode("utf-8", "replace")


def _pdf(text: str, details: Details, paper: str) -> bytes:
    from studio.media.pages.page import page_of
    from studio.media.pages.pdf import PAPERS, pdf

    if paper not in PAPERS:
        raise StudioError("Paper can be {known} here, not {paper}.", known=", ".join(PAPERS), paper=paper)
    return pdf(page_of(text, details), paper=paper)
