"""The recipe inside a document that was exported from here."""

from __future__ import annotations

import contextlib
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from studio.media.pages import docx_parts, epub, html, pdf

_MOST = 1 << 22
"""Bytes of a recipe."""
_MOST_HTML = 1 << 26


def read_recipe(path: Path) -> dict[str, Any] | None:
    """What an EPUB, DOCX, PDF or HTML file carries; None if there is nothing, or nothing that can be read."""
    found = None
    with contextlib.suppress(OSError, ValueError, RecursionError, KeyError, NotImplementedError,
                             zipfile.BadZipFile):
        with path.open("rb") as file:
            start = file.read(512)
        if start.startswith(b"PK\x03\x04"):
            found = next(_in_zip(path), None)
        elif start.startswith(b"%PDF-"):
            found = _in_pdf(path)
        elif b"<!doctype html" in start.lower():
            found = _in_html(path)
        data = json.loads(found) if found else None
        return data if isinstance(data, dict) else None
    return None


def _in_zip(path: Path) -> Iterator[bytes]:
    from defusedxml import ElementTree

    with zipfile.ZipFile(path) as book:
        for part in book.infolist():
            if part.file_size > _MOST:
                continue
            if part.filename == epub.RECIPE_NAME:
                yield book.read(part)
            elif re.fullmatch(r"customXml/item\d+\.xml", part.filename):
                with contextlib.suppress(ElementTree.ParseError, ValueError):
                    root = ElementTree.fromstring(book.read(part))
                    if root.tag == f"{{{docx_parts.RECIPE_TYPE}}}recipe":
                        yield (root.text or "").encode()


def _in_pdf(path: Path) -> bytes | None:
    import pypdf
    from pypdf.errors import PyPdfError

    with contextlib.suppress(PyPdfError, AttributeError, TypeError, IndexError):
        found = pypdf.PdfReader(path).attachments.get(pdf.RECIPE_NAME)
        return found[0] if found and len(found[0]) <= _MOST else None
    return None


def _in_html(path: Path) -> bytes | None:
    if path.stat().st_size > _MOST_HTML:
        return None
    place = rf'<script type="application/json" id="{html.RECIPE_ID}">(.*?)</script>'.encode()
    found = re.search(place, path.read_bytes(), re.DOTALL)
    return found[1] if found else None
