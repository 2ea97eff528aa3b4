"""The page one writes on. Knows where each word came from, keeps undo of its own, and lets a model write
at one place while the person types at another.

Places are UTF-16 units, as Qt counts them and as `studio.core.manuscript` does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from studio.core.manuscript import Edit, Manuscript, Piece, units
from studio.core.piece_table import PieceTable
from studio.core.text import Token
from studio.panels.write import view_editor_text as marks
from studio.panels.write.history import Change, History
from studio.panels.write.view_editor_layout import PageLayout
from studio.panels.write.view_editor_look import look
from studio.panels.write.view_editor_paint import PagePainter
from studio.ui import theme

_HAND_OVER_MS = 250
"""Edits wait this long, so that fast typing is handed over in one piece."""
By = Literal["hand", "program", "stream", "history", "load"]


class Editor(QTextEdit):
    """A page of writing. Object name: write.page."""

    edited = Signal(object)
    """list[Edit], in order, a quarter of a second after the first of them, or at `flush`."""
    place_changed = Signal()
    """The cursor is elsewhere."""
    history_changed = Signal()
    """Whether something can be undone or redone may have changed."""
    writing_undone = Signal()
    """The person took back what the model is writing now: it should stop; more is not taken."""
    word_hovered = Signal(int, int, QPoint)
    """Option, token, and where below the word, in this widget; option 0 once the pointer is on none."""
    word_pressed = Signal(int, int)
    """Option and token of a word of the model that was clicked, without moving, or chosen by key."""

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.setObjectName("write.page")
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self._table, self._history = PieceTable(), History(clock)
        self._by: By = "hand"
        self._waiting: list[Edit] = []
        self._option, self._token = 0, 0
        self._shift = 0.0
        self._painter = PagePainter()
        self._layout = self._make_layout()
        self._handing = QTimer(self, singleShot=True, interval=_HAND_OVER_MS)
        self._handing.timeout.connect(self.flush)
        self.document().contentsChange.connect(self._on_contents)
        self.cursorPositionChanged.connect(self.place_changed)

    # ---- the page

    def set_manuscript(self, manuscript: Manuscript) -> None:
        """Show ``manuscript`` from its beginning; nothing can be undone then."""
        sound = marks.cleaned(manuscript)
        with self._changing("load"):
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            marks.insert(cursor, sound.pieces)
            cursor.endEditBlock()
        self._history.clear()
        self._waiting = [] if sound == manuscript else [Edit(0, manuscript.length, sound.pieces)]
        self.flush()
        self.go_to(0)
        self.history_changed.emit()

    def manuscript(self) -> Manuscript:
        """The page as it is now."""
        return Manuscript(self._table.pieces())

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """What stands from ``start`` up to ``end``."""
        return self._table.slice(start, end)

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The text from ``start`` up to ``end`` or the page's end."""
        pieces = self._table.slice(start, self.length if end is None else end)
        return "".join(piece.text for piece in pieces)

    @property
    def length(self) -> int:
        """Of the page, in UTF-16 units."""
        return self._table.length

    def text_before_cursor(self) -> str:
        """All text up to the cursor, or to where the selection begins."""
        return self.text(0, self.selection()[0])

    def selection(self) -> tuple[int, int]:
        """Where it begins and ends; the cursor twice if nothing is selected."""
        cursor = self.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def select(self, start: int, end: int) -> None:
        """Select from ``start`` up to ``end`` and show it."""
        cursor = self.textCursor()
        cursor.setPosition(self.between(start))
        cursor.setPosition(self.between(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def place(self) -> list[int]:
        """Cursor, the other end of the selection, and how far the page is scrolled: for a draft."""
        cursor = self.textCursor()
        return [cursor.position(), cursor.anchor(), self.verticalScrollBar().value()]

    def go_to(self, place: Sequence[int] | int) -> None:
        """Go back to what `place` gave, or to one place in the text; what lies outside is its end."""
        if isinstance(place, int):
            self.select(place, place)
            return
        at, anchor, top = (*place, 0, 0, 0)[:3]
        self.select(max(anchor, 0), max(at, 0))
        self.verticalScrollBar().setValue(top)

    def between(self, at: int) -> int:
        """``at``, within the page and never in the middle of a character."""
        at = max(0, min(at, self.length))
        return at - 1 if at and len(self.text(at - 1, at + 1)) == 1 and at < self.length else at

    def region(self, options: Collection[int]) -> tuple[int, int] | None:
        """From the first to the last character that belongs to one of ``options``; None if none does."""
        found, at = [], 0
        for piece in self._table.pieces():
            length = units(piece.text)
            if piece.option in options:
                found += [at, at + length]
            at += length
        return (found[0], found[-1]) if found else None

    # ---- changing it

    def replace(self, start: int, end: int, pieces: Sequence[Piece]) -> None:
        """Put ``pieces`` in place of what stands from ``start`` up to ``end``: one step of undo."""
        with self._changing("program"), self._history.step():
            begin, stop = self.between(start), self.between(max(start, end))
            self._put(Edit(begin, stop - begin, tuple(pieces)))

    def begin_writing(self, option: int, at: int | None = None) -> None:
        """The model begins to write as ``option``, at the cursor or ``at``. One stream at a time."""
        self.end_writing()
        self._option, self._token = option, 0
        self._history.begin_stream(self.between(self.selection()[1] if at is None else at))

    def write(self, tokens: Sequence[Token]) -> None:
        """More of the stream; nothing if none was begun or the person took it back."""
        stream = self._history.stream
        if stream is None or not tokens:
            return
        pieces = tuple(Piece(marks.clean(token.text), "model", self._option, self._token + index)
                       for index, token in enumerate(tokens))
        self._token += len(tokens)
        with self._changing("stream"):
            self._put(Edit(sum(stream), 0, pieces))

    def end_writing(self) -> None:
        """The stream is over: all of it is the newest step of undo."""
        self._history.end_stream(self._table.slice)
        self.history_changed.emit()

    @property
    def writing(self) -> tuple[int, int] | None:
        """Where the stream begins and where it writes now; None while there is none."""
        stream = self._history.stream
        return (stream[0], sum(stream)) if stream else None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._history.can_redo

    def undo(self) -> None:
        """Take the newest step back; while the model writes, that is what it wrote."""
        was_writing = self._history.stream is not None
        self._history.end_stream(self._table.slice)
        self._replay(self._history.undo())
        if was_writing:
            self.writing_undone.emit()

    def redo(self) -> None:
        """Do it again."""
        self._replay(self._history.redo())

    def flush(self) -> None:
        """Hand over now what was edited."""
        self._handing.stop()
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.edited.emit(waiting)

    # ---- how it looks

    def show_origins(self, is_shown: bool) -> None:
        """Colour and underline what the model wrote, and with dots what the person changed of it."""
        self._painter.shows_origins = is_shown
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        top = self.verticalScrollBar().value()
        self._layout.prepare(top, top + self.viewport().height())
        super().paintEvent(event)

    def _make_layout(self) -> PageLayout:
        layout = PageLayout(self.document(), look(theme.current()))
        layout.painter = self._painter
        self.document().setDocumentLayout(layout)
        self.document().setDefaultFont(layout.look.font)
        layout.shifted.connect(self._on_shifted)
        layout.documentSizeChanged.connect(self._hold_still)
        return layout

    def _on_shifted(self, below: float, by: float) -> None:
        if below < self.verticalScrollBar().value() + self._shift:
            self._shift += by

    def _hold_still(self) -> None:
        """What is looked at stays where it is when something above it grows."""
        shift, self._shift = round(self._shift), 0.0
        if shift:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + shift)

    # ---- inside

    @contextmanager
    def _changing(self, by: By) -> Iterator[None]:
        before, self._by = self._by, by
        try:
            yield
        finally:
            self._by = before

    def _put(self, edit: Edit) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(edit.at, self.length))
        cursor.setPosition(min(edit.at + edit.removed, self.length), QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        marks.insert(cursor, edit.added)
        cursor.endEditBlock()
        return cursor

    def _replay(self, edits: Sequence[Edit]) -> None:
        with self._changing("history"):
            for edit in edits:
                self.setTextCursor(self._put(edit))
        if edits:
            self.ensureCursorVisible()
        self.history_changed.emit()

    def _on_contents(self, at: int, removed: int, added: int) -> None:
        """Qt counts the end of the page in some changes; the lengths before and after tell the truth."""
        length = self.document().characterCount() - 1
        end = min(at + added, length)
        removed = self._table.length - length + end - at
        if removed < 0:
            at, end, removed = 0, length, self._table.length
        edit = Edit(at, removed, marks.read(self.document(), at, end))
        is_inside = self._by in ("hand", "program") and self._history.touches_stream(edit)
        if is_inside:  # what was written so far is a step, then this, and the rest will be another
            self._history.end_stream(self._table.slice)
        gone = self._table.replace(edit)
        if gone != edit.added:
            self._keep(Change(edit, gone))
        if is_inside:
            self._history.begin_stream(end)

    def _keep(self, change: Change) -> None:
        if self._by == "stream":
            self._history.stream_grew(change.added_units)
        elif self._by in ("hand", "program"):
            self._history.record(change, is_typing=self._by == "hand")
        if self._by != "load":
            self._waiting.append(change.edit)
            if not self._handing.isActive():
                self._handing.start()
        if self._by in ("hand", "program"):
            self.history_changed.emit()
