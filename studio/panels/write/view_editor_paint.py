"""Draws the page: text, caret, what is selected or found, whose the words are, and what is out of focus."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPen,
    QTextBlock,
    QTextLayout,
)

from studio.core.manuscript import ORIGINS
from studio.panels.write.view_editor_layout import PageLayout
from studio.panels.write.view_editor_look import Look
from studio.panels.write.view_editor_text import ORIGIN

_DIM = 0.34
"""Opacity of what is out of focus."""
_WASH = 0.16
"""Opacity of the colour behind a word that the model wrote."""
_CARET = 2.0
Range = tuple[int, int]


class PagePainter:
    """Draws what a `PageLayout` has laid out."""

    def __init__(self) -> None:
        self.shows_origins = False
        self.focus: Range | None = None
        """What is in focus, from where to where; None is all of it."""
        self.found: Sequence[Range] = ()
        """What a search found, in order."""

    def draw(self, layout: PageLayout, painter: QPainter,
             context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Draw the paragraphs in the clip of ``context``."""
        clip = context.clip
        selected = [(item.cursor.selectionStart(), item.cursor.selectionEnd())
                    for item in context.selections]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, top in layout.blocks(clip.top(), clip.bottom()):
            self._draw_block(layout.look, painter, block, top, selected)
            self._draw_caret(layout.look, painter, block, top, context.cursorPosition)
        painter.restore()

    def _draw_block(self, look: Look, painter: QPainter, block: QTextBlock, top: float,
                    selected: Sequence[Range]) -> None:
        start, end = block.position(), block.position() + block.length()
        painter.setOpacity(1.0 if self._is_in_focus(start, end) else _DIM)
        lines = block.layout()
        for begin, stop in self._found_in(start, end):
            _fill(painter, lines, (begin - start, stop - start), top, look.found)
        for begin, stop in selected:
            if begin < end and stop > start:
                _fill(painter, lines, (begin - start, stop - start), top, look.selected, is_full=True)
        if self.shows_origins:
            _draw_origins(look, painter, block, top)
        painter.setPen(look.text)
        lines.draw(painter, QPointF(0.0, top))

    def _draw_caret(self, look: Look, painter: QPainter, block: QTextBlock, top: float, at: int) -> None:
        lines = block.layout()
        if at < -1 and lines.preeditAreaText():
            at = lines.preeditAreaPosition() - (at + 2)
        elif block.position() <= at < block.position() + block.length():
            at -= block.position()
        else:
            return
        painter.setOpacity(1.0)
        line = lines.lineForTextPosition(at)
        if line.isValid():
            x = line.cursorToX(at)[0]  # type: ignore[index]
            painter.fillRect(QRectF(x - _CARET / 2, top + line.y(), _CARET, line.height()), look.caret)

    def _is_in_focus(self, start: int, end: int) -> bool:
        return self.focus is None or (self.focus[0] < end and self.focus[1] >= start)

    def _found_in(self, start: int, end: int) -> Iterator[Range]:
        index = bisect_left(self.found, (start, 0))
        for item in self.found[max(index - 1, 0):]:
            if item[0] >= end:
                return
            if item[1] > start:
                yield item


def _draw_origins(look: Look, painter: QPainter, block: QTextBlock, top: float) -> None:
    lines = block.layout()
    for start, end, origin in _origins(block):
        colour = look.model if ORIGINS[origin] == "model" else look.edited
        wash = QColor(colour)
        wash.setAlphaF(_WASH)
        pen = QPen(colour, 1.4)
        if ORIGINS[origin] == "edited":
            pen.setStyle(Qt.PenStyle.DotLine)
        for rect, baseline in _rects(lines, (start, end), top, is_full=False):
            painter.fillRect(rect, wash)
            painter.setPen(pen)
            painter.drawLine(QPointF(rect.left(), baseline + 3.5), QPointF(rect.right(), baseline + 3.5))


def _origins(block: QTextBlock) -> Iterator[tuple[int, int, int]]:
    """(start, end, origin) of the model's text in a paragraph, neighbours together."""
    base, found = block.position(), [0, 0, 0]
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        origin = fragment.charFormat().intProperty(ORIGIN)
        start = fragment.position() - base
        end = start + fragment.length()
        if origin == found[2] and start == found[1]:
            found[1] = end
        else:
            if found[2]:
                yield found[0], found[1], found[2]
            found = [start, end, origin]
        part += 1
    if found[2]:
        yield found[0], found[1], found[2]


def _fill(painter: QPainter, lines: QTextLayout, where: Range, top: float, colour: QColor, *,
          is_full: bool = False) -> None:
    for rect, _ in _rects(lines, where, top, is_full=is_full):
        painter.fillRect(rect, colour)


def _rects(lines: QTextLayout, where: Range, top: float, *, is_full: bool) -> Iterator[tuple[QRectF, float]]:
    """Where characters stand, line by line, and their baseline; ``is_full`` leaves no gap between lines."""
    for index in range(lines.lineCount()):
        line = lines.lineAt(index)
        first, last = line.textStart(), line.textStart() + line.textLength()
        if last < where[0] or first >= where[1]:
            continue
        one = line.cursorToX(max(where[0], first))[0]  # type: ignore[index]
        other = line.cursorToX(min(where[1], last))[0]  # type: ignore[index]
        left, right = min(one, other), max(one, other)
        goes_on = where[1] > last
        y, height = line.y(), line.height()
        if is_full:
            after = lines.lineAt(index + 1).y() - y if index + 1 < lines.lineCount() else height * 1.2
            right, height = right + (5.0 if goes_on else 0.0), max(after, height)
            y -= (height - line.height()) / 2
        if right > left:
            yield QRectF(left, top + y, right - left, height), top + line.y() + line.ascent()
