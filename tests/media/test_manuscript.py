"""Text files as text."""

from __future__ import annotations

import codecs

import pytest

from studio.core.errors import StudioError
from studio.media import manuscript
from studio.media.manuscript import count_words, decode

TEXT = "Eins.\nZwei 夜 🌲 שלום"


@pytest.mark.parametrize("data", [
    TEXT.encode(), codecs.BOM_UTF8 + TEXT.encode(), TEXT.encode("utf-16"),
    codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT.replace("\n", "\r\n").encode(),
    TEXT.replace("\n", "\r").encode()])
def test_what_is_text_is_read(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize(("data", "words"), [
    (b"a\0b", "a.txt is not text"), (b"one\ntwo\n\xe4\xf6\n", "a.txt is not in UTF-8: line 3"),
    ("夜".encode()[:2], "line 1 has a broken letter"), (codecs.BOM_UTF16_LE + b"a", "not in UTF-8")])
def test_what_is_not_is_said(data: bytes, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        decode(data, "a.txt")


def test_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manuscript, "MOST", 10)
    with pytest.raises(StudioError, match="too long"):
        decode(b"x" * 11)


@pytest.mark.parametrize(("text", "words"), [
    ("", 0), ("one two\n three", 3), ("Don't -- stop.", 2), ("夜の森", 3), ("夜の森 and trees", 5),
    ("a夜b", 2), ("。、 …", 0), ("# Title *one*", 2), ("🌲", 0), ("第12章", 3)])
def test_words_are_counted_as_writers_do(text: str, words: int) -> None:
    assert count_words(text) == words
