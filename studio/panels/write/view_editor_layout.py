"""Lays the page out, paragraph by paragraph, only where it is looked at.

Qt's own layout moves every paragraph below a change, which a novel feels at every keystroke. Here a height is
known or estimated for each, and one is laid out when it is needed: a change costs its own paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from studio.panels.write.markdown_line import Line, parse
from studio.panels.write.view_editor_look import HEADINGS, Look

MARGIN = 24.0
"""Least free pixels beside the text."""
_TOP = 48.0
_INDENT = 22.0
_AT_ONCE = 24
"""So many changed paragraphs are laid out at once; more have their height estimated first."""
Known = np.ndarray[tuple[int], np.dtype[np.bool_]]
Heights = np.ndarray[tuple[int], np.dtype[np.float64]]


class Ink(Protocol):
    """Draws what a `PageLayout` has laid out."""

    def draw(self, layout: PageLayout, painter: QPainter,
             context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Draw the paragraphs in the clip of ``context``."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the lines of a paragraph go, in pixels."""

    first: float
    """Left edge of the first line."""
    left: float
    right: float
    above: float
    """Free pixels, a whole number as all heights are, so that nothing creeps."""
    below: float
    pitch: float


class PageLayout(QAbstractTextDocumentLayout):
    """One column of text in the middle. `prepare` has to be called for what will be seen."""

    shifted = Signal(float, float)
    """What stood below this height has moved down by so many pixels."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self.look = look
        self._bottom = 120.0
        self.ink: Ink | None = None
        self._heights: Heights = np.zeros(1)
        self._is_known: Known = np.zeros(1, bool)
        self._tops: Heights | None = None
        self._last_width = -1.0
        self._is_changing = self._is_marking = False

    # ---- what Qt asks

    def documentChanged(self, at: int, removed: int, added: int) -> None:  # noqa: N802
        if self._is_marking:
            return
        document = self.document()
        first = max(document.findBlock(at).blockNumber(), 0)
        end = document.findBlock(at + added)
        last = end.blockNumber() if end.isValid() else document.blockCount() - 1
        before, edge = self.documentSize(), self._bottom_of(last + len(self._heights) - document.blockCount())
        self._is_changing = True
        self._renew(first, last, document.blockCount())
        if last - first < _AT_ONCE:
            for number in range(first, last + 1):
                self._lay(document.findBlockByNumber(number))
        self._is_changing = False
        if grown := self.documentSize().height() - before.height():
            self.shifted.emit(edge, grown)
        self._tell(first, last, before)

    def documentSize(self) -> QSizeF:  # noqa: N802
        return QSizeF(max(self.document().textWidth(), 0.0), float(self.tops()[-1]) + self._bottom)

    def pageCount(self) -> int:  # noqa: N802
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: N802
        return QRectF(QPointF(0.0, 0.0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802
        if not block.isValid():
            return QRectF()
        self._ensure(block)
        number = block.blockNumber()
        return QRectF(0.0, float(self.tops()[number]), self.document().textWidth(),
                      float(self._heights[number]))

    def hitTest(self, point: QPointF,  # type: ignore[override]  # noqa: N802 - Qt gives no other kind
                accuracy: Qt.HitTestAccuracy) -> int:
        block = self.document().findBlockByNumber(self.number_at(point.y()))
        rect = self.blockBoundingRect(block)
        inside = point.y() - rect.top()
        line = _line_at(block.layout(), inside)
        is_exact = accuracy == Qt.HitTestAccuracy.ExactHit
        if not line.isValid():
            return -1 if is_exact else block.position()
        if is_exact and not line.naturalTextRect().adjusted(0, -4, 0, 4).contains(point.x(), inside):
            return -1
        return block.position() + line.xToCursor(point.x())

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        if self.ink is not None:
            self.ink.draw(self, painter, context)

    # ---- what the page asks

    def tops(self) -> Heights:
        """Where each paragraph begins, and at the end where the last one ends: (paragraphs + 1,) pixels."""
        if self._tops is None:
            self._tops = np.empty(len(self._heights) + 1)
            self._tops[0] = _TOP
            np.cumsum(self._heights, out=self._tops[1:])
            self._tops[1:] += _TOP
        return self._tops

    def number_at(self, y: float) -> int:
        """The paragraph at ``y``, or the nearest."""
        number = int(np.searchsorted(self.tops(), y, side="right")) - 1
        return max(0, min(number, len(self._heights) - 1))

    def blocks(self, top: float, bottom: float) -> Iterator[tuple[QTextBlock, float]]:
        """Paragraphs between two heights, each with where it begins."""
        number = self.number_at(top)
        block = self.document().findBlockByNumber(number)
        while block.isValid() and self.tops()[block.blockNumber()] < bottom:
            yield block, float(self.tops()[block.blockNumber()])
            block = block.next()

    def prepare(self, top: float, bottom: float) -> None:
        """Lay out what stands between two heights."""
        before = self.documentSize()
        for block, _ in self.blocks(top, bottom):
            self._ensure(block)
        if self.documentSize() != before:
            self.documentSizeChanged.emit(self.documentSize())

    def prepare_some(self, start: int, count: int) -> int:
        """Measure up to ``count`` paragraphs from number ``start`` on; where to go on, or -1."""
        waiting = np.flatnonzero(~self._is_known)
        if not len(waiting):
            return -1
        before = self.documentSize()
        chosen = waiting[waiting >= start][:count]
        if not len(chosen):
            chosen = waiting[:count]
        for number in chosen:
            self._ensure(self.document().findBlockByNumber(int(number)))
        if self.documentSize() != before:
            self.documentSizeChanged.emit(self.documentSize())
        return int(chosen[-1]) + 1

    @property
    def is_all_known(self) -> bool:
        """Whether every paragraph is measured, rather than estimated."""
        return bool(self._is_known.all())

    def set_bottom(self, pixels: float) -> None:
        """Leave so much free below the text."""
        if pixels != self._bottom:
            self._bottom = pixels
            self.documentSizeChanged.emit(self.documentSize())

    def renew(self) -> None:
        """Lay everything out anew: fonts, colours or the free space have changed."""
        self._last_width = -1.0
        self.documentChanged(0, 0, self.document().characterCount())

    @property
    def column(self) -> tuple[float, float]:
        """Left and right edge of the text."""
        width = max(self.document().textWidth(), 160.0)
        text = min(self.look.measure, width - 2 * MARGIN)
        left = round((width - text) / 2)
        return left, left + text

    def shape(self, line: Line, text: str, is_first: bool) -> Shape:
        """Where a paragraph's lines go."""
        left, right = self.column
        pitch = self.look.pitch
        if line.kind == "blank":
            return Shape(left, left, right, 0.0, 0.0, round(pitch * 0.55))
        if line.kind == "heading":
            size = HEADINGS[line.level]
            hang = min(self._advance(text[:line.prefix], line.level), left - 4)
            above = 0.0 if is_first else round(pitch * 0.7)
            return Shape(left - hang, left, right, above, round(pitch * 0.35),
                         round(pitch * (1 + (size - 1) * 0.8)))
        if line.kind in ("quote", "list"):
            width = self._advance(text[:line.prefix], 0)
            inner = left + max(width, _INDENT)
            return Shape(inner - width, inner, right, 0.0, round(pitch * 0.15), pitch)
        return Shape(left, left, right, 0.0, round(pitch * 0.2), pitch)

    # ---- inside

    def _renew(self, first: int, last: int, count: int) -> None:
        """Forget the heights of paragraphs ``first`` to ``last`` of now ``count``."""
        old_last = last - (count - len(self._heights))
        if old_last < first - 1 or first > len(self._heights):
            first, last, old_last = 0, count - 1, len(self._heights) - 1
        guesses = self._guesses(first, last)
        self._heights = np.concatenate([self._heights[:first], guesses, self._heights[old_last + 1:]])
        known = np.zeros(len(guesses), bool)
        self._is_known = np.concatenate([self._is_known[:first], known, self._is_known[old_last + 1:]])
        self._tops = None

    def _bottom_of(self, number: int) -> float:
        return float(self.tops()[max(0, min(number + 1, len(self._heights)))])

    def _guesses(self, first: int, last: int) -> Heights:
        block = self.document().findBlockByNumber(first)
        lengths = np.empty(max(last - first + 1, 0))
        for index in range(len(lengths)):
            lengths[index] = block.length()
            block = block.next()
        left, right = self.column
        letters = max((right - left) / (self.look.measure / 66), 8.0)
        lines = np.ceil(lengths / letters)
        found = np.where(lengths <= 1, self.look.pitch * 0.55, (lines + 0.2) * self.look.pitch)
        return np.rint(found, out=lengths)

    def _ensure(self, block: QTextBlock) -> None:
        if not self._is_known[block.blockNumber()] or not block.layout().lineCount():
            self._lay(block)

    def _lay(self, block: QTextBlock) -> None:
        layout, text, number = block.layout(), block.text(), block.blockNumber()
        line = parse(text)
        self._mark(block, self._formats(line, layout, block.length() - 1))
        layout.setTextOption(_option(block, line))
        height = _place_lines(layout, self.shape(line, text, number == 0))
        self._is_known[number] = True
        if grown := height - float(self._heights[number]):
            self._heights[number] = height
            if self._tops is not None:
                self._tops[number + 1:] += grown
            if not self._is_changing:
                self.shifted.emit(float(self.tops()[number]), grown)

    def _mark(self, block: QTextBlock, formats: list[QTextLayout.FormatRange]) -> None:
        """To set formats counts as a change of the document, which is not to be told with the next edit."""
        if not formats and not block.layout().formats():
            return
        block.layout().setFormats(formats)
        self._is_marking = True
        self.document().markContentsDirty(block.position(), block.length())
        self._is_marking = False

    def _formats(self, line: Line, layout: QTextLayout, length: int) -> list[QTextLayout.FormatRange]:
        found = [_range(0, length, self.look.heading(line.level))] if line.kind == "heading" else []
        found += [_range(span.start, span.length, self.look.format_of(span.style)) for span in line.spans]
        typed = layout.preeditAreaText()
        if typed:
            at, more = layout.preeditAreaPosition(), len(typed)
            for item in found:
                if item.start >= at:
                    item.start += more
                elif item.start + item.length > at:
                    item.length += more
            underlined = QTextCharFormat()
            underlined.setFontUnderline(True)
            found.append(_range(at, more, underlined))
        return found

    def _advance(self, text: str, level: int) -> float:
        font = self.look.font
        if level:
            font = type(font)(font)
            font.setPixelSize(round(font.pixelSize() * HEADINGS[level]))
            font.setWeight(font.Weight.DemiBold)
        return QFontMetricsF(font).horizontalAdvance(text)

    def _tell(self, first: int, last: int, before: QSizeF) -> None:
        size = self.documentSize()
        if size != before or self._last_width != size.width():
            self._last_width = size.width()
            self.documentSizeChanged.emit(size)
            self._redraw(QRectF(0.0, float(self.tops()[first]), size.width(), size.height()))
        else:
            top, bottom = float(self.tops()[first]), float(self.tops()[min(last + 1, len(self.tops()) - 1)])
            self._redraw(QRectF(0.0, top - 4, size.width(), bottom - top + 8))

    def _redraw(self, rect: QRectF) -> None:
        self.update[QRectF].emit(rect)  # type: ignore[index]


def _place_lines(layout: QTextLayout, shape: Shape) -> float:
    """Break the lines; the paragraph's height."""
    y, x = shape.above, shape.first
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(shape.right - x, 40.0))
        pitch = max(shape.pitch, ceil(line.height()))
        line.setPosition(QPointF(x, y + (pitch - line.height()) / 2))
        y += pitch
        x = shape.left
    layout.endLayout()
    return y + shape.below


def _line_at(layout: QTextLayout, y: float) -> QTextLine:
    count = layout.lineCount()
    for index in range(count):
        line = layout.lineAt(index)
        middle_gap = layout.lineAt(index + 1).y() if index + 1 < count else line.y() + line.height()
        if y < (line.y() + line.height() + middle_gap) / 2 or index + 1 == count:
            return line
    return layout.lineAt(-1)


def _option(block: QTextBlock, line: Line) -> QTextOption:
    is_right = block.textDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter if line.kind == "rule" else side)
    option.setTextDirection(block.textDirection())
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, form
    return found
