"""What the network reads: windows of bars, transposed, tracks in any order, sometimes with a gap to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.media.tokens.sheet import BarTokens, Sheet, tokens_of
from studio.media.tokens.vocabulary import KINDS, STYLES, Kind, Tokens, token, transpositions
from studio.training.music_corpus import Shelf

SHARES: Mapping[str, float] = {
    "irish": 0.09, "hymn": 0.09, "song": 0.14, "quartet": 0.13, "piano": 0.19, "guitar": 0.06, "march": 0.07,
    "rock": 0.06, "drums": 0.08, "other": 0.09,
}  # fmt: skip
"""Of the windows. Styles of which there is little are read more often, up to some six times."""
_LOWEST, _HIGHEST = -6, 5
_FROM_START, _WITH_GAP, _SHUFFLED = 0.35, 0.25, 0.4
_TABLE = transpositions()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a window is made: from which bar on, how many semitones higher, with its tracks in which order; the
    bars from ``gap`` on come first, as those behind a gap."""

    first: int
    by: int = 0
    order: tuple[int, ...] = ()
    gap: int | None = None


class Windows:
    """Windows of a shelf by number: the same number always gives the same one, so that a training that goes
    on needs to remember nothing else."""

    def __init__(self, shelf: Shelf, shares: Mapping[str, float] = SHARES) -> None:
        self.shelf = shelf
        own = [np.flatnonzero(shelf.style == number) for number in range(len(STYLES))]
        self._pieces = {number: pieces for number, pieces in enumerate(own) if len(pieces)}
        self._sizes = {number: np.cumsum([int(shelf.bar_tokens(p).sum()) for p in pieces.tolist()])
                       for number, pieces in self._pieces.items()}
        shared = np.array([shares[STYLES[number]] for number in self._pieces])
        self._odds = shared / shared.sum()

    def rows(self, first: int, count: int, length: int) -> NDArray[np.int64]:
        """(count, length) tokens of the rows from number ``first`` on."""
        return np.stack([self.row(number, length) for number in range(first, first + count)])

    def row(self, number: int, length: int) -> NDArray[np.int64]:
        """One window or, where pieces are short, several, the last of which is cut off."""
        chance = np.random.default_rng([7, number])
        found = np.zeros(0, np.int64)
        while len(found) < length:
            found = np.append(found, self._window(chance, length).astype(np.int64))
        return found[:length]

    def _window(self, chance: np.random.Generator, length: int) -> Tokens:
        style = int(chance.choice(list(self._pieces), p=self._odds))
        sizes = self._sizes[style]
        piece = int(self._pieces[style][np.searchsorted(sizes, chance.integers(sizes[-1]), "right")])
        return made(self.shelf, piece, self._manner(piece, length, chance), length)

    def _manner(self, piece: int, length: int, chance: np.random.Generator) -> Manner:
        bars = self.shelf.bars(piece)
        first = 0 if chance.random() < _FROM_START else int(chance.integers(bars))
        last = fitting(self.shelf, piece, first, length)
        gap = None
        if last - first > 4 and chance.random() < _WITH_GAP:
            gap = int(chance.integers(first + 2, last - 1))
        tracks = int((self.shelf.programs[piece] >= 0).sum())
        shuffled = chance.random() < _SHUFFLED
        order = tuple(chance.permutation(tracks).tolist()) if shuffled else tuple(range(tracks))
        return Manner(first, int(chance.integers(_LOWEST, _HIGHEST + 1)), order, gap)


def made(shelf: Shelf, piece: int, manner: Manner, length: int) -> Tokens:
    """The tokens of a window of a piece, ``length`` at most."""
    bars, first = shelf.bars(piece), manner.first
    last = fitting(shelf, piece, first, length) - (manner.gap is not None)
    heading = shelf.heading(piece, first, last)
    order = manner.order or tuple(range(len(heading.programs)))
    heading = replace(heading, programs=tuple(heading.programs[n] for n in order))
    found = tuple(reordered(bar, order) for bar in shelf.window(piece, first, last))
    if manner.gap is not None:
        before = manner.gap - first
        sheet = Sheet(heading, found[:before], found[before:], midway=first > 0)
        tokens = tokens_of(sheet, after_left=bars - manner.gap)
    else:
        tokens = tokens_of(Sheet(heading, found, midway=first > 0), left=bars - first)
    moved: Tokens = _TABLE[12 + manner.by][tokens[:length]]
    return moved


def fitting(shelf: Shelf, piece: int, first: int, length: int) -> int:
    """The bar before which a window of ``length`` tokens that begins with ``first`` is full; the last bar may
    stick out."""
    room = length - 10 - 2 * int((shelf.programs[piece] >= 0).sum())
    sums = np.cumsum(shelf.bar_tokens(piece)[first:])
    return first + min(len(sums), int(np.searchsorted(sums, room)) + 1)


def reordered(bar: BarTokens, order: tuple[int, ...]) -> BarTokens:
    """The bar with track ``order[n]`` as track n."""
    return replace(bar, cells={n: bar.cells[track] for n, track in enumerate(order) if track in bar.cells})


NOTES = np.array([token(Kind.PITCH, value) for value in range(128)] + [
    token(Kind.DRUM, value) for value in range(128)])
"""Tokens that begin a note."""


def is_body(tokens: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Of rows of tokens (.., T), which are counted when a network is measured: those that say bars."""
    places = np.arange(tokens.shape[-1])
    marks = np.isin(KINDS[tokens], (Kind.STYLE, Kind.AFTER, Kind.START))
    last = np.maximum.accumulate(np.where(marks, places, 0), axis=-1)
    body: NDArray[np.bool_] = (np.take_along_axis(KINDS[tokens], last, -1) != Kind.STYLE) & ~marks
    return body


_kept: list[Windows] = []


def keep(windows: Windows) -> None:
    """What `kept_rows` reads in this process."""
    _kept[:] = [windows]


def kept_rows(first: int, count: int, length: int) -> NDArray[np.int64]:
    """`Windows.rows` of those that were kept here."""
    return _kept[0].rows(first, count, length)
