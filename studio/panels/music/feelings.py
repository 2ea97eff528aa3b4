"""How a piece feels from bar to bar, and the chords its notes make. For threads other than the window's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from studio.core.score import Chord, Key, Score, Tempo, bars

E = TypeVar("E", Key, Tempo)
AROUND = 4
"""Bars before and after one that its mood is told from; the weights are for eight bars."""
MOST_BARS = 4000
"""A longer piece has no curve."""


@dataclass(frozen=True, slots=True)
class Felt:
    """The mood about tick ``at``; both nearly always from -2 to 2."""

    at: int
    valence: float
    """Dark to bright."""
    energy: float
    """Calm to excited."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the notes of a piece say."""

    felt: tuple[Felt, ...] = ()
    chords: tuple[Chord, ...] = ()
    """Told from the notes, one to a bar at most."""


def read(score: Score) -> Reading:
    """Mood by bar, and the chords where the piece names none."""
    found = bars(score)
    if not any(track.notes for track in score.tracks) or len(found) > MOST_BARS:
        return Reading()
    return Reading(_felt(score), () if score.chords else _chords(score))


def _felt(score: Score) -> tuple[Felt, ...]:
    from studio.media import mood

    table, found = mood.counted(score), bars(score)
    is_minor = _minor(score)
    answer = []
    for number, bar in enumerate(found):
        rows = table[max(0, number - AROUND):number + AROUND]
        if rows[:, 1].any():
            here = mood.mood(rows, _tempo(score.tempos, bar.start), is_minor(bar.start))
            answer.append(Felt(bar.start, here.valence, here.energy))
    return tuple(answer)


def _chords(score: Score) -> tuple[Chord, ...]:
    from studio.media import harmony

    if not any(track.notes for track in score.tracks if not track.drums):
        return ()
    found = bars(score)
    told = harmony.chords(score, [*(bar.start for bar in found), found[-1].end])
    return tuple(one for before, one in zip([None, *told], told, strict=False)
                 if before is None or (before.root, before.quality) != (one.root, one.quality))


def _minor(score: Score) -> Callable[[int], bool]:
    if score.keys:
        return lambda at: _entry(score.keys, at).minor
    from studio.media import harmony

    profile, _ = harmony.profiles(score, [0, max(1, score.length)])
    key = harmony.key_of(profile[0])
    return lambda at: key is not None and key.minor


def _tempo(tempos: Sequence[Tempo], at: int) -> float:
    return _entry(tempos, at).bpm if tempos and tempos[0].at <= at else 120.0


def _entry(entries: Sequence[E], at: int) -> E:
    return entries[max(0, bisect_right(entries, at, key=lambda entry: entry.at) - 1)]
