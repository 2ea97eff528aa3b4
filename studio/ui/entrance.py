"""What the window shows first: the empty place of a panel whose view is still being loaded.

It answers already. What is pressed or dropped is kept, and done as soon as there is who can.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from studio.core.panel import PanelSpec
    from studio.ui.drops import Drop


class Entrance(QFrame):
    """Looks like the panel before anything was put into it, so that nothing jumps when the view comes."""

    def __init__(self, spec: PanelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entrance")
        self.setAcceptDrops(True)
        self.pressed = ""
        """The object name of the button pressed last."""
        self.dropped: list[Drop] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._place(spec), 1)
        layout.addWidget(_column(self))

    def press_again(self, view: QWidget) -> None:
        """Press in ``view`` what was pressed here."""
        button = view.findChild(QAbstractButton, self.pressed) if self.pressed else None
        self.pressed = ""
        if button is not None:
            button.click()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        from studio.ui.drops import classify

        event.acceptProposedAction()
        self.dropped += classify(event.mimeData())

    def _place(self, spec: PanelSpec) -> QWidget:
        if not spec.first:
            return QFrame(self)
        module, _, name = spec.first.partition(":")
        place: QWidget = getattr(import_module(module), name)(self)
        for button in place.findChildren(QAbstractButton):
            button.clicked.connect(self._keep)
        return place

    def _keep(self) -> None:
        sender: QObject | None = self.sender()
        self.pressed = sender.objectName() if sender is not None else ""


def _column(parent: QWidget) -> QFrame:
    """Where the settings will be."""
    column = QFrame(parent)
    column.setProperty("role", "column")
    column.setFixedWidth(theme.COLUMN)
    return column
