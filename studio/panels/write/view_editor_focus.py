"""Focus: all but the paragraph one writes is dimmed, and the line one writes stays at the same height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from studio.panels.write.view_editor import Editor

_HEIGHT = 0.46
"""Where the line stands, as a share of the window's height."""


class Focus(QObject):
    """Follows the cursor of an editor while it is on."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor, self._is_on = editor, False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._follow)
        editor.cursorPositionChanged.connect(self._on_moved)

    @property
    def is_on(self) -> bool:
        """Whether it is."""
        return self._is_on

    def set_on(self, is_on: bool) -> None:
        """Begin or end it."""
        self._is_on = is_on
        self._editor.room.fit()
        self._dim()
        if is_on:
            self._soon.start()

    def _on_moved(self) -> None:
        if self._is_on:
            self._dim()
            if not self._editor.pointer.is_pressed:  # what is clicked must not run away under the pointer
                self._soon.start()

    def _dim(self) -> None:
        cursor = self._editor.textCursor()
        first = cursor.document().findBlock(cursor.selectionStart())
        last = cursor.document().findBlock(cursor.selectionEnd())
        self._editor.ink.focus = (first.position(), last.position() + last.length() - 1) \
            if self._is_on else None
        self._editor.viewport().update()

    def _follow(self) -> None:
        if self._is_on:
            rect, height = self._editor.cursorRect(), self._editor.viewport().height()
            bar = self._editor.verticalScrollBar()
            bar.setValue(bar.value() + rect.center().y() - round(height * _HEIGHT))
