"""Looks out for texts that end the writing or must never be written, holding back what could become one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.core.text import Token


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with the token it ends with."""

    token: Token
    id: int
    is_whole: bool
    """Whether that token is all of it; else it took several to make a character."""

    def cut(self, length: int) -> Piece:
        """Only its first ``length`` characters."""
        return replace(self, token=replace(self.token, text=self.token.text[:length]), is_whole=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do after a piece."""

    released: tuple[Piece, ...] = ()
    """Pieces that are safe to show now."""
    ended: bool = False
    """A stop text came; it is left out."""
    banned: Piece | None = None
    """The piece with which a banned text began: this piece must be another one. It is not released."""


class Watch:
    """Remembers the pieces that may still turn out to begin a stop or banned text."""

    def __init__(self, stop: Sequence[str], banned: Sequence[str]) -> None:
        self._stops = [re.compile(re.escape(text)) for text in stop if text]
        self._bans = [re.compile(re.escape(text), re.IGNORECASE) for text in banned if text]
        self._starts = [_starts(text, 0) for text in stop if text]
        self._starts += [_starts(text, re.IGNORECASE) for text in banned if text]
        self._held: list[Piece] = []

    def add(self, piece: Piece) -> Verdict:
        """What ``piece`` changes."""
        if not self._starts:
            return Verdict((piece,))
        self._held.append(piece)
        tail = "".join(held.token.text for held in self._held)
        stop, ban = _first(self._stops, tail), _first(self._bans, tail)
        if stop is not None and (ban is None or stop <= ban):
            released, self._held = self._give(stop, partly=True), []
            return Verdict(released, ended=True)
        if ban is not None:
            released = self._give(ban)
            culprit, self._held = self._held[0], []
            return Verdict(released, banned=culprit)
        return Verdict(self._give(min((at for start in self._starts
                                       if (at := _open(start, tail)) is not None), default=len(tail))))

    def rest(self) -> tuple[Piece, ...]:
        """What is still held when the writing is over: nothing came of it."""
        held, self._held = tuple(self._held), []
        return held

    def _give(self, until: int, *, partly: bool = False) -> tuple[Piece, ...]:
        """The held pieces that end by character ``until``; ``partly`` cuts the one that goes beyond."""
        given: list[Piece] = []
        at = 0
        while self._held and at + len(self._held[0].token.text) <= until:
            given.append(self._held.pop(0))
            at += len(given[-1].token.text)
        if partly and self._held and until > at:
            given.append(self._held[0].cut(until - at))
        return tuple(given)


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> int | None:
    return min((found.start() for pattern in patterns if (found := pattern.search(text))), default=None)


def _starts(text: str, flags: int) -> list[re.Pattern[str]]:
    """Patterns for every beginning of ``text``, longest first, at the end of what was written."""
    return [re.compile(re.escape(text[:length]) + r"\Z", flags) for length in range(len(text) - 1, 0, -1)]


def _open(starts: Sequence[re.Pattern[str]], tail: str) -> int | None:
    """Where a text that is not complete yet may begin in ``tail``."""
    return next((found.start() for pattern in starts if (found := pattern.search(tail))), None)
