"""The top line: the project's name, undo and redo, and how the picture is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from studio.ui import icons, quick

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

HEIGHT = 40


class TopLine(QFrame):
    """No clutter: a name, two arrows, and the page's view buttons."""

    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topline")
        self.setFixedHeight(HEIGHT)
        self.title = TitleField(self)
        self.title.renamed.connect(self.renamed)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 0, 8, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.title)
        self._history_at = self._layout.count()
        self._layout.addStretch(1)
        self._view: list[QToolButton] = []

    def add_history(self, actions: Sequence[QAction]) -> None:
        """Undo and redo, beside the name."""
        for offset, action in enumerate(actions):
            self._layout.insertWidget(self._history_at + offset, self._button(action))

    def set_view(self, actions: Sequence[QAction]) -> None:
        """The page's ways to look: zoom, compare, fold."""
        for button in self._view:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._view = [self._button(action) for action in actions]
        for button in self._view:
            self._layout.addWidget(button)

    def _button(self, action: QAction) -> QToolButton:
        button = ActionButton(action, self)
        button.setObjectName(f"topline.{action.objectName()}")
        return button


class ActionButton(QToolButton):
    """A button for an action: icon only, named for screen readers, shortcut in its tooltip."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDefaultAction(action)
        self.setIconSize(QSize(icons.SIZE, icons.SIZE))
        style = "ToolButtonTextOnly" if action.icon().isNull() else "ToolButtonIconOnly"
        quick.set_by_name(self, focusPolicy="StrongFocus", toolButtonStyle=style)
        action.changed.connect(self._name)
        self._name()

    def _name(self) -> None:
        action = self.defaultAction()
        words = action.text().replace("&", "")
        self.setAccessibleName(words)
        keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        self.setToolTip(f"{words}  {keys}".strip())


class TitleField(QLineEdit):
    """The project's name. Enter or leaving renames, Escape gives the old name back."""

    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("project.title")
        self.setProperty("role", "title")
        self.setAccessibleName(self.tr("Project name"))
        self.setToolTip(self.tr("Click to rename the project"))
        self.setMaxLength(120)
        self._kept = ""
        self.editingFinished.connect(self._finish)
        self.textChanged.connect(self._fit)

    def show_title(self, title: str) -> None:
        """Show the project's name, unless a person is typing one."""
        is_typing = self.hasFocus() and self.text() != self._kept
        self._kept = title
        if not is_typing:
            self.setText(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._kept)
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        words = self.text().strip()
        if not words:
            self.setText(self._kept)
        elif words != self._kept:
            self._kept = words
            self.renamed.emit(words)
        if self.hasFocus():
            self.clearFocus()

    def _fit(self) -> None:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 28
        self.setFixedWidth(max(96, min(420, width)))
