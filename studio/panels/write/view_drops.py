"""What the page takes when it is dropped: story cards. Texts and models are the window's business."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.panels.write.view_cards import ENDING
from studio.ui import theme
from studio.ui.reel_model import ASSET_MIME
from studio.ui.widgets import paint

_TEXTS = (".txt", ".md", ".markdown", ".docx")


class PageDrops(QObject):
    """Lights the page up while something hovers that it can use."""

    cards_dropped = Signal(object)
    """Path of a file of story cards."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page, self._light = page, _Light(page)

    def offer(self, mime: QMimeData | None) -> None:
        """A drag is over the window, or has left it."""
        words = self._words(mime) if mime is not None else ""
        self._light.setVisible(bool(words))
        if words:
            self._light.words = words
            self._light.setGeometry(self._page.rect())
            self._light.raise_()

    def enter(self, event: QDragEnterEvent) -> None:
        """Take story cards; leave the rest to the window."""
        if _cards_in(event.mimeData()):
            event.acceptProposedAction()
            self.offer(event.mimeData())
        else:
            event.ignore()

    def drop(self, event: QDropEvent) -> None:
        """Let go."""
        self.offer(None)
        for path in _cards_in(event.mimeData()):
            event.acceptProposedAction()
            self.cards_dropped.emit(path)

    def _words(self, mime: QMimeData) -> str:
        if _cards_in(mime):
            return self.tr("Add these story cards")
        has_text = any(path.suffix.lower() in _TEXTS for path in _paths(mime))
        return self.tr("Put this text into the page") if has_text or mime.hasFormat(ASSET_MIME) else ""


class _Light(QWidget):
    """Only draws."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("write.light")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = ""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect()).adjusted(12, 12, -12, -12)
        with paint.smooth(self) as painter:
            paint.box(painter, rect, paint.faded(tone.room, 0.7), tone.accent, width=2, radius=8, dashed=True)
            painter.setPen(tone.text)
            painter.setFont(theme.ui_font(16, bold=True))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.words)


def _paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _cards_in(mime: QMimeData) -> list[Path]:
    """Files of story cards, if nothing else is among what is dragged."""
    paths = _paths(mime)
    return paths if paths and all(path.suffix.lower() == ENDING for path in paths) else []
