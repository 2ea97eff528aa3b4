"""Shows what the model considered for the word under the pointer or at the cursor; hears what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from studio.core.pieces import Piece, units
from studio.core.text import Token
from studio.panels.write.view_page import WritePage
from studio.panels.write.view_writing import Scribe

_SOON_MS = 300
"""The pointer rests this long on a word before its odds are shown."""


class Pondering(QObject):
    """Between page, traces and popup."""

    chosen = Signal(int, int, object)
    """Option and token that make way, and the Token that comes instead."""

    def __init__(self, page: WritePage, scribe: Scribe) -> None:
        super().__init__(page)
        self._page, self._scribe = page, scribe
        self._word = (0, -1)
        self._at = QPoint()
        self._token: Token | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(lambda: self._ask(takes_focus=False))
        page.editor.word_hovered.connect(self._on_hover)
        page.odds.chosen.connect(self._on_chosen)
        page.odds.closed.connect(page.editor.setFocus)
        page.editor.verticalScrollBar().valueChanged.connect(page.odds.hide)

    def ask_at_cursor(self) -> bool:
        """For the word at the cursor, to be chosen from by keyboard; False if the model did not write it."""
        editor = self._page.editor
        at = editor.selection()[1]
        found = _model_piece(editor.pieces(max(0, at - 1), at + 1))
        if found is None:
            return False
        self._word, self._at = (found.option, found.token), self._page.below(at)
        self._ask(takes_focus=True)
        return True

    def _on_hover(self, option: int, token: int, at: QPoint) -> None:
        if not option or token < 0:
            self._soon.stop()
            self._page.odds.leave_soon()
            return
        self._word, self._at = (option, token), self._page.editor.mapTo(self._page, at)
        self._soon.start()

    def _ask(self, *, takes_focus: bool) -> None:
        show = partial(self._show, self._word, takes_focus)
        self._scribe.traces.ask(self._scribe.forks, self._word[0], show)

    def _show(self, word: tuple[int, int], takes_focus: bool, tokens: Sequence[Token]) -> None:
        if word == self._word and 0 <= word[1] < len(tokens):
            self._token = tokens[word[1]]
            self._page.odds.show_odds(self._token, self._at, takes_focus=takes_focus)

    def _on_chosen(self, text: str, share: float) -> None:
        if self._token is not None:
            lead = Token(text, share, self._token.others)
            self.chosen.emit(*self._word, lead)


def _model_piece(pieces: Sequence[Piece]) -> Piece | None:
    """The word of the model at a place, given what stands around it: the one behind it first."""
    ordered = sorted(pieces, key=lambda piece: -units(piece.text))
    return next((piece for piece in ordered if piece.option and piece.token >= 0), None)
