"""The page one writes on. Knows where each word came from, keeps undo of its own, and lets a model write
at one place while the person types at another.

Places are UTF-16 units, as Qt counts them and as `studio.core.manuscript` does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from studio.core.manuscript import Edit, Manuscript, Piece, units
from studio.core.piece_table import PieceTable, trimmed
from studio.core.text import Token
from studio.panels.write import view_editor_menu as menus
from studio.panels.write import view_editor_text as marks
from studio.panels.write.history import Change, History
from studio.panels.write.touch import Fix, fixes
from studio.panels.write.view_editor_facts import Outline, PageFacts
from studio.panels.write.view_editor_find import FindBar
from studio.panels.write.view_editor_focus import Focus
from studio.panels.write.view_editor_paint import PagePainter
from studio.panels.write.view_editor_pointer import Pointer
from studio.panels.write.view_editor_room import Room

_HAND_OVER_MS = 250
"""Edits wait this long, so that fast typing is handed over in one piece."""
_WORD = 64
"""Units around an edit that are looked at for the rest of a word."""
_CTRL_Y = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
By = Literal["hand", "program", "stream", "history", "settling", "load"]


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
    """Option and token of a word of the model that was clicked without moving."""
    counted = Signal(int)
    """Words of the page, a moment after their number changed."""
    menu_wanted = Signal(QMenu)
    """The menu of the page is about to be shown: more can be added to it."""

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.setObjectName("write.page")
        self.setAccessibleName(self.tr("The page"))
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)  # prose has no tabs, and the keyboard has to get out
        self._table, self._history = PieceTable(), History(clock)
        self._by: By = "hand"
        self._waiting: list[Edit] = []
        self._by_hand: list[Change] = []
        self._option, self._token = 0, 0
        self._chosen = (0, 0)
        self._handing = QTimer(self, singleShot=True, interval=_HAND_OVER_MS)
        self._handing.timeout.connect(self.flush)
        self.ink = PagePainter()
        """What is drawn besides the text."""
        self.room = Room(self, self.ink)
        self.pointer, self._focus = Pointer(self), Focus(self)
        self._facts = PageFacts(self.document())
        self._facts.counted.connect(self.counted)
        self.find_bar = FindBar(self)
        self.document().contentsChange.connect(self._on_contents)
        self.textChanged.connect(self._settle)
        self.cursorPositionChanged.connect(self._on_place)
        self.selectionChanged.connect(self._on_selection)

    # ---- the page

    def set_manuscript(self, manuscript: Manuscript) -> None:
        """Show ``manuscript`` from its beginning; nothing can be undone then."""
        self.end_writing()
        sound = marks.cleaned(manuscript)
        self._table = PieceTable(sound.pieces)
        with self._changing("load"):
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            marks.insert(cursor, sound.pieces)
            cursor.endEditBlock()
        if self.document().characterCount() - 1 != self._table.length:  # Qt would not take all of it
            self._table = PieceTable(marks.read(self.document(), 0, self.document().characterCount() - 1))
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
        return [cursor.position(), cursor.anchor(), *self.room.place()]

    def go_to(self, place: Sequence[int] | int) -> None:
        """Go back to what `place` gave, or to one place in the text; what lies outside is its end."""
        if isinstance(place, int):
            self.select(place, place)
            return
        at, anchor, top, below = (*place, 0, 0, 0, 0)[:4]
        with self._changing("program"):
            self.select(anchor, at)
        self.room.go_to(top, below)

    def between(self, at: int) -> int:
        """``at``, within the page and never in the middle of a character."""
        at = max(0, min(at, self.length))
        return at - 1 if at and len(self.text(at - 1, at + 1)) == 1 and at < self.length else at

    def region(self, options: Collection[int]) -> tuple[int, int] | None:
        """From the first to the last character that belongs to one of ``options``; None if none does."""
        return self._table.region(options)

    def spans(self) -> dict[int, tuple[int, int]]:
        """For every option on the page, from its first character to its last."""
        return self._table.spans()

    @property
    def outline(self) -> Outline:
        """The headings of the page, for a list view."""
        return self._facts.outline

    @property
    def words(self) -> int:
        """Words of the page, as far as they are counted; see `counted`."""
        return self._facts.words

    def selected_words(self) -> int:
        """Words of the selection; quick, whatever is selected."""
        return self._facts.words_between(*self.selection())

    # ---- changing it

    def replace(self, start: int, end: int, pieces: Sequence[Piece]) -> None:
        """Put ``pieces`` in place of what stands from ``start`` up to ``end``: one step of undo."""
        begin, stop = self.between(start), self.between(max(start, end))
        self.replace_each([Edit(begin, stop - begin, tuple(pieces))])

    def replace_each(self, edits: Sequence[Edit]) -> None:
        """Make ``edits``, whose places are all those of the page as it is now: one step of undo."""
        with self._changing("program"), self._history.step():
            self._put(edits)

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
        with self.room.following(sum(stream)), self._changing("stream"):
            self._put([Edit(sum(stream), 0, pieces)])

    def end_writing(self) -> None:
        """The stream is over: all of it is the newest step of undo."""
        if self._history.stream is not None:
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
        return self._history.can_undo and not self.isReadOnly()

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._history.can_redo and not self.isReadOnly()

    def undo(self) -> None:
        """Take the newest step back; while the model writes, that is what it wrote."""
        if self.isReadOnly():
            return
        was_writing = self._history.stream is not None
        self._history.end_stream(self._table.slice)
        self._replay(self._history.undo())
        if was_writing:
            self.writing_undone.emit()

    def redo(self) -> None:
        """Do it again."""
        if not self.isReadOnly():
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
        self.ink.shows_origins = is_shown
        self.viewport().update()

    def set_focus_mode(self, is_on: bool) -> None:
        """Dim all but the paragraph one writes, and keep its line at the same height."""
        self._focus.set_on(is_on)

    @property
    def is_focused(self) -> bool:
        """Whether `set_focus_mode` is on."""
        return self._focus.is_on

    def open_find(self, *, with_replace: bool = False) -> None:
        """Open the bar for finding, with what is selected in it."""
        self.find_bar.open_bar(with_replace=with_replace and not self.isReadOnly())

    # ---- what Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        self.room.prepare()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.room.fit()
        self.find_bar.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        do = self._of_keys(event)
        if do is not None:
            do()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) \
                and self._of_keys(event) is not None:
            event.accept()  # while one writes, undo is the page's, not the project's
            return True
        return super().event(event)

    def _of_keys(self, event: QKeyEvent) -> Callable[[], None] | None:
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo):
            return self.undo
        is_redo = event.matches(keys.Redo) or event.keyCombination() == _CTRL_Y
        return self.redo if is_redo else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = menus.page_menu(self)
        self.menu_wanted.emit(menu)
        menu.exec(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        return menus.mime_of(self.pieces(*self.selection()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        pieces = marks.cleaned(Manuscript(menus.pieces_of(source))).pieces
        if pieces and not self.isReadOnly():
            self.replace(*self.selection(), self._untangled(pieces, self.selection()))
            self.ensureCursorVisible()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        pieces = marks.cleaned(Manuscript(menus.pieces_of(event.mimeData()))).pieces
        at, (start, end) = self.cursorForPosition(event.position().toPoint()).position(), self.selection()
        moves = event.source() in (self, self.viewport()) and event.dropAction() == Qt.DropAction.MoveAction
        super().dragLeaveEvent(QDragLeaveEvent())  # takes the mark of the place away
        event.acceptProposedAction()
        if self.isReadOnly() or not pieces or (moves and start <= at <= end):
            return
        pieces = self._untangled(pieces, (start, end) if moves else (at, at))
        edits = [Edit(at, 0, pieces), *([Edit(start, end - start)] if moves else [])]
        self.replace_each(sorted(edits, key=lambda edit: edit.at))
        begin = at - (end - start) if moves and start < at else at
        self.select(begin, begin + sum(units(piece.text) for piece in pieces))

    # ---- inside

    def _untangled(self, pieces: Sequence[Piece], goes: tuple[int, int]) -> tuple[Piece, ...]:
        """``pieces`` without their alternatives, where these stand on the page outside of what ``goes``: an
        alternative is in one place, so that another can take it."""
        torn = {option for option, (start, end) in self.spans().items() if start < goes[0] or end > goes[1]}
        return tuple(Piece(piece.text, piece.origin) if piece.option in torn else piece for piece in pieces)

    @contextmanager
    def _changing(self, by: By) -> Iterator[None]:
        before, self._by = self._by, by
        try:
            yield
        finally:
            self._by = before

    def _put(self, edits: Sequence[Edit]) -> QTextCursor:
        """Make ``edits``, each at its place before all of them; the pieces change before the document, so
        that all who hear of the change find both changed."""
        whole = [Edit(min(edit.at, self.length), max(min(edit.removed, self.length - edit.at), 0), edit.added)
                 for edit in reversed(edits)]
        for edit in whole:
            self._know(edit)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for edit in whole:
            cursor.setPosition(edit.at)
            cursor.setPosition(edit.at + edit.removed, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            marks.insert(cursor, edit.added)
        cursor.endEditBlock()
        return cursor

    def _know(self, edit: Edit) -> None:
        """Change the pieces, and keep how to change them back."""
        is_inside = self._by in ("hand", "program") and self._history.touches_stream(edit)
        if is_inside:  # what was written so far is a step, then this, and the rest will be another
            self._history.end_stream(self._table.slice)
        gone = self._table.replace(edit)
        if gone != edit.added:
            self._keep(Change(edit, gone))
        if is_inside:
            self._history.begin_stream(edit.at + sum(units(piece.text) for piece in edit.added))

    def _replay(self, edits: Sequence[Edit]) -> None:
        with self._changing("history"):
            for edit in edits:
                self.setTextCursor(self._put([edit]))
        if edits:
            self.ensureCursorVisible()
        self.history_changed.emit()

    def _on_contents(self, at: int, removed: int, added: int) -> None:
        """What the person did. Qt counts the end of the page in some changes, and what stands between two of
        them; the lengths and the letters before and after tell the truth."""
        if self._by != "hand":
            return
        length = self.document().characterCount() - 1
        end = min(at + added, length)
        removed = self._table.length - length + end - at
        if removed < 0:
            at, end, removed = 0, length, self._table.length
        edit = Edit(at, removed, marks.read(self.document(), at, end))
        if (at, at + removed) != self._chosen:
            edit = trimmed(edit, self._table.slice(at, at + removed))
        if edit.removed or edit.added:
            self._know(edit)

    def _keep(self, change: Change) -> None:
        if self._by == "stream":
            self._history.stream_grew(change.added_units)
        elif self._by == "settling":
            self._history.join(change)
        elif self._by in ("hand", "program"):
            self._history.record(change, is_typing=self._by == "hand")
            self.history_changed.emit()
        if self._by == "hand":
            self._by_hand.append(change)
        if self._by != "load":
            self._waiting.append(change.edit)
            if not self._handing.isActive():
                self._handing.start()

    def _settle(self) -> None:
        """Put right whose the words are that the person has just changed."""
        changes, self._by_hand = self._by_hand, []
        for change in changes:
            at, end = change.edit.at, change.edit.at + change.added_units
            first = self.document().findBlock(at)
            last = self.document().findBlock(end)
            before = self._table.slice(max(first.position(), at - _WORD), at)
            after = self._table.slice(end, min(last.position() + last.length() - 1, end + _WORD))
            with self._changing("settling"):
                for fix in list(fixes(before, change.removed, change.edit.added, after, at)):
                    self._mark(fix)

    def _mark(self, fix: Fix) -> None:
        text = self.text(fix.start, fix.end)
        self._know(Edit(fix.start, fix.end - fix.start, (Piece(text, fix.origin, fix.option, fix.token),)))
        cursor = QTextCursor(self.document())
        cursor.setPosition(fix.start)
        cursor.setPosition(fix.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(marks.format_of(fix.origin, fix.option))

    def _on_selection(self) -> None:
        self._chosen = self.selection()

    def _on_place(self) -> None:
        cursor = self.textCursor()
        if not cursor.hasSelection() and cursor.charFormat().propertyCount():
            self.setCurrentCharFormat(marks.format_of())  # what is typed is the person's
        if self._by in ("hand", "history") and not self.pointer.is_pressed:
            self.room.keep_margin()
        self.place_changed.emit()
