"""What is known of a page, paragraph by paragraph: its words and its headings.

Counted a little later and a little at a time, never between a key and its letter.
"""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QTextDocument

from studio.media.manuscript import count_words
from studio.panels.write.markdown_line import parse

_SOON_MS = 250
_SLICE = 0.004
"""Seconds of counting before others get their turn."""
Index = QModelIndex | QPersistentModelIndex


class PageFacts(QObject):
    """Words of the page, and its outline."""

    counted = Signal(int)
    """Words of the page, when their number has changed and all are counted."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._words: list[int | None] = [None]
        self._headings: list[tuple[int, str] | None] = [None]
        self._told = -1
        self.outline = Outline(document)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._count)
        document.contentsChange.connect(self._on_change)

    @property
    def words(self) -> int:
        """Words counted so far."""
        return sum(count or 0 for count in self._words)

    def words_between(self, start: int, end: int) -> int:
        """Words from ``start`` up to ``end``; whole paragraphs are not counted again."""
        block, total = self._document.findBlock(start), 0
        while block.isValid() and block.position() < end:
            first, last = start - block.position(), end - block.position()
            known = self._words[block.blockNumber()] if block.blockNumber() < len(self._words) else None
            if first <= 0 and last >= block.length() - 1 and known is not None:
                total += known
            else:
                data = block.text().encode("utf-16-le", "surrogatepass")[max(first, 0) * 2:max(last, 0) * 2]
                total += count_words(data.decode("utf-16-le", "replace"))
            block = block.next()
        return total

    def _on_change(self, at: int, removed: int, added: int) -> None:
        document = self._document
        first = max(document.findBlock(at).blockNumber(), 0)
        end = document.findBlock(at + added)
        last = end.blockNumber() if end.isValid() else document.blockCount() - 1
        old_last = last - (document.blockCount() - len(self._words))
        fresh: list[None] = [None] * (last - first + 1)
        self._words[first:old_last + 1] = fresh
        kept = self._headings[first:old_last + 1]
        self._headings[first:old_last + 1] = kept if len(kept) == len(fresh) else fresh
        if len(self._words) != document.blockCount():
            self._words = [None] * document.blockCount()
            self._headings = [None] * document.blockCount()
        if not self._soon.isActive():
            self._soon.start(_SOON_MS)

    def _count(self) -> None:
        ends = time.monotonic() + _SLICE
        for number, known in enumerate(self._words):
            if known is None:
                text = self._document.findBlockByNumber(number).text()
                self._words[number] = count_words(text)
                line = parse(text) if text.startswith("#") else None
                self._headings[number] = (line.level, text[line.prefix:].strip()) \
                    if line is not None and line.kind == "heading" else None
                if time.monotonic() > ends:
                    self._soon.start(0)
                    return
        self.outline.show([(number, *heading) for number, heading in enumerate(self._headings) if heading])
        if self.words != self._told:
            self._told = self.words
            self.counted.emit(self._told)


class Outline(QAbstractListModel):
    """The headings of a page: their text, with LEVEL and PLACE as further roles."""

    LEVEL = Qt.ItemDataRole.UserRole
    """1 to 6."""
    PLACE = Qt.ItemDataRole.UserRole + 1
    """Where it begins, in UTF-16 units."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._rows: list[tuple[int, int, str]] = []

    def show(self, rows: list[tuple[int, int, str]]) -> None:
        """Have (paragraph, level, text) as rows."""
        if [row[1:] for row in rows] == [row[1:] for row in self._rows]:
            self._rows = rows  # only paragraphs moved
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, place: int) -> int:
        """The heading that ``place`` stands under; -1 before the first."""
        number = self._document.findBlock(place).blockNumber()
        return sum(1 for row in self._rows if row[0] <= number) - 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        number, level, text = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == self.LEVEL:
            return level
        return self._document.findBlockByNumber(number).position() if role == self.PLACE else None
