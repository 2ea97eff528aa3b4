"""The books as tokens, kept in a folder so that they are cut once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.training.books import (
    CHINESE,
    LANGUAGES,
    Book,
    Shelves,
    all_books,
    long_lines,
    of_language,
    shelve,
    without_lines,
)
from studio.training.bpe import END, Tokenizer, count_pieces, learn

Tokens = NDArray[np.uint16]
SHELVES = ("train", "watched", "held_out")
_FORM = 1
"""Raised when books are cut in another way, so that what was kept is made anew."""
_EVERY = {CHINESE: 8}
"""Only every eighth Chinese line teaches the tokenizer: a clause is one piece and hardly ever comes twice, so
counting all of them would take minutes and change little."""


@dataclass(frozen=True)
class Corpus:
    """Tokens of a shelf and a language: each book with the mark between books before it."""

    shelves: Shelves
    tokenizer: Tokenizer
    streams: dict[str, dict[str, Tokens]]


def prepare(text: Path, runs: Path, vocabulary: int) -> Corpus:
    """The corpus of ``text``, from ``runs`` if it was made there before."""
    shelves = shelve(all_books(text))
    folder = runs / f"write-tokens-{_fingerprint(shelves, vocabulary)}"
    if not (folder / "streams.npz").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _make(shelves, folder, vocabulary)
    tokenizer = Tokenizer.load(folder / "tokenizer.json")
    with np.load(folder / "streams.npz") as kept:
        streams = {shelf: {name: kept[f"{shelf}-{name}"] for name in LANGUAGES} for shelf in SHELVES}
    return Corpus(shelves, tokenizer, streams)


def cleaned(shelves: Shelves) -> dict[str, list[tuple[Book, str]]]:
    """Books with their text; training books without the lines that are measured or watched."""
    unseen = [(book, book.text()) for book in (*shelves.watched, *shelves.held_out)]
    lines = long_lines(text for _, text in unseen)
    texts = {"train": [(book, without_lines(book.text(), lines)) for book in shelves.train]}
    return texts | {
        "watched": [pair for pair in unseen if pair[0] in shelves.watched],
        "held_out": [pair for pair in unseen if pair[0] in shelves.held_out],
    }


def text_of(books: Sequence[Book], language: str) -> str:
    """All text of some books in one language."""
    return "".join(book.text() for book in of_language(books, language))


def _make(shelves: Shelves, folder: Path, vocabulary: int) -> None:
    texts = cleaned(shelves)
    tokenizer = learn(_counts(texts["train"]), vocabulary)
    tokenizer.save(folder / "tokenizer.json")
    streams = {
        f"{shelf}-{name}": _stream((text for book, text in texts[shelf] if book.language == name), tokenizer)
        for shelf in SHELVES for name in LANGUAGES
    }
    part = folder / "part.npz"
    np.savez(part, allow_pickle=False, **streams)
    part.replace(folder / "streams.npz")


def _counts(texts: Iterable[tuple[Book, str]]) -> Counter[str]:
    """Pieces that come twice, or are Chinese; a word seen once teaches nothing and takes memory."""
    total: Counter[str] = Counter()
    for name in LANGUAGES:
        every = _EVERY.get(name, 1)
        own = [text.splitlines(keepends=True) for book, text in texts if book.language == name]
        counts = count_pieces("".join(lines[::every]) for lines in own)
        total.update({piece: every * n for piece, n in counts.items() if n > 1 or every > 1})
    return total


def _stream(texts: Iterable[str], tokenizer: Tokenizer) -> Tokens:
    parts = [np.array([END, *tokenizer.encode(text)], np.uint16) for text in texts]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint16)


def _fingerprint(shelves: Shelves, vocabulary: int) -> str:
    names = [(shelf, book.source, book.size) for shelf in SHELVES for book in getattr(shelves, shelf)]
    return hashlib.sha256(repr((_FORM, vocabulary, names)).encode()).hexdigest()[:12]
