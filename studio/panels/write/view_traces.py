"""What the model considered for each word of the page: from the stream while it writes, from assets later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from studio.core.errors import StudioError
from studio.core.pieces import Piece
from studio.core.text import Token
from studio.panels.write import trace
from studio.panels.write.forks import Forks, Option, trace_of
from studio.ui.panel_view import PanelServices
from studio.ui.widgets.background import in_background

_MOST = 200
"""Traces of alternatives held at once."""
Then = Callable[[tuple[Token, ...]], None]


class Traces(QObject):
    """Answers with the tokens of an alternative, at once where they are known."""

    def __init__(self, services: PanelServices, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._known: dict[int, list[Token]] = {}

    def forget(self) -> None:
        """Another page."""
        self._known.clear()

    def add(self, option: int, tokens: Sequence[Token]) -> None:
        """The model has just written ``tokens`` for ``option``, in order."""
        self._known.setdefault(option, []).extend(tokens)
        self._shrink()

    def ask(self, forks: Forks, option: int, then: Then) -> None:
        """``then(tokens)`` for ``option``, none where nothing is known of it."""
        found = forks.options.get(option)
        if option in self._known:
            then(tuple(self._known[option]))
        elif found is None or not found.asset:
            then(())
        else:
            self._services.find_asset(found.asset, partial(self._on_asset, found, then))

    def _on_asset(self, option: Option, then: Then, asset: Any) -> None:
        packed = asset.facts.get("trace", "") if asset is not None else ""
        if not isinstance(packed, str) or not packed:
            then(())
            return
        in_background(self, partial(_unpacked, packed), partial(self._on_tokens, option, then))

    def _on_tokens(self, option: Option, then: Then, tokens: tuple[Token, ...]) -> None:
        if tokens:
            self._known[option.id] = list(trace_of(option, tokens))
            self._shrink()
        then(tuple(self._known.get(option.id, ())))

    def _shrink(self) -> None:
        for old in list(self._known)[:-_MOST]:
            del self._known[old]


def pieces_of(option: int, tokens: Sequence[Token]) -> tuple[Piece, ...]:
    """``tokens`` as they stood on the page when they had just been written."""
    return tuple(Piece(token.text, "model", option, place) for place, token in enumerate(tokens))


def _unpacked(packed: str) -> tuple[Token, ...]:
    try:
        return trace.unpack(packed)
    except StudioError:  # a lost trace costs the odds of these words and nothing else
        return ()
