"""Ctrl+K: every action by name, found as one types."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.ui import icons, theme
from studio.ui.actions import keys, plain

WIDTH, HEIGHT = 520, 400
_KEYS = int(Qt.ItemDataRole.UserRole) + 1


class CommandPalette(QFrame):
    """Floats at the top of ``host`` until an action is chosen, Escape, or a click elsewhere."""

    def __init__(self, host: QWidget, actions: Iterable[QAction]) -> None:
        super().__init__(host)
        self.setObjectName("palette")
        self._host, self._actions = host, actions
        self._before: QWidget | None = None
        self.search = QLineEdit(self)
        self.search.setObjectName("palette.search")
        self.search.setPlaceholderText(self.tr("What do you want to do?"))
        self.search.setAccessibleName(self.tr("Find an action"))
        self.list = QListWidget(self)
        self.list.setObjectName("palette.list")
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.hide()

    def open_palette(self) -> None:
        """Show it and take the keyboard."""
        window = self._host.window()
        self._before = window.focusWidget()
        self.setGeometry((self._host.width() - WIDTH) // 2, 80, WIDTH, min(HEIGHT, self._host.height() - 120))
        self.search.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.search.setFocus()

    def close_palette(self) -> None:
        """Hide it and give the keyboard back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self.hide)
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._on_key(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in step:
            row = self.list.currentRow() + step[Qt.Key(event.key())]
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def _fill(self, words: str) -> None:
        self.list.clear()
        usable = [action for action in self._actions if action.isEnabled() and action.isVisible()
                  and not action.isSeparator() and action.menu() is None and plain(action)]
        ranked = sorted(((score(plain(action), words), action) for action in usable), key=itemgetter(0))
        for rank, action in ranked:
            if rank < MISS:
                self.list.addItem(_item(action))
        self.list.setCurrentRow(0)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            action: QAction = item.data(Qt.ItemDataRole.UserRole)
            self.close_palette()
            QTimer.singleShot(0, action, action.trigger)


def _item(action: QAction) -> QListWidgetItem:
    item = QListWidgetItem(plain(action))
    blank = icons.icon("chevron-right", theme.current().muted)
    item.setIcon(blank if action.icon().isNull() else action.icon())
    item.setData(Qt.ItemDataRole.UserRole, action)
    item.setData(_KEYS, keys(action))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{plain(action)} {keys(action)}".strip())
    return item


class _Delegate(QStyledItemDelegate):
    """The name left, the shortcut right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(theme.ui_font(12))
        painter.setPen(QColor(theme.current().muted))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(option.rect.adjusted(0, 0, -12, 0), flags, index.data(_KEYS))
        painter.restore()


MISS = 1000


def score(text: str, words: str) -> int:
    """How badly ``text`` fits what was typed: 0 best, `MISS` not at all.

    Every typed word must start a word of ``text`` (1), stand inside it (5), or its letters must come in
    order (20). The first word counts double when it starts the text.
    """
    total, low = 0, text.casefold()
    for word in words.casefold().split():
        if low.startswith(word):
            continue
        if any(part.startswith(word) for part in low.split()):
            total += 1
        elif word in low:
            total += 5
        elif _in_order(word, low):
            total += 20
        else:
            return MISS
    return total


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
