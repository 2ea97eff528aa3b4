"""Books for training and measuring: which there are, which are held out, and their text.

`data/text/en/index.csv` and `data/text/zh/index.csv` name one xz-compressed UTF-8 file a line. Whole files
are held out. Among those small enough (a large one would cost too much of the training text) the files whose
SHA-256 of their source comes first are measured at the end, the next ones are watched while training. Chinese
is of three kinds that differ like languages, so each kind gives some.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (ENGLISH, CHINESE)
LARGEST = {ENGLISH: 700_000, CHINESE: 450_000}
"""Bytes of the largest book that may be held out."""
_SHORTEST_SHARED = 24
"""Bytes of the shortest line that counts as a doublet: eight Chinese characters, half an English line."""


@dataclass(frozen=True)
class Book:
    """One file. ``group`` is what is held out by; ``size`` is in bytes of UTF-8."""

    file: Path
    language: str
    title: str
    author: str
    group: str
    source: str
    licence: str
    size: int

    def text(self) -> str:
        """The whole book."""
        with lzma.open(self.file, "rt", encoding="utf-8") as lines:
            return lines.read().strip() + "\n"


@dataclass(frozen=True)
class Shelves:
    """Books to train on, to watch while training, and to measure at the end; no book is on two of them."""

    train: tuple[Book, ...]
    watched: tuple[Book, ...]
    held_out: tuple[Book, ...]


HOLD = {"prose": (6, 2), "poetry": (2, 1), "classics": (2, 1), "novels": (1, 1)}
"""Books of a group that are measured, and that are watched."""


def all_books(text: Path) -> list[Book]:
    """Every book below ``text``, by language and file name."""
    return [*_english(text / ENGLISH), *_chinese(text / CHINESE)]


def shelve(books: Iterable[Book]) -> Shelves:
    """Split the books; see the module."""
    shelves: dict[str, list[Book]] = {"train": [], "watched": [], "held_out": []}
    taken: Counter[str] = Counter()
    for book in sorted(books, key=_digest):
        small = book.size <= LARGEST[book.language]
        measured, seen = HOLD[book.group] if small else (0, 0)
        place = taken[book.group]
        taken[book.group] += small
        name = "held_out" if place < measured else "watched" if place < measured + seen else "train"
        shelves[name].append(book)
    return Shelves(**{name: tuple(sorted(part, key=lambda b: b.file)) for name, part in shelves.items()})


def of_language(books: Iterable[Book], language: str) -> list[Book]:
    """Those in one language."""
    return [book for book in books if book.language == language]


def long_lines(texts: Iterable[str]) -> set[str]:
    """Lines long enough to be a quotation rather than a chance."""
    return {line for text in texts for line in text.splitlines() if len(line.encode()) >= _SHORTEST_SHARED}


def without_lines(text: str, lines: set[str]) -> str:
    """The text without ``lines``: a poem that is in two anthologies must not be learned from one of them
    and measured in the other."""
    return "\n".join(line for line in text.split("\n") if line not in lines)


def sources_table(books: Sequence[Book]) -> list[dict[str, object]]:
    """For the card: how many books and megabytes of each source and licence."""
    sizes: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for book in books:
        sizes[book.language, _collection(book), book.licence].append(book.size)
    return [
        {"source": f"{language}: {collection}", "licence": licence, "count": len(found),
         "megabytes": round(sum(found) / 1e6, 1)}
        for (language, collection, licence), found in sorted(sizes.items())
    ]


def _english(folder: Path) -> list[Book]:
    licence = "public domain in the United States; transcription CC0 1.0"
    return [
        Book(folder / line["file"], ENGLISH, line["title"], line["author"], "prose", line["source_repo"],
             licence, int(line["bytes"]))
        for line in _index(folder)
    ]


def _chinese(folder: Path) -> list[Book]:
    return [
        Book(folder / line["file"], CHINESE, line["title"], line["author"], _group(line["kind"]),
             f"{line['source_repo']}/{line['file']}", _LICENCES.get(line["source_repo"], "public domain"),
             int(line["bytes"]))
        for line in _index(folder)
    ]


_LICENCES = {
    "chinese-poetry/chinese-poetry": "public domain; collection MIT (c) 2016 JackeyGao",
    "bigeagle/picoGPT": "public domain; file MIT (c) 2022 Justin Wong",
}


def _group(kind: str) -> str:
    return {"poetry": "poetry", "vernacular novel": "novels"}.get(kind, "classics")


def _collection(book: Book) -> str:
    """Owner and name of the repository; Standard Ebooks has one for each book."""
    owner, name = book.source.split("/")[:2]
    return "Standard Ebooks" if owner == "standardebooks" else f"{owner}/{name}"


def _index(folder: Path) -> list[dict[str, str]]:
    with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _digest(book: Book) -> str:
    return hashlib.sha256(book.source.encode()).hexdigest()
