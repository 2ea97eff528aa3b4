"""Whole books are held out, of every kind, and nothing of them is left in the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.training.books import (
    HOLD,
    LARGEST,
    Shelves,
    all_books,
    long_lines,
    of_language,
    shelve,
    sources_table,
    without_lines,
)
from studio.training.corpus import cleaned, prepare
from tests.training.small_library import write_library


@pytest.fixture
def shelves(tmp_path: Path) -> Shelves:
    return shelve(all_books(write_library(tmp_path)))


def test_every_book_is_on_one_shelf(shelves: Shelves, tmp_path: Path) -> None:
    sources = [book.source for part in (shelves.train, shelves.watched, shelves.held_out) for book in part]
    assert len(sources) == len(set(sources)) == len(all_books(tmp_path))
    assert len(of_language(shelves.held_out, "en")) == HOLD["prose"][0]
    assert {book.group for book in shelves.held_out} == set(HOLD)
    assert {book.group for book in shelves.train} == set(HOLD)


def test_the_choice_hangs_on_the_sources_alone(tmp_path: Path) -> None:
    books = all_books(write_library(tmp_path))
    assert shelve(reversed(books)) == shelve(books)


def test_large_books_are_trained_on(shelves: Shelves, tmp_path: Path) -> None:
    measured = shelves.held_out[0]
    books = [replace(b, size=LARGEST["en"] + 1) if b == measured else b for b in all_books(tmp_path)]
    again = shelve(books)
    assert measured.source in {book.source for book in again.train}
    assert len(again.held_out) == len(shelves.held_out)


def test_a_poem_in_two_books_is_not_learned(shelves: Shelves) -> None:
    measured, learned = of_language(shelves.held_out, "zh")[0], of_language(shelves.train, "zh")[0]
    line = max(measured.text().splitlines(), key=len)
    assert without_lines(f"{line}\n月\n", long_lines([line, "月"])) == "月\n"
    texts = dict(cleaned(shelves)["train"])
    assert not long_lines([measured.text()]) & long_lines(texts.values())
    assert long_lines([texts[learned]])


def test_the_table_counts_books_and_bytes(shelves: Shelves) -> None:
    rows = sources_table(shelves.train)
    assert [row["source"] for row in rows] == ["en: Standard Ebooks", "zh: chinese-poetry/chinese-poetry"]
    assert sum(int(str(row["count"])) for row in rows) == len(shelves.train)


def test_the_corpus_is_made_once(tmp_path: Path) -> None:
    library, runs = write_library(tmp_path / "text"), tmp_path / "runs"
    first = prepare(library, runs, 400)
    texts = [pair for pair in cleaned(first.shelves)["held_out"] if pair[0].language == "en"]
    for file in library.rglob("*.xz"):
        file.unlink()
    again = prepare(library, runs, 400)
    assert again.tokenizer.merges == first.tokenizer.merges
    stream = again.streams["held_out"]["en"]
    assert first.tokenizer.decode(stream) == "".join(text for _, text in texts)
    assert (stream == 0).sum() == HOLD["prose"][0]
    assert len(again.streams["train"]["zh"]) > 100
