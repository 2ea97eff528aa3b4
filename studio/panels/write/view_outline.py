"""The headings of the page as a list beside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.panels.write.view_editor import Editor
from studio.panels.write.view_editor_facts import Outline
from studio.ui.widgets.naming import named

WIDTH = 200
Index = QModelIndex | QPersistentModelIndex


class OutlineList(QListView):
    """A click or Enter goes to a heading; the one that the cursor stands under is chosen."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        named(self, "write.headings", self.tr("Headings of the page"))
        self.setFixedWidth(WIDTH)
        self.setModel(editor.outline)
        self.setItemDelegate(_Indents(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)
        editor.place_changed.connect(self._follow)
        self.hide()

    def _go(self, index: Index) -> None:
        place = index.data(Outline.PLACE)
        if isinstance(place, int):
            self._editor.go_to(place)
            self._editor.setFocus()

    def _follow(self) -> None:
        if self.isVisible():
            row = self._editor.outline.row_at(self._editor.selection()[1])
            self.setCurrentIndex(self._editor.outline.index(row, 0))


class _Indents(QStyledItemDelegate):
    """A heading of a lower level stands further in."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        level = index.data(Outline.LEVEL)
        room = max(0, (level if isinstance(level, int) else 1) - 1)
        option.text = "\N{EM SPACE}" * room + option.text
