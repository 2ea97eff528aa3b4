"""Where a prompt is typed: grows with it, and weighs words with two keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from studio.core import prompt_lists
from studio.panels.image.view_marks import Marks
from studio.panels.image.view_places import characters, units
from studio.panels.image.view_weights import STEP, changed
from studio.ui.widgets.growing_text import GrowingText

_LISTS = 60
"""Lists of words offered; more are named by hand."""
_KEYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class PromptEdit(GrowingText):
    """Ctrl+Up and Ctrl+Down weigh the selection or the word at the caret; Alt+Up and Alt+Down ask for
    earlier and later texts. Pictures that are dropped go to the panel, not into the text."""

    entered = Signal()
    """A person changed it; not sent by `set_text`."""
    turned = Signal(int)
    """1 asks for an earlier prompt, -1 for a later one."""

    def __init__(self, parent: QWidget | None = None, *, least: int = 2, most: int = 8) -> None:
        super().__init__(parent, least=least, most=most)
        self._is_quiet = False
        self.marks = Marks(self.document())
        self.textChanged.connect(self._on_text)
        self._last = ""

    def text(self) -> str:
        """As typed."""
        return self.toPlainText()

    def set_text(self, text: str, *, is_undoable: bool = False) -> None:
        """Show ``text``; where ``is_undoable``, undo brings back what was there."""
        if text == self.text():
            return
        self._is_quiet = True
        if is_undoable:
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self.setTextCursor(cursor)
        else:
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._is_quiet = False

    def weigh(self, steps: int) -> bool:
        """Raise the weight of the selection, or of the word at the caret; whether there was one."""
        cursor, text = self.textCursor(), self.text()
        start, end = characters(text, cursor.selectionStart()), characters(text, cursor.selectionEnd())
        change = changed(text, start, end, steps * STEP)
        if change is None:
            return False
        _select(cursor, text, change.start, change.end)
        cursor.insertText(change.text)
        _select(cursor, self.text(), *change.chosen)
        self.setTextCursor(cursor)
        return True

    def event(self, event: QEvent) -> bool:
        """These keys are the field's own, whatever the window has them for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _turn(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        turn = _turn(event)
        if not turn:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.weigh(turn)
        else:
            self.turned.emit(turn)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = self.menu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self, place: QPoint) -> QMenu:
        """What Qt offers, and the lists of words that can be drawn from."""
        menu = self.createStandardContextMenu(place)
        menu.addSeparator()
        lists = menu.addMenu(self.tr("Insert a list of words"))
        for name in prompt_lists.known()[:_LISTS]:
            lists.addAction(name, partial(self.insertPlainText, f"__{name}__"))
        lists.setEnabled(not lists.isEmpty())
        return menu

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Words only."""
        return source.hasText() and not source.hasUrls() and not source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Without the looks it had where it came from."""
        if self.canInsertFromMimeData(source):
            self.insertPlainText(source.text())

    def _on_text(self) -> None:
        if self.text() == self._last:
            return  # colours are changes of the document too
        self._last = self.text()
        if not self._is_quiet:
            self.entered.emit()


def _select(cursor: QTextCursor, text: str, start: int, end: int) -> None:
    cursor.setPosition(units(text, start))
    cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)


def _turn(event: QKeyEvent) -> int:
    """Up or down with Ctrl or Alt alone; 0 for all other keys."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    is_ours = held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)
    return _KEYS.get(Qt.Key(event.key()), 0) if is_ours else 0
