"""The menu of a page, and what goes to the clipboard from it: text, and whose it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from studio.core.errors import StudioError
from studio.core.manuscript import Manuscript, Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.panels.write.view_editor import Editor

_PIECES = "application/x-atelier-pieces"
_KEYS = QKeySequence.StandardKey
translate = QCoreApplication.translate


def page_menu(editor: Editor) -> QMenu:
    """Undo, clipboard, find; made anew each time, as it depends on what is selected."""
    menu = QMenu(editor)
    menu.setObjectName("write.menu")

    def add(text: str, do: Callable[[], object], keys: QKeySequence.StandardKey, is_on: bool) -> None:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setEnabled(is_on)
        action.triggered.connect(lambda: do())

    has, writes = editor.textCursor().hasSelection(), not editor.isReadOnly()
    add(translate("PageMenu", "Undo"), editor.undo, _KEYS.Undo, editor.can_undo)
    add(translate("PageMenu", "Redo"), editor.redo, _KEYS.Redo, editor.can_redo)
    menu.addSeparator()
    add(translate("PageMenu", "Cut"), editor.cut, _KEYS.Cut, has and writes)
    add(translate("PageMenu", "Copy"), editor.copy, _KEYS.Copy, has)
    add(translate("PageMenu", "Paste"), editor.paste, _KEYS.Paste, writes and editor.canPaste())
    add(translate("PageMenu", "Select all"), editor.selectAll, _KEYS.SelectAll, editor.length > 0)
    menu.addSeparator()
    add(translate("PageMenu", "Find…"), editor.open_find, _KEYS.Find, editor.length > 0)
    return menu


def mime_of(pieces: tuple[Piece, ...]) -> QMimeData:
    """``pieces`` for the clipboard."""
    mime = QMimeData()
    mime.setText("".join(piece.text for piece in pieces))
    mime.setData(_PIECES, json.dumps(Manuscript(pieces).to_json()).encode())
    return mime


def pieces_of(mime: QMimeData) -> tuple[Piece, ...]:
    """What the clipboard holds: as it was copied from a page, or as a text of the person."""
    if mime.hasFormat(_PIECES):
        try:
            return Manuscript.from_json(json.loads(bytes(mime.data(_PIECES).data()))).pieces
        except (ValueError, StudioError):
            pass  # another program's; the text is there as well
    return (Piece(mime.text()),) if mime.text() else ()
