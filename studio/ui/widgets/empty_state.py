"""An empty place: one drawing, one sentence, one button. Among the first painted: see `studio.ui.quick`."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import icons, quick, theme
from studio.ui.widgets.naming import named


class EmptyState(QFrame):
    """Says what to do first. The button is the view's accent while nothing else can be pressed."""

    sample_requested = Signal()
    browse_requested = Signal()

    def __init__(self, sentence: str, hint: str, parent: QWidget | None = None, *, drawing: str = "easel",
                 sample: str = "", browse: str = "") -> None:
        """``drawing`` is a file of assets/drawings; ``sample`` says what the sample button fills in, and
        ``browse`` what the other one lets one choose."""
        super().__init__(parent)
        self.setObjectName("empty")
        self.drawing = Drawing(drawing, self)
        self.sentence, self.hint = QLabel(sentence, self), QLabel(hint, self)
        self.sentence.setProperty("role", "head")
        self.hint.setProperty("role", "muted")
        try_it = self.tr("Try the sample")
        self.sample = named(QPushButton(try_it, self), "empty.sample", try_it,
                            sample or self.tr("Fill in a photograph and a painting that came with Atelier"))
        self.sample.setProperty("role", "primary")
        browse = browse or self.tr("Choose a photo…")
        self.browse = named(QPushButton(browse, self), "empty.browse", browse)
        self.sample.clicked.connect(self.sample_requested)
        self.browse.clicked.connect(self.browse_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addLayout(_in_the_middle(self.drawing))
        layout.addSpacing(16)
        for label in (self.sentence, self.hint):
            quick.set_by_name(label, alignment="AlignHCenter")
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(16)
        layout.addLayout(_in_the_middle(self.sample, self.browse))
        layout.addStretch(3)


class Drawing(QLabel):
    """A drawing of assets/drawings in the theme's colours."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._size = QSize(232, 152)
        self.setFixedSize(self._size)
        theme.theme().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.drawing(self._name, self._size, self.devicePixelRatioF()))


def _in_the_middle(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
