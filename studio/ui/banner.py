"""A line above the page for what stays true: this project is open for reading only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from studio.ui import icons, quick, theme


class Banner(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._badge, self._words = QLabel(self), QLabel(self)
        quick.set_by_name(self._words, textFormat="PlainText")
        self._words.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.setObjectName("banner.offer")
        self._button.clicked.connect(self._take)
        self._do: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self._badge)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        self.hide()

    def say(self, words: str, label: str = "", do: Callable[[], object] | None = None) -> None:
        """Show ``words`` with a button, until `hide`."""
        colour = theme.current().warn
        self._badge.setPixmap(icons.pixmap("lock", colour, icons.SIZE, self.devicePixelRatioF()))
        self._words.setText(words)
        self.setAccessibleName(words)
        self._button.setText(label)
        self._button.setAccessibleName(label)
        self._button.setVisible(do is not None)
        self._do = do
        self.show()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def _take(self) -> None:
        if self._do is not None:
            self._do()
