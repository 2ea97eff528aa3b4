"""The space a page is seen through: its layout, what is in view, and that this does not jump."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor

from studio.panels.write.view_editor_layout import PageLayout
from studio.panels.write.view_editor_look import look
from studio.panels.write.view_editor_paint import PagePainter
from studio.ui import theme

if TYPE_CHECKING:
    from studio.panels.write.view_editor import Editor

_MEASURE_MS = 15
_MEASURED = 12
"""Paragraphs that are measured in one turn while nothing else happens."""
_BELOW = 0.42
"""Free space below the text, as a share of the window's height: one does not write at its edge."""
_BELOW_FOCUS = 0.56
_ROOM = 72
"""Pixels that stay free below the line that is written."""


class Room(QObject):
    """Holds the layout of an editor and its scroll bar."""

    def __init__(self, editor: Editor, ink: PagePainter) -> None:
        super().__init__(editor)
        self._editor, self._bar, self._shift = editor, editor.verticalScrollBar(), 0.0
        self._next = 0
        self._measuring = QTimer(self, interval=_MEASURE_MS)
        self._measuring.timeout.connect(self._measure)
        self._margin = QTimer(self, singleShot=True, interval=0)
        self._margin.timeout.connect(self._keep_margin)
        self.layout = PageLayout(editor.document(), look(theme.current()))
        self.layout.ink = ink
        editor.document().setDocumentLayout(self.layout)
        editor.document().setDefaultFont(self.layout.look.font)
        self._wear()
        self.layout.shifted.connect(self._on_shifted)
        self.layout.documentSizeChanged.connect(self._hold_still)
        theme.theme().changed.connect(self._on_theme)

    def fit(self) -> None:
        """The window, or what has to be free in it, has changed."""
        height = self._editor.viewport().height()
        self.layout.set_bottom(max(120.0, height * (_BELOW_FOCUS if self._editor.is_focused else _BELOW)))

    def prepare(self) -> None:
        """Lay out what is in view."""
        top = self._bar.value()
        self.layout.prepare(top, top + self._editor.viewport().height())
        if not self.layout.is_all_known and not self._measuring.isActive():
            self._measuring.start()

    def place(self) -> list[int]:
        """What is at the top: a place in the text, and how far it is scrolled beyond that."""
        block = self._editor.document().findBlockByNumber(self.layout.number_at(self._bar.value()))
        return [block.position(), round(self._bar.value() - self.layout.blockBoundingRect(block).top())]

    def go_to(self, at: int, below: int) -> None:
        """Show what `place` gave at the top again."""
        self._margin.stop()
        block = self._editor.document().findBlock(max(0, min(at, self._editor.length)))
        self._bar.setValue(round(self.layout.blockBoundingRect(block).top()) + below if at or below else 0)

    @contextmanager
    def following(self, at: int) -> Iterator[None]:
        """What is written at ``at`` meanwhile stays in view, if the place was."""
        height = self._editor.viewport().height()
        before = self.top_of(at)
        yield
        writing = self._editor.writing
        if writing is not None and 0 <= before <= height and not self._editor.pointer.is_pressed:
            over = self.top_of(writing[1]) - (height - _ROOM)
            if over > 0:
                self._bar.setValue(self._bar.value() + over)

    def keep_margin(self) -> None:
        """One does not type at the very edge: leave a line above the cursor and some below, soon."""
        self._margin.start()

    def top_of(self, at: int) -> int:
        """How far below the upper edge of the window the line of a place is, pixels."""
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(at)
        return self._editor.cursorRect(cursor).top()

    def _keep_margin(self) -> None:
        rect, height = self._editor.cursorRect(), self._editor.viewport().height()
        if not self._editor.is_focused and height > 3 * _ROOM and not self._editor.pointer.is_pressed:
            over = max(rect.bottom() - (height - _ROOM), 0) + min(rect.top() - _ROOM // 2, 0)
            if over:
                self._bar.setValue(self._bar.value() + over)

    def _measure(self) -> None:
        self._next = self.layout.prepare_some(self._next, _MEASURED)
        if self._next < 0:
            self._measuring.stop()

    def _on_shifted(self, below: float, by: float) -> None:
        if below < self._bar.value() + self._shift:
            self._shift += by

    def _hold_still(self) -> None:
        """What is looked at stays where it is when something above it grows."""
        shift, self._shift = round(self._shift), 0.0
        if shift:
            self._bar.setValue(self._bar.value() + shift)

    def _on_theme(self) -> None:
        self.layout.look = look(theme.current())
        self._wear()
        self.layout.renew()
        self._editor.viewport().update()

    def _wear(self) -> None:
        paper = self.layout.look.paper.name()
        self._editor.setStyleSheet(f"QTextEdit, QTextEdit:focus {{ background: {paper}; border: none; "
                                   "border-radius: 0; padding: 0; }")
