"""At the fork: which alternative this is, the ones beside it, and one more."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named


class ForkBar(QWidget):
    """Lies over the page beside the text it is about."""

    stepped = Signal(int)
    """1: the next alternative, -1: the one before."""
    retried = Signal()
    tree_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("fork.bar")
        self.back = named(IconButton("chevron-left", self), "fork.back", self.tr("The attempt before"),
                          self.tr("The attempt before (Alt+Left)"))
        self.count = QLabel(self)
        self.count.setFont(theme.number_font())
        self.forth = named(IconButton("chevron-right", self), "fork.forth", self.tr("The next attempt"),
                           self.tr("The next attempt (Alt+Right)"))
        self.again = named(IconButton("retry", self), "fork.again", self.tr("Another attempt"),
                           self.tr("Another attempt; this one is kept (Ctrl+R)"))
        self.tree = named(IconButton("lineage", self), "fork.tree", self.tr("All attempts"),
                          self.tr("All attempts on this page (Ctrl+Shift+R)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        for widget in (self.back, self.count, self.forth, self.again, self.tree):
            layout.addWidget(widget)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.forth.clicked.connect(lambda: self.stepped.emit(1))
        self.again.clicked.connect(self.retried)
        self.tree.clicked.connect(self.tree_wanted)
        self.hide()

    def show_standing(self, place: int, count: int, *, can_retry: bool) -> None:
        """Number ``place`` of ``count``, from 1."""
        self.count.setText(self.tr("{place} of {count}").format(place=place, count=count))
        self.setAccessibleName(self.tr("Attempt {place} of {count}").format(place=place, count=count))
        for widget in (self.back, self.count, self.forth):
            widget.setVisible(count > 1)
        self.back.setEnabled(can_retry and place > 1)
        self.forth.setEnabled(can_retry and place < count)
        self.again.setEnabled(can_retry)
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            paint.box(painter, QRectF(self.rect()), tone.raised, tone.border)
