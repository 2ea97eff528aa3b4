"""The talk about the page: questions go to the model with what it may read, answers to the sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from studio.core.jobs import Request
from studio.core.text import Token
from studio.panels.write.context import tail
from studio.panels.write.view_chat import ChatSheet
from studio.panels.write.view_column import WriteColumn
from studio.panels.write.view_page import WritePage


class Talking(QObject):
    """One question at a time."""

    wanted = Signal(object)
    """What to do once the model is free."""
    sent = Signal(object)
    """Request"""

    def __init__(self, page: WritePage, settings: WriteColumn, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._settings = page, settings
        self._request: Request | None = None
        self.sheet = ChatSheet()
        page.side.addWidget(self.sheet)
        self.sheet.asked.connect(lambda talk: self.wanted.emit(lambda: self._ask(talk)))
        page.line.chat.toggled.connect(self._show)
        self.sheet.closed.connect(lambda: page.line.chat.setChecked(False))

    def take_words(self, request: Request, tokens: Sequence[Token]) -> bool:
        """More of an answer; False if ``request`` is no question of this talk."""
        if request == self._request:
            self.sheet.add("".join(token.text for token in tokens))
        return request == self._request

    def end(self, request: Request, asset: str) -> bool:
        """``request`` is over."""
        if request != self._request:
            return False
        self._request = None
        self.sheet.end()
        return True

    def _ask(self, talk: str) -> None:
        editor, reads = self._page.editor, self.sheet.reads.isChecked()
        start, end = editor.selection()
        told = {"do": "chat", "talk": talk, "passage": editor.text(start, end) if reads else "",
                "prompt": editor.text(tail(editor.length, self._settings.context())) if reads else ""}
        self._request = self._settings.request(told)
        self.sent.emit(self._request)

    def _show(self, is_shown: bool) -> None:
        if is_shown:
            self._page.show_sheet(self.sheet)
            self.sheet.line.setFocus()
        elif self._page.sheet() is self.sheet:
            self._page.show_sheet(None)
            self._page.editor.setFocus()
