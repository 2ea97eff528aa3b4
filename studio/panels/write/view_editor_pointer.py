"""The pointer over the page: which word of the model it rests on, and which was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QTextCursor

if TYPE_CHECKING:
    from studio.panels.write.view_editor import Editor

_REST_MS = 300
_STILL = 4
"""Pixels that a click may move."""
NONE = (0, -1)


class Pointer(QObject):
    """Watches the viewport of an editor and has it tell."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._at, self._pressed_at = QPointF(), QPointF()
        self.is_pressed = False
        self._word = NONE
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look)
        editor.viewport().setMouseTracking(True)
        editor.viewport().installEventFilter(self)
        editor.verticalScrollBar().valueChanged.connect(lambda _: self._leave())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = event.type()
        if isinstance(event, QMouseEvent):
            self._on_mouse(event)
        elif kind in (QEvent.Type.Leave, QEvent.Type.KeyPress, QEvent.Type.Hide):
            self._leave()
        return super().eventFilter(watched, event)

    def word_at(self, at: QPointF) -> tuple[int, int, int]:
        """Option, token and place of the model's word at ``at`` of the viewport; option 0 if none."""
        scroll = self._editor.verticalScrollBar().value()
        document = self._editor.document()
        place = document.documentLayout().hitTest(at + QPointF(0, scroll), Qt.HitTestAccuracy.ExactHit)
        if place < 0:
            return *NONE, -1
        for start in (place, place - 1):  # the nearest gap between letters may be on either side
            pieces = self._editor.pieces(max(start, 0), start + 1)
            if pieces and pieces[0].origin != "yours" and pieces[0].token >= 0 and self._is_over(start, at):
                return pieces[0].option, pieces[0].token, start
        return *NONE, -1

    def _is_over(self, place: int, at: QPointF) -> bool:
        first, last = QTextCursor(self._editor.document()), QTextCursor(self._editor.document())
        first.setPosition(max(place, 0))
        last.setPosition(min(place + 1, self._editor.length))
        one, other = self._editor.cursorRect(first), self._editor.cursorRect(last)
        return min(one.x(), other.x()) - 1 <= at.x() <= max(one.x(), other.x()) + 1

    def _on_mouse(self, event: QMouseEvent) -> None:
        kind, self._at = event.type(), event.position()
        is_left = event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseMove and not event.buttons():
            self._rest.start()
        elif kind == QEvent.Type.MouseButtonPress:
            self._leave()
            self.is_pressed, self._pressed_at = is_left, event.position()
        elif kind == QEvent.Type.MouseButtonRelease and is_left:
            self.is_pressed = False
            moved = (event.position() - self._pressed_at).manhattanLength()
            if moved <= _STILL and not event.modifiers() and not self._editor.textCursor().hasSelection():
                self._press()

    def _press(self) -> None:
        option, token, _ = self.word_at(self._at)
        if option:
            self._editor.word_pressed.emit(option, token)

    def _look(self) -> None:
        option, token, place = self.word_at(self._at)
        if (option, token) != self._word:
            self._word = (option, token)
            cursor = QTextCursor(self._editor.document())
            cursor.setPosition(max(place, 0))
            below = self._editor.cursorRect(cursor).bottomLeft() + QPoint(0, 4)
            self._editor.word_hovered.emit(option, token, self._editor.viewport().mapTo(self._editor, below))

    def _leave(self) -> None:
        self._rest.stop()
        if self._word != NONE:
            self._word = NONE
            self._editor.word_hovered.emit(*NONE, QPoint())


