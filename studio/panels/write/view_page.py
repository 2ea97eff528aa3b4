"""The middle of the Write panel: the page, its outline, sheets beside it, and the line below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.panels.write.view_bar import ForkBar
from studio.panels.write.view_drops import PageDrops
from studio.panels.write.view_editor import Editor
from studio.panels.write.view_first import empty_state
from studio.panels.write.view_line import BottomLine
from studio.panels.write.view_odds import OddsPopup
from studio.panels.write.view_outline import OutlineList
from studio.panels.write.view_tree import ForkTree
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.empty_state import EmptyState

SHEET = 320
"""Width of a sheet beside the page, logical pixels."""
_GAP = 8


class WritePage(QWidget):
    """Holds the parts and lays them out; what they do is decided elsewhere."""

    looks_changed = Signal()
    """A person wants to see the page in another way."""
    placed = Signal()
    """Something moved: what lies over the text has to follow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("write.room")
        self.setAcceptDrops(True)
        self.editor = Editor(self)
        self._words = self._selected = 0
        self.outline = OutlineList(self.editor, self)
        self.side = QStackedWidget(self)
        self.line = BottomLine(self)
        self.bar, self.seen = ForkBar(self.editor.viewport()), SeenMark(self.editor)
        self.invite = _invitation(self.editor.viewport())
        self.odds, self.tree, self.drops = OddsPopup(self), ForkTree(self), PageDrops(self)
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        self._connect()

    def _connect(self) -> None:
        editor, line = self.editor, self.line
        editor.counted.connect(self._on_counted)
        editor.place_changed.connect(self._on_place)
        line.outline.toggled.connect(self.outline.setVisible)
        line.focus.toggled.connect(editor.set_focus_mode)
        line.origins.toggled.connect(editor.show_origins)
        line.goal_changed.connect(self.looks_changed)
        for button in (line.outline, line.focus, line.origins):
            button.clicked.connect(self.looks_changed)
        for bar in (editor.verticalScrollBar(), editor.horizontalScrollBar()):
            bar.valueChanged.connect(lambda _: self._soon.start())
            bar.rangeChanged.connect(lambda *_: self._soon.start())

    def _on_counted(self, words: int) -> None:
        self._words = words
        self.line.show_counts(words, self._selected)

    def _on_place(self) -> None:
        """Words are counted where some are marked; the rest is known, and asking for it takes a while."""
        start, end = self.editor.selection()
        if end > start or self._selected:
            self._selected = self.editor.selected_words() if end > start else 0
            self.line.show_counts(self._words, self._selected)

    def show_sheet(self, sheet: QWidget | None) -> None:
        """Show ``sheet`` beside the page, or none."""
        if sheet is not None:
            if self.side.indexOf(sheet) < 0:
                self.side.addWidget(sheet)
            self.side.setCurrentWidget(sheet)
        self.side.setVisible(sheet is not None)
        self._soon.start()

    def sheet(self) -> QWidget | None:
        """The sheet that is shown."""
        return self.side.currentWidget() if self.side.isVisibleTo(self) else None

    def show_invitation(self, is_shown: bool) -> None:
        """On a blank page."""
        self.invite.setVisible(is_shown)
        self._soon.start()

    def place_bar(self, region: tuple[int, int]) -> None:
        """Put the bar to the end of ``region``, or out of the way where that is out of sight."""
        rect = self.rect_at(region[1])
        room = self.editor.viewport().rect()
        self.bar.adjustSize()
        size = self.bar.size()
        x = room.right() - size.width() - _GAP
        y = min(rect.bottom() + _GAP // 2, room.bottom() - size.height() - _GAP)
        self.bar.move(x, max(_GAP, y))
        self.bar.setVisible(rect.bottom() > 0 and rect.top() < room.bottom())
        self.bar.raise_()

    def rect_at(self, place: int) -> QRect:
        """Where a place of the text is, in the editor's viewport."""
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(min(max(place, 0), self.editor.length))
        return self.editor.cursorRect(cursor)

    def below(self, place: int) -> QPoint:
        """Right below a place of the text, in the page."""
        rect = self.rect_at(place)
        return self.editor.viewport().mapTo(self, rect.bottomLeft())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        self.drops.enter(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.drops.offer(None)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.drops.drop(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._soon.start()

    def _place(self) -> None:
        room = self.editor.viewport().rect()
        height = min(room.height(), 420)
        top = max(0, (room.height() - height) // 2)
        self.invite.setGeometry(0, top, room.width(), height)
        self.seen.follow()
        self.placed.emit()

    def _lay_out(self) -> None:
        self.side.setFixedWidth(SHEET)
        self.side.hide()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.outline)
        row.addWidget(self.editor, 1)
        row.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self.line)


class SeenMark(QWidget):
    """A fine line across the page: what stands above it the model does not see."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor.viewport())
        self.setObjectName("write.seen")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._editor, self._at = editor, 0
        self.hide()

    def show_from(self, place: int) -> None:
        """The model sees from ``place`` on; 0 for all of it."""
        self._at = place
        self.follow()

    def follow(self) -> None:
        """The page was scrolled, or its text has moved."""
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(min(self._at, self._editor.length))
        rect, room = self._editor.cursorRect(cursor), self._editor.viewport().rect()
        is_there = self._at > 0 and -24 < rect.top() < room.bottom()
        if is_there:
            self.setGeometry(0, rect.top() - 14, room.width(), 16)
        self.setVisible(is_there)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with QPainter(self) as painter:
            painter.setFont(theme.ui_font(11))
            text = self.tr("the model sees from here on")
            width = painter.fontMetrics().horizontalAdvance(text)
            line = QColor(tone.edge)
            painter.fillRect(24, 8, max(0, self.width() - width - 64), 1, line)
            painter.setPen(tone.muted)
            painter.drawText(self.rect().adjusted(0, 0, -24, 0),
                             int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)


def _invitation(parent: QWidget) -> EmptyState:
    """The empty place, over a page that can be written on at once."""
    invite = empty_state(parent)
    invite.setObjectName("invite")
    invite.setCursor(Qt.CursorShape.IBeamCursor)
    return invite
