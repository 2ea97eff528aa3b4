"""The bar for finding and replacing, over the upper right corner of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton

from studio.core.errors import StudioError
from studio.core.manuscript import Edit, Piece, units
from studio.panels.write.find import Match, Query, find_all
from studio.ui.translation import sentence
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named

if TYPE_CHECKING:
    from studio.panels.write.view_editor import Editor

_SOON_MS = 150
_EDGE = 12


class FindBar(QFrame):
    """Object names: write.find, write.find.text, write.find.next and so on."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor, self._matches = editor, tuple[Match, ...]()
        self.setObjectName("write.find")
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = named(QLineEdit(self), "write.find.text", self.tr("Find"))
        self.text.setPlaceholderText(self.tr("Find"))
        self.instead = named(QLineEdit(self), "write.find.instead", self.tr("Replace with"))
        self.instead.setPlaceholderText(self.tr("Replace with"))
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._look)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.hide()

    def open_bar(self, *, with_replace: bool) -> None:
        """Show it, look for what is selected, and take the keyboard."""
        start, end = self._editor.selection()
        chosen = self._editor.text(start, min(end, start + 200))
        if chosen and "\n" not in chosen:
            self.text.setText(chosen)
        for part in (self.instead, self.replace_one, self.replace_all):
            part.setVisible(with_replace)
        self.adjustSize()
        self.show()
        self.raise_()
        self.place()
        self.text.setFocus()
        self.text.selectAll()
        self._look()

    def place(self) -> None:
        """Put it into its corner."""
        width = min(self.sizeHint().width(), self._editor.width() - 2 * _EDGE)
        self.resize(width, self.sizeHint().height())
        self.move(self._editor.viewport().geometry().right() - self.width() - _EDGE, _EDGE)

    def go(self, step: int) -> None:
        """Select the next place, or the one before with ``step`` -1; from the end it begins anew."""
        if self._soon.isActive():
            self._look()
        if not self._matches:
            return
        start, end = self._editor.selection()
        starts = [item.start for item in self._matches]
        index = bisect_left(starts, max(end, start + 1)) if step > 0 else bisect_right(starts, start - 1) - 1
        self._select(self._matches[index % len(self._matches)])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.instead.hasFocus():
                self._replace_one()
            else:
                self.go(-1 if is_back else 1)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._soon.stop()
        self._matches = ()
        self._editor.ink.found = ()
        self._editor.viewport().update()
        self._editor.setFocus()

    # ---- finding

    def _look(self) -> None:
        self._soon.stop()
        query = Query(self.text.text(), has_case=self.case.isChecked(), is_whole=self.whole.isChecked(),
                      is_pattern=self.pattern.isChecked())
        self._matches = ()
        try:
            self._matches = find_all(self._editor.text(), query, self.instead.text())
            problem = ""
        except StudioError as error:
            problem = sentence(error.template, error.values)
        self._editor.ink.found = [(item.start, item.end) for item in self._matches]
        self._editor.viewport().update()
        self.count.setToolTip(problem)
        self._tell(problem)
        has = bool(self._matches)
        for button in (self.next, self.back, self.replace_one, self.replace_all):
            button.setEnabled(has)

    def _tell(self, problem: str) -> None:
        start, _ = self._editor.selection()
        index = next((i for i, item in enumerate(self._matches, 1) if item.start == start), 0)
        if problem:
            self.count.setText(self.tr("Not a pattern"))
        elif not self.text.text():
            self.count.setText("")
        elif not self._matches:
            self.count.setText(self.tr("Nowhere"))
        elif index:
            self.count.setText(self.tr("{index} of {count}").format(index=index, count=len(self._matches)))
        else:
            self.count.setText(self.tr("{count} found").format(count=len(self._matches)))

    def _select(self, match: Match) -> None:
        self._editor.select(match.start, match.end)
        covered = self.geometry().bottom() - self._editor.cursorRect().top()
        if covered > 0 and self._editor.cursorRect().right() > self.x() - _EDGE:
            bar = self._editor.verticalScrollBar()
            bar.setValue(bar.value() - covered - _EDGE)
        self._tell("")

    def _on_typed(self) -> None:
        self._soon.start()

    def _on_page(self) -> None:
        if self.isVisible():
            self._editor.ink.found = ()
            self._soon.start()

    # ---- replacing

    def _replace_one(self) -> None:
        self._look()
        start, end = self._editor.selection()
        found = next((item for item in self._matches if (item.start, item.end) == (start, end)), None)
        if found is None:
            self.go(1)
            return
        edit = self._edit(found)
        self._editor.replace_each([edit])
        self._editor.go_to(edit.at + units(found.instead))
        self._look()
        self.go(1)

    def _replace_all(self) -> None:
        self._look()
        if self._matches:
            count = len(self._matches)
            self._editor.replace_each([self._edit(item) for item in self._matches])
            self._look()
            self.count.setText(self.tr("{count} replaced").format(count=count))

    def _edit(self, match: Match) -> Edit:
        """Inside a word of the model what is put there is the person's change of it."""
        there = self._editor.pieces(match.start, match.end)
        near = self._editor.pieces(max(match.start - 1, 0), match.end + 1)
        is_inside = len(near) == 1 and len(there) == 1 and there[0].origin != "yours"
        piece = Piece(match.instead, "edited", there[0].option, there[0].token) if is_inside \
            else Piece(match.instead)
        return Edit(match.start, match.end - match.start, (piece,) if match.instead else ())

    # ---- building

    def _make_buttons(self) -> None:
        self.back = named(IconButton("arrow-up", self), "write.find.back", self.tr("Find the one before"),
                          self.tr("The one before (Shift+Enter)"))
        self.next = named(IconButton("arrow-down", self), "write.find.next", self.tr("Find the next"),
                          self.tr("The next (Enter)"))
        self.close_ = named(IconButton("close", self), "write.find.close", self.tr("Close"),
                            self.tr("Close (Esc)"))
        self.case = self._toggle("Aa", "case", self.tr("Capitals matter"))
        self.whole = self._toggle("“ ”", "whole", self.tr("Whole words only"))
        self.pattern = self._toggle(".*", "pattern", self.tr("Regular expression, within a paragraph"))
        self.replace_one = named(QPushButton(self.tr("Replace"), self), "write.find.one", self.tr("Replace"))
        self.replace_all = named(QPushButton(self.tr("Replace all"), self), "write.find.all",
                                 self.tr("Replace all"))

    def _toggle(self, text: str, name: str, meaning: str) -> QToolButton:
        button = named(QToolButton(self), f"write.find.{name}", meaning, meaning)
        button.setText(text)
        button.setCheckable(True)
        button.setFixedSize(32, 32)
        button.toggled.connect(self._on_typed)
        return button

    def _lay_out(self) -> None:
        self.text.setMinimumWidth(200)
        self.count.setMinimumWidth(84)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(4)
        grid.addWidget(self.text, 0, 0)
        grid.addLayout(self._row(self.case, self.whole, self.pattern, self.count, self.back, self.next,
                                 self.close_), 0, 1)
        grid.addWidget(self.instead, 1, 0)
        row = self._row(self.replace_one, self.replace_all)
        row.addStretch(1)
        grid.addLayout(row, 1, 1)

    def _row(self, *parts: QToolButton | QLabel | QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for part in parts:
            row.addWidget(part)
        return row

    def _connect(self) -> None:
        pressed: list[tuple[QToolButton | QPushButton, Callable[[], object]]] = [
            (self.back, lambda: self.go(-1)), (self.next, lambda: self.go(1)), (self.close_, self.hide),
            (self.replace_one, self._replace_one), (self.replace_all, self._replace_all)]
        for button, do in pressed:
            button.clicked.connect(lambda _=False, do=do: do())
        self.text.textChanged.connect(self._on_typed)
        self.instead.textChanged.connect(self._on_typed)
        self._editor.textChanged.connect(self._on_page)
