"""All attempts on the page, as a list with indents: those on the page are marked, any can be gone to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.core.pieces import Piece
from studio.panels.write.forks import Fork, Forks, Span
from studio.ui import icons, theme
from studio.ui.widgets.naming import named

_OPTION = int(Qt.ItemDataRole.UserRole)
_LETTERS = 60
_WIDTH, _HEIGHT = 400, 320


class ForkTree(QFrame):
    """Lies over the page until something is chosen, Escape, or a click elsewhere."""

    chosen = Signal(int)
    """Option to go to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setObjectName("fork.list")
        self.setProperty("role", "card")
        self.title = QLabel(self.tr("Attempts"), self)
        self.title.setProperty("role", "heading")
        self.list = named(QListWidget(self), "fork.options", self.tr("All attempts on this page"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.title)
        layout.addWidget(self.list)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.list.installEventFilter(self)
        self.hide()

    def open_tree(self, forks: Forks, regions: Mapping[int, Span], texts: Mapping[int, str],
                  here: int) -> None:
        """``regions`` are of the options on the page, ``texts`` their first words."""
        self.list.clear()
        number = 0
        for depth, fork in forks.walk():
            if len(fork.options) > 1 or depth == 0 or fork.options[0] not in regions:
                number += 1
                self._add(depth, number, fork, forks, regions, texts, here)
        nothing = self.tr("The model has written nothing here yet.")
        self.title.setText(self.tr("Attempts") if number else nothing)
        width = min(_WIDTH, self._host.width() - 32)
        height = min(_HEIGHT, 72 + 34 * max(1, self.list.count()), self._host.height() - 32)
        self.setGeometry((self._host.width() - width) // 2, self._host.height() - height - 16, width, height)
        self.show()
        self.raise_()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self.hide)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return False

    def _add(self, depth: int, number: int, fork: Fork, forks: Forks, regions: Mapping[int, Span],
             texts: Mapping[int, str], here: int) -> None:
        for place, option in enumerate(fork.options, start=1):
            words = texts.get(option) or _first_words(forks.options[option].pieces)
            text = f"{number}.{place}  {words or self.tr('taken from the page')}"
            item = QListWidgetItem("      " * depth + text, self.list)
            item.setData(_OPTION, option)
            is_shown = option in regions
            item.setIcon(icons.icon("check" if is_shown else "chevron-right",
                                    theme.current().accent if is_shown else theme.current().muted))
            on_page = self.tr("{words}, on the page").format(words=text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, on_page if is_shown else text)
            if option == here:
                self.list.setCurrentItem(item)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.hide()
            self.chosen.emit(int(item.data(_OPTION)))


def _first_words(pieces: Sequence[Piece]) -> str:
    text = "".join(piece.text for piece in pieces[:_LETTERS])
    return " ".join(text.split())[:_LETTERS]
