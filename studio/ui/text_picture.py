"""A text as a small sheet of paper, for lists: its first lines, as they would be printed."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextDocument, QTextOption

_PAPER, _INK, _EDGE = "#F9F6F0", "#2B2824", "#D8D2C6"
_SHARE = 0.76
"""Width of the sheet beside its height, as of A5 and most books, a little wider to hold more."""
_LETTERS = 420
"""Characters that fit at the very most."""
_FACES = ("Libertinus Serif", "Iowan Old Style", "Palatino", "Palatino Linotype", "Georgia", "Noto Serif",
          "DejaVu Serif")
_MARKS = re.compile(r"^ {0,3}(?:>\s?)+|[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}\s+(.*)")


def text_picture(text: str, size: int) -> QImage:
    """A sheet ``size`` pixels high; null where there is nothing to show. Any thread."""
    if not text.strip() or size < 8:
        return QImage()
    sheet = QImage(round(size * _SHARE), size, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(sheet.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QColor(_EDGE))
    painter.setBrush(QColor(_PAPER))
    painter.drawRoundedRect(box, size / 36, size / 36)
    margin = size / 11
    _draw(painter, text, box.adjusted(margin, margin, -margin, -margin), size)
    painter.end()
    return sheet


def _draw(painter: QPainter, text: str, box: QRectF, size: int) -> None:
    """The lines that fit; the last one that is cut through is left out."""
    document = QTextDocument()
    font = QFont(list(_FACES))
    font.setPixelSize(max(5, round(size / 13.5)))
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeading))
    document.setTextWidth(box.width())
    document.setHtml(_html(text))
    painter.translate(box.topLeft())
    document.drawContents(painter, QRectF(0, 0, box.width(), _whole_lines(document, box.height())))


def _whole_lines(document: QTextDocument, room: float) -> float:
    block, last = document.begin(), 0.0
    layout = document.documentLayout()
    while block.isValid():
        place = layout.blockBoundingRect(block)
        for number in range(block.layout().lineCount()):
            bottom = place.top() + block.layout().lineAt(number).rect().bottom()
            if bottom > room:
                return last
            last = bottom
        block = block.next()
    return room


def _html(text: str) -> str:
    start = text[:_LETTERS].strip()
    lines = [line.strip() for line in start.split("\n") if line.strip()]
    return f'<div style="color:{_INK}">' + "".join(map(_line, lines)) + "</div>"


def _line(line: str) -> str:
    heading = _HEADING.match(line)
    plain = _MARKS.sub("", heading[1] if heading else line)
    safe = plain.replace("&", "&amp;").replace("<", "&lt;")
    if heading:
        return f'<p style="margin:0 0 3px 0;font-weight:600">{safe}</p>'
    return f'<p style="margin:0 0 2px 0">{safe}</p>'
