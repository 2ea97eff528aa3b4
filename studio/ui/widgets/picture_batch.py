"""The pictures a panel works on: one, or a batch to step through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.well import Well


class PictureBatch(QWidget):
    """A well; below it, for a batch, which picture is on the canvas."""

    changed = Signal()
    """Other pictures, or another one of them in front."""

    def __init__(self, name: str, invitation: str, offer: str, parent: QWidget | None = None) -> None:
        """``name`` begins the object names; ``invitation`` and ``offer`` as for `Well`."""
        super().__init__(parent)
        self._refs: list[PictureRef] = []
        self._at = 0
        self.well = Well(name, invitation, offer, parent=self)
        self.well.clear_requested.connect(lambda: self.set_pictures([]))
        self._steps = QWidget(self)
        self.back = named(IconButton("chevron-left", self), f"{name}.back", self.tr("Previous picture"))
        self.forth = named(IconButton("chevron-right", self), f"{name}.forth", self.tr("Next picture"))
        self.remove = named(IconButton("minus", self), f"{name}.remove", self.tr("Leave this picture out"),
                            self.tr("Leave this picture out"))
        self._where = QLabel(self)
        self._where.setProperty("role", "muted")
        self._where.setFont(theme.number_font(12))
        self.back.clicked.connect(lambda: self.go(self._at - 1))
        self.forth.clicked.connect(lambda: self.go(self._at + 1))
        self.remove.clicked.connect(self._remove)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._steps)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self._where, 1)
        row.addWidget(self.remove)
        row.addWidget(self.forth)
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.well)
        layout.addWidget(self._steps)

    @property
    def current(self) -> PictureRef | None:
        """The one on the canvas."""
        return self._refs[self._at] if self._refs else None

    def pictures(self) -> list[PictureRef]:
        """All of them, in order."""
        return list(self._refs)

    def set_pictures(self, refs: Sequence[PictureRef], at: int = 0) -> None:
        """Hold ``refs``, with the one at ``at`` in front; the same picture twice counts once."""
        self._refs = list({ref.sha256: ref for ref in refs}.values())
        self._at = min(max(at, 0), max(len(self._refs) - 1, 0))
        self._show()
        self.changed.emit()

    def go(self, at: int) -> None:
        """Bring another picture of the batch to the front."""
        if self._refs:
            self._at = at % len(self._refs)
            self._show()
            self.changed.emit()

    @property
    def at(self) -> int:
        """Which one is in front, from 0."""
        return self._at

    def place_of(self, sha256: str) -> str:
        """Where the picture with this content stands, such as "3 of 12"; empty for one alone."""
        contents = [ref.sha256 for ref in self._refs]
        if len(contents) < 2 or sha256 not in contents:
            return ""
        return self.tr("{at} of {count}").format(at=contents.index(sha256) + 1, count=len(contents))

    def show_image(self, image: QImage) -> None:
        """The picture in front, for its thumbnail."""
        self.well.show_image(image)

    def _remove(self) -> None:
        self.set_pictures([ref for place, ref in enumerate(self._refs) if place != self._at], self._at)

    def _show(self) -> None:
        count = len(self._refs)
        self.well.show_picture(self.current, count)
        self._steps.setVisible(count > 1)
        if self.current is not None:
            at = self.tr("{at} of {count}").format(at=self._at + 1, count=count)
            name = self._where.fontMetrics().elidedText(self.current.name, Qt.TextElideMode.ElideMiddle, 96)
            self._where.setText(f"{at}  ·  {name}")
            self._where.setToolTip(self.current.name)
