"""The big button, always in the same place: what it does, or Stop with how far it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named

_WHOLE = 1000


class RunBar(QWidget):
    """One button and one line above it."""

    run_requested = Signal()
    stop_requested = Signal()
    finish_requested = Signal()
    """Stop, but keep what is there."""
    folder_requested = Signal()
    """The same for a whole folder."""

    def __init__(self, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verb, self.is_working = verb, False
        self.takes_folders = True
        """Whether the same can be done for a whole folder."""
        self.caption = QLabel(self)
        self.caption.setProperty("role", "muted")
        self.caption.setMinimumWidth(0)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.bar = named(QProgressBar(self), "run.progress", self.tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.button = named(BigButton(self), "run.button", verb)
        self.keep = named(QPushButton(self.tr("Stop and keep"), self), "run.keep", self.tr("Stop and keep"),
                          self.tr("End now and keep the picture as it is"))
        self.keep.setFixedHeight(44)
        self.folder = named(IconButton("folder", self), "run.folder", self.tr("A whole folder"),
                            self.tr("A whole folder…"))
        self.folder.setFixedSize(44, 44)
        self.folder.clicked.connect(self.folder_requested)
        self.button.clicked.connect(self._on_click)
        self.keep.clicked.connect(self.finish_requested)
        self._lay_out()
        self.show_idle()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder)
        row.addWidget(self.keep)
        row.addWidget(self.button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(self.caption)
        layout.addWidget(self.bar)
        layout.addLayout(row)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)

    def name_verb(self, verb: str) -> None:
        """Another word for what the button does; shown with the next `show_idle`."""
        self._verb = verb

    def show_idle(self, caption: str = "", *, is_ready: bool = True) -> None:
        """The verb, with ``caption`` above, such as "about 12 s"."""
        self.is_working = False
        self.bar.hide()
        self.keep.hide()
        self.folder.setVisible(self.takes_folders)
        self.button.show_face(self._verb, QKeySequence("Ctrl+Return"), is_stop=False)
        self.button.setEnabled(is_ready)
        self.say(caption)

    def show_working(self, fraction: float | None, doing: str, left: str = "", *,
                     can_keep: bool = False) -> None:
        """Stop, ``doing`` and the time ``left``; ``fraction`` 0 to 1, or None where unknown."""
        self.is_working = True
        self.bar.setRange(0, 0 if fraction is None else _WHOLE)
        self.bar.setValue(0 if fraction is None else round(fraction * _WHOLE))
        self.bar.show()
        self.keep.setVisible(can_keep)
        self.folder.hide()
        self.button.show_face(self.tr("Stop"), QKeySequence("Ctrl+."), is_stop=True)
        self.button.setEnabled(True)
        self.say("  ·  ".join(part for part in (doing, left) if part))

    def say(self, words: str) -> None:
        """The line above the button."""
        self.caption.setText(words or " ")
        self.caption.setToolTip(words)
        self.bar.setAccessibleDescription(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with paint.smooth(self) as painter:
            painter.fillRect(self.rect(), tone.surface)
            painter.fillRect(0, 0, self.width(), 1, tone.border)
            painter.fillRect(0, 0, 1, self.height(), tone.border)

    def _on_click(self) -> None:
        (self.stop_requested if self.is_working else self.run_requested).emit()


class BigButton(QPushButton):
    """44 px high, the accent of the view. As Stop it is quiet: an outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys, self._is_stop = "", False
        self.setFixedHeight(44)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_face(self, text: str, keys: QKeySequence, *, is_stop: bool) -> None:
        """``text`` with its shortcut ``keys`` small at the right."""
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self._keys, self._is_stop = native.replace("Return", "Enter"), is_stop
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self._keys})")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(160, 44)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(96, 44)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone, rect = paint.tones(self), QRectF(self.rect())
        is_hot = self.underMouse() or self.isDown()
        with paint.smooth(self) as painter:
            if not self.isEnabled():
                paint.box(painter, rect, tone.raised, tone.border)
                ink = tone.muted
            elif self._is_stop:
                paint.box(painter, rect, tone.hover if is_hot else tone.raised, tone.edge)
                ink = tone.text
            else:
                paint.box(painter, rect, tone.accent_hover if is_hot else tone.accent)
                ink = tone.ink
            self._words(painter, rect, ink)
            if self.hasFocus():
                paint.focus_ring(painter, rect, tone.text if not self._is_stop else tone.accent)
                paint.box(painter, rect.adjusted(2, 2, -2, -2), None, tone.surface, radius=4)

    def _words(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        painter.setPen(ink)
        painter.setFont(theme.ui_font(15, bold=True))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(rect, middle, self.text())
        small = QFont(theme.ui_font(11))
        painter.setFont(small)
        if rect.width() > 200:
            painter.setPen(paint.faded(ink, 0.75 * ink.alphaF()))
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(rect.adjusted(0, 0, -14, 0), right, self._keys)
