"""The window: rail, top line, pages, reel, status line. It lays out and shows; others decide."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from studio.core import places
from studio.ui import icons, theme
from studio.ui.actions import Actions
from studio.ui.banner import Banner
from studio.ui.rail import Rail
from studio.ui.statusline import StatusLine
from studio.ui.topline import TopLine

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from studio.ui.notices import Notices

SMALLEST = (1024, 680)
COMFORTABLE = (1280, 800)
REEL_HEIGHT = 184


class MainWindow(QMainWindow):
    """Holds the parts. Pages are made when first shown."""

    page_shown = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Atelier")
        self.setMinimumSize(*SMALLEST)
        self.resize(*COMFORTABLE)
        self.setAcceptDrops(True)
        self.actions_ = Actions(self)
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._entrance: QWidget | None = None
        self.page = ""
        self.room = QWidget(self)
        self.rail, self.topline, self.banner = Rail(self), TopLine(self), Banner(self)
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("pages")
        self.reel_holder = _holder(self)
        self.fold_reel = self.actions_.add("reel", self.tr("Show the reel"), shortcut="Ctrl+R",
                                           checkable=True)
        self.fold_reel.setChecked(True)
        self.fold_reel.toggled.connect(self.reel_holder.setVisible)
        self.status = StatusLine(self.fold_reel, self)
        self.rail.chosen.connect(self.show_page)
        self._lay_out()
        theme.theme().changed.connect(icons.refresh)

    def finish(self) -> None:
        """What can wait until it is shown."""
        self.status.fill()
        self.setWindowIcon(QIcon(str(places.assets() / "icons" / "atelier.svg")))
        icons.ScreenWatch(self)

    @cached_property
    def notices(self) -> Notices:
        """The place for news, made when there is some."""
        from studio.ui.notices import Notices

        return Notices(self.pages)

    def set_entrance(self, entrance: QWidget) -> None:
        """Show ``entrance`` until there is a page; then it goes."""
        self._entrance = entrance
        self.pages.addWidget(entrance)

    def add_page(self, page: str, make: Callable[[], QWidget]) -> None:
        """``make`` builds the page when it is first shown."""
        self._makers[page] = make

    def show_page(self, page: str) -> QWidget:
        """Bring ``page`` to the front, making it if need be."""
        if page not in self._pages:
            self._pages[page] = self._makers[page]()
            self.pages.addWidget(self._pages[page])
        self.page = page
        self.rail.show_page(page)
        self.pages.setCurrentWidget(self._pages[page])
        self._leave_entrance()
        if "notices" in vars(self):
            self.notices.raise_()
        self.page_shown.emit(page)
        return self._pages[page]

    def _leave_entrance(self) -> None:
        if self._entrance is not None:
            self.pages.removeWidget(self._entrance)
            self._entrance.deleteLater()
            self._entrance = None

    def made_page(self, page: str) -> QWidget | None:
        """The page, if it was shown before."""
        return self._pages.get(page)

    def set_reel(self, reel: QWidget) -> None:
        """Put the reel at the foot."""
        layout = self.reel_holder.layout()
        if layout is not None:
            layout.addWidget(reel)

    def places(self) -> dict[str, Any]:
        """What to remember of the window: plain values."""
        return {"geometry": bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
                "reel": self.fold_reel.isChecked()}

    def restore_places(self, kept: object) -> None:
        """Go back to what `places` gave; nonsense is ignored."""
        if not isinstance(kept, dict):
            return
        self.restoreGeometry(QByteArray.fromBase64(str(kept.get("geometry", "")).encode("ascii", "ignore")))
        self.fold_reel.setChecked(kept.get("reel") is not False)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self.closing.emit()
        event.accept()

    def _lay_out(self) -> None:
        room = self.room
        room.setObjectName("room")
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self.topline, self.banner):
            right.addWidget(part)
        right.addWidget(self.pages, 1)
        right.addWidget(self.reel_holder)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        layout = QVBoxLayout(room)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(across, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(room)
        room.setFocus()  # not the project's name: the first key pressed must not rename it


def _holder(parent: QWidget) -> QFrame:
    holder = QFrame(parent)
    holder.setObjectName("reelholder")
    holder.setFixedHeight(REEL_HEIGHT)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    return holder
