"""A text with all that a document of it says: title, author, language, who wrote it, how it was made."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from studio.core.errors import StudioError
from studio.media.pages import languages
from studio.media.pages.blocks import Block, Heading, Runs, headings, plain
from studio.media.pages.details import Details
from studio.media.pages.markdown import parse, without_front_matter
from studio.media.pages.typography import printable

_LONG = 10_000
"""Bytes in UTF-8, some five printed pages: what is longer gets a title page, and each chapter its own."""
_TAG = 35
"""Characters of the longest language tag that every reader must take (RFC 5646, 4.4.1)."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a text: its heading, if it has one, and what stands below."""

    title: Runs
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A text, ready to be set. Headings inside chapters begin at level 3; 1 is the title, 2 the chapters'."""

    title: str
    author: str
    language: str
    statement: str
    recipe: str
    created: datetime
    identifier: str
    """A UUID that follows from the text, its title and author."""
    chapters: tuple[Chapter, ...]
    has_title: bool
    """Whether the title is to be shown: not where it is but the text's first words."""
    is_book: bool
    """Whether it has a title page."""

    @property
    def has_contents(self) -> bool:
        """Whether a list of its chapters is worth its place."""
        return self.is_book and sum(bool(chapter.title) for chapter in self.chapters) > 2


def page_of(text: str, details: Details) -> Page:
    """The page that Markdown ``text`` makes. Raises StudioError for what is no language."""
    text = without_front_matter(text)
    language = _checked(details.language) or languages.guess(text)
    own, blocks = _own_title(parse(text, language=language if details.is_typographic else ""))
    title = own or printable(" ".join(details.title.split())) or "Untitled"
    has_title = bool(own) or not _begins_with(text, details.title)
    return Page(title, printable(details.author.strip()), language, printable(details.statement),
                details.recipe, _when(details.created), _identifier(text, title, details.author),
                _chapters(blocks), has_title, has_title and len(text.encode("utf-8", "replace")) > _LONG)


def _own_title(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """The heading a text begins with, if there is no other so high; and what is below it."""
    found = list(headings(blocks))
    if not found or blocks[0] is not found[0]:
        return "", blocks
    if any(other.level <= found[0].level for other in found[1:]):
        return "", blocks
    return plain(found[0].runs).strip(), blocks[1:]


def _begins_with(text: str, title: str) -> bool:
    """Whether ``title`` says nothing that the first words do not."""
    start = " ".join(text[:1000].replace("#", " ").split())
    return start.startswith(" ".join(title.split()))


def _chapters(blocks: Sequence[Block]) -> tuple[Chapter, ...]:
    top = min((heading.level for heading in headings(blocks)), default=0)
    chapters: list[Chapter] = []
    title: Runs = ()
    below: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == top:
            chapters += [Chapter(title, tuple(below))] if title or below else []
            title, below = block.runs, []
        else:
            below.append(_lowered(block, 2 - top))
    return (*chapters, Chapter(title, tuple(below)))


def _lowered(block: Block, by: int) -> Block:
    return Heading(min(6, block.level + by), block.runs) if isinstance(block, Heading) else block


def _identifier(text: str, title: str, author: str) -> str:
    digest = hashlib.sha256("\0".join((title, author, text)).encode("utf-8", "replace")).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def _when(created: str) -> datetime:
    """In UTC, whole seconds; zip files know nothing before 1980."""
    try:
        found = datetime.fromisoformat(created)
    except ValueError:
        found = datetime.now(UTC)
    found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    return max(found, datetime(1980, 1, 1, tzinfo=UTC))


def _checked(language: str) -> str:
    tag = language.strip().replace("_", "-")
    parts = tag.split("-")
    is_plain = tag.isascii() and len(tag) <= _TAG and all(part.isalnum() and len(part) <= 8 for part in parts)
    if tag and not (is_plain and parts[0].isalpha() and 2 <= len(parts[0]) <= 3):
        raise StudioError("{language} is no language.", "Write it as en, zh or pt-BR.", language=language)
    return tag
