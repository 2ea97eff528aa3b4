"""What is settled of bars before they are made: metre, key and chords, cells and single notes that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from studio.media.tokens.grammar import Mask, State
from studio.media.tokens.vocabulary import COUNTS, FIRST, KINDS, VALUES, Kind, token

Cells = Mapping[int, tuple[int, ...]]
"""Tokens of cells by number of the track, see `sheet.BarTokens`."""
Spot = tuple[int, int, int]
"""A note of a cell: position, pitch (or drum), and the value of its LENGTH token (-1 for drums)."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One bar. ``metre``, ``key``: numbers, None for as before; ``chords``: numbers of all, or () for free;
    ``fitting``: where they are free, what each may be, an empty set for anything.

    ``given``: the tracks whose cell stays as it is, () for silence. ``held``: notes by track that must come
    among others, in order; their velocity is the model's.
    """

    metre: int | None = None
    key: int | None = None
    chords: Sequence[int] = ()
    fitting: Sequence[frozenset[int]] = ()
    given: Cells = field(default_factory=dict)
    held: Mapping[int, Sequence[Spot]] = field(default_factory=dict)

    def first(self, state: State) -> list[int]:
        """Tokens that follow the BAR at once."""
        changes = ((Kind.METRE, self.metre, state.metre), (Kind.KEY, self.key, state.key))
        found = [token(kind, value) for kind, value, now in changes if value is not None and value != now]
        return found + [token(Kind.CHORD, value) for value in self.chords]

    def narrow(self, mask: Mask, state: State, *, single: bool = False) -> None:
        """Take out of ``mask`` what would lose something that stays, or in a ``single`` track add a note to
        another."""
        if state.kind != Kind.TRACK:
            self._keep_cells(mask, state)
        held = self.held.get(state.track, ())
        if single:
            _keep_single(mask, state, held)
        if held:
            _keep_notes(mask, state, held)
        if state.slot < len(self.fitting) and self.fitting[state.slot]:
            _keep_values(mask, Kind.CHORD, self.fitting[state.slot])

    def pending(self, state: State) -> list[int]:
        """Numbers of the tracks that must still come in this bar."""
        locked = [track for track, cell in self.given.items() if cell and track > state.track]
        return locked + [track for track, spots in self.held.items() if spots and track > state.track]

    def _keep_cells(self, mask: Mask, state: State) -> None:
        """Cells that stay come in their turn, with nothing in between, and silent ones stay silent."""
        pending = self.pending(state)
        for track in self.given:
            mask[FIRST[Kind.TRACK] + track] &= track in pending
        if pending:
            mask[FIRST[Kind.TRACK] + min(pending) + 1 : FIRST[Kind.PROGRAM]] = False
            clear(mask, Kind.BAR, Kind.END)
        if state.track in self.given:  # its cell is as it was given
            clear(mask, *NOTES)


NOTES = (Kind.POSITION, Kind.VELOCITY, Kind.PITCH, Kind.DRUM)
"""What says another note of a cell."""


def spots(cell: Sequence[int]) -> list[Spot]:
    """The notes of a cell."""
    found: list[Spot] = []
    position = pitch = 0
    for number in cell:
        kind, value = Kind(KINDS[number]), int(VALUES[number])
        if kind == Kind.POSITION:
            position = value
        elif kind == Kind.PITCH:
            pitch = value
        elif kind == Kind.DRUM:
            found.append((position, value, -1))
        elif kind == Kind.LENGTH:
            found.append((position, pitch, value))
    return found


def only(mask: Mask, kind: Kind, value: int) -> None:
    """No other value of the kind."""
    kept = mask[token(kind, value)]
    clear(mask, kind)
    mask[token(kind, value)] = kept


def clear(mask: Mask, *kinds: Kind) -> None:
    """Nothing of these kinds."""
    for kind in kinds:
        mask[FIRST[kind] : FIRST[kind] + COUNTS[kind]] = False


def within(mask: Mask, state: State, low: int, high: int) -> None:
    """Pitches from ``low`` to ``high`` alone, in a cell."""
    part = mask[FIRST[Kind.PITCH] : FIRST[Kind.PITCH] + COUNTS[Kind.PITCH]]
    part[:low] = part[high + 1 :] = False
    if max(state.pitch + 1, low) > high:  # nothing could follow a new velocity
        clear(mask, Kind.VELOCITY)


def _keep_notes(mask: Mask, state: State, held: Sequence[Spot]) -> None:
    """The next note that must come is neither passed over nor left out, and has its length."""
    if state.kind == Kind.PITCH:
        lengths = [length for at, pitch, length in held if (at, pitch) == (state.position, state.pitch)]
        if lengths:
            only(mask, Kind.LENGTH, lengths[0])
        return
    after = [spot for spot in held if spot[:2] > (state.position, state.pitch)]
    if not after:
        return
    position, pitch, length = after[0]
    clear(mask, Kind.TRACK, Kind.BAR, Kind.END)
    begin = FIRST[Kind.POSITION]
    mask[begin + position + (state.position < position) : begin + COUNTS[Kind.POSITION]] = False
    if state.position == position:
        kind = Kind.DRUM if length < 0 else Kind.PITCH
        mask[FIRST[kind] + pitch + 1 : FIRST[kind] + COUNTS[kind]] = False


def _keep_single(mask: Mask, state: State, held: Sequence[Spot]) -> None:
    """One note at a time, but for those that are held together."""
    coming = [pitch for at, pitch, _ in held if at == state.position and pitch > state.pitch]
    if coming:
        begin = FIRST[Kind.PITCH]
        mask[begin : begin + coming[0]] = False
    elif state.kind == Kind.LENGTH:
        clear(mask, Kind.PITCH, Kind.VELOCITY)


def _keep_values(mask: Mask, kind: Kind, values: frozenset[int]) -> None:
    part = mask[FIRST[kind] : FIRST[kind] + COUNTS[kind]]
    part &= np.isin(np.arange(COUNTS[kind]), list(values))
