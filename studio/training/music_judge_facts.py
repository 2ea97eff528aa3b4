"""What is counted of pieces on a shelf, generated ones or real: notes in their key, how dense bars are, which
degrees and lengths come how often, and which two bars are the same as two bars of another shelf."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.media.tokens.vocabulary import KINDS, LENGTHS, METRES, NO_KEY, TRACKS, VALUES, Kind, bar_steps
from studio.training.music_corpus import Shelf

Reals = NDArray[np.float64]
Numbers = NDArray[np.int64]
SCALES = np.zeros((2, 12), np.bool_)
"""(major or minor, degree above the tonic): what belongs to a key. In minor the raised sixth and seventh do
too, as in the melodic and the harmonic scale."""
SCALES[0, [0, 2, 4, 5, 7, 9, 11]] = True
SCALES[1, [0, 2, 3, 5, 7, 8, 9, 10, 11]] = True
NATURAL = SCALES.copy()
"""The same without the raised degrees."""
NATURAL[1, [9, 11]] = False
_DENSE = (0.5, 0.8, 1.1, 1.5, 2.0, 2.7, 3.6)
"""Edges of density, see `mood.density`."""
_FEW = 4
"""Two bars with fewer notes than this are the same in very many pieces: a chord that is held, a last note."""


@dataclass(frozen=True)
class Notes:
    """All notes of a shelf, one entry each: number of its bar, of its track, position in steps, pitch, length
    in steps (0 for drums), and whether it is one of the drums."""

    bar: Numbers
    track: Numbers
    position: Numbers
    pitch: Numbers
    length: Numbers
    drum: NDArray[np.bool_]


def notes_of(shelf: Shelf) -> Notes:
    """Read from its cells."""
    kinds, values = KINDS[shelf.cells], VALUES[shelf.cells].astype(np.int64)
    places = np.arange(len(kinds))
    at = np.flatnonzero((kinds == Kind.PITCH) | (kinds == Kind.DRUM))
    said = np.maximum.accumulate(np.where(kinds == Kind.POSITION, places, 0))
    drum = kinds[at] == Kind.DRUM
    lengths = np.array(LENGTHS)[values[np.minimum(at + 1, max(0, len(kinds) - 1))] % len(LENGTHS)]
    cell = np.searchsorted(shelf.cell_at, at, "right") - 1
    bar = np.searchsorted(shelf.bar_at, cell, "right") - 1
    return Notes(bar, shelf.cell_track[cell].astype(np.int64), values[said[at]], values[at],
                 np.where(drum, 0, lengths), drum)


def styles_of(shelf: Shelf) -> Numbers:
    """(bars,) the style of the piece that each bar is of."""
    return np.repeat(shelf.style.astype(np.int64), np.diff(shelf.piece_at))


@dataclass(frozen=True)
class Tally:
    """Counts of one style. ``in_key`` and ``natural`` are shares of its ``pitched`` notes; ``degrees`` (mode,
    12), ``dense`` (8) and ``lengths`` (68) are how often each comes."""

    bars: int
    notes: int
    pitched: int
    in_key: float
    natural: float
    degrees: Reals
    dense: Reals
    lengths: Reals


def tally(shelf: Shelf, notes: Notes, style: int | None = None) -> Tally:
    """Of one style, or of all."""
    own = np.ones(len(shelf.metre), np.bool_) if style is None else styles_of(shelf) == style
    here = own[notes.bar]
    key = shelf.key[notes.bar].astype(np.int64)
    pitched = here & ~notes.drum & (key < NO_KEY)
    mode, degree = key[pitched] // 12, (notes.pitch[pitched] - key[pitched]) % 12
    degrees = np.zeros((2, 12))
    np.add.at(degrees, (mode, degree), 1)
    table = shelf.table[own].astype(np.float64)
    rate = table[:, 1] / np.maximum(table[:, 0], 1e-9)
    lengths = np.searchsorted(LENGTHS, notes.length[here & ~notes.drum])
    in_key, natural = (float(scale[mode, degree].mean()) if pitched.any() else float("nan")
                       for scale in (SCALES, NATURAL))
    dense = np.bincount(np.searchsorted(_DENSE, rate), minlength=len(_DENSE) + 1).astype(float)
    return Tally(int(own.sum()), int(here.sum()), int(pitched.sum()), in_key, natural, degrees, dense,
                 np.bincount(lengths, minlength=len(LENGTHS)).astype(float))


def apart(first: Reals, second: Reals) -> float:
    """Total variation of two counts, 0 (alike) to 1 (nothing in common): the share of one that would have to
    move to make the other. NaN where there is nothing to compare."""
    if not first.sum() or not second.sum():
        return float("nan")
    return float(np.abs(first / first.sum() - second / second.sum()).sum() / 2)


def degrees_apart(first: Tally, second: Tally) -> float:
    """`apart` for degrees above the tonic, major with major and minor with minor, weighted as the first has
    them: which mode was asked for shall not count."""
    found = [(float(first.degrees[mode].sum()), apart(first.degrees[mode], second.degrees[mode]))
             for mode in (0, 1)]
    known = [(weight, value) for weight, value in found if not np.isnan(value)]
    total = sum(weight for weight, _ in known)
    return sum(weight * value for weight, value in known) / total if total else float("nan")


@dataclass(frozen=True)
class Signs:
    """Numbers that two neighbouring bars have in common with others exactly if they have the same notes at
    the same places, in any key; ``style`` of each."""

    numbers: NDArray[np.uint64]
    style: Numbers


def signs(shelf: Shelf, notes: Notes, *, by_track: bool = False) -> Signs:
    """Of all two neighbouring bars with four notes or more: pitches (above the lowest of them; drums as they
    are), places and lengths, and the metres. ``by_track``: of every track by itself."""
    group = notes.bar * TRACKS + notes.track if by_track else notes.bar
    step = TRACKS if by_track else 1
    count = len(shelf.metre) * step
    lowest = np.full(count + step, 255)
    np.minimum.at(lowest, group[~notes.drum], notes.pitch[~notes.drum])
    base = np.minimum(lowest[:-step], lowest[step:])
    sizes = np.bincount(group, minlength=count + step)
    mixed = (_summed(notes, group, base[group], count + step, 1)[:-step]
             + _summed(notes, group, base[np.maximum(group - step, 0)], count + step, 2)[step:])
    bar = np.arange(count) // step
    steps = np.array([bar_steps(metre) for metre in range(len(METRES))], np.uint64)[shelf.metre]
    after = np.append(steps[1:], np.uint64(0))
    mixed += _hash(steps * np.uint64(1024) + after)[bar]
    piece = np.repeat(np.arange(len(shelf)), np.diff(shelf.piece_at))
    within = np.append(piece[1:] == piece[:-1], False)[bar]
    kept = within & (sizes[:-step] > 0) & (sizes[step:] > 0) & (sizes[:-step] + sizes[step:] >= _FEW)
    return Signs(mixed[kept], styles_of(shelf)[bar][kept])


def repeats(own: Signs, known: Signs, style: int | None = None) -> tuple[int, int]:
    """How many of the first are among the second, and how many there are."""
    some = own.numbers if style is None else own.numbers[own.style == style]
    return int(np.isin(some, known.numbers).sum()), len(some)


def _summed(notes: Notes, group: Numbers, base: Numbers, count: int, which: int) -> NDArray[np.uint64]:
    """By group, in any order: a sum of numbers of its notes, their pitch counted from ``base``."""
    pitch = np.where(notes.drum, notes.pitch + 512, notes.pitch - base)
    said = ((pitch * 1024 + notes.position) * 1024 + notes.length) * 4 + which
    found = np.zeros(count, np.uint64)
    np.add.at(found, group, _hash(said.astype(np.uint64)))
    return found


def _hash(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64 (Steele et al. 2014)."""
    mixed: NDArray[np.uint64] = values + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
