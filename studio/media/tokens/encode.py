"""A score as tokens."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.score import DRUMS, QUALITIES, Chord, Note, Score, bars
from studio.media import mood
from studio.media.tokens.sheet import BarTokens, Heading, Sheet, tokens_of
from studio.media.tokens.snap import edges, metre_number, snapped
from studio.media.tokens.vocabulary import (
    LENGTHS,
    NO_KEY,
    STEP,
    STYLES,
    Kind,
    Tokens,
    slots,
    tempo_level,
    token,
)

_LENGTH = {length: number for number, length in enumerate(LENGTHS)}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a heading says that is no fact of the notes; None is told from them. ``style``: number of one of
    STYLES."""

    style: int = len(STYLES) - 1
    valence: int | None = None
    energy: int | None = None
    density: int | None = None


def encode(score: Score, wishes: Wishes | None = None) -> Tokens:
    """All tokens of a piece, from heading to END. Raises StudioError as `snapped` does."""
    return tokens_of(sheet_of(snapped(score), wishes or Wishes()))


def sheet_of(score: Score, wishes: Wishes) -> Sheet:
    """Heading and bars of a score that is `snapped`."""
    heading = heading_of(score, wishes)
    return Sheet(heading, bars_of(score))


def heading_of(score: Score, wishes: Wishes) -> Heading:
    """What a snapped score begins with."""
    table, first = mood.counted(score), score.keys[0] if score.keys else None
    guess = mood.mood(table, score.tempos[0].bpm, bool(first and first.minor)).levels
    valence, energy, density = (told if wished is None else wished for wished, told in (
        (wishes.valence, guess[0]), (wishes.energy, guess[1]), (wishes.density, mood.density(table))))
    programs = tuple(DRUMS if track.drums else track.program for track in score.tracks)
    return Heading(wishes.style, valence, energy, density, metre_number(score.metres[0]),
                   tempo_level(score.tempos[0].bpm), _key_numbers(score)[0], programs)


def bars_of(score: Score) -> tuple[BarTokens, ...]:
    """The bars of a snapped score."""
    found, keys = bars(score), _key_numbers(score)
    starts = [bar.start for bar in found]
    cells = [_cells(track.notes, starts, track.drums) for track in score.tracks]
    said = iter(_chord_numbers(score.chords, edges(found)))
    made = []
    for bar, key in zip(found, keys, strict=True):
        metre = metre_number(bar.metre)
        spoken = tuple(next(said) for _ in range(slots(metre))) if score.chords else ()
        own = {n: of_track[bar.number] for n, of_track in enumerate(cells) if bar.number in of_track}
        made.append(BarTokens(metre, key, spoken, own))
    return tuple(made)


def chord_number(chord: Chord) -> int:
    """Value of its token."""
    return 0 if chord.root < 0 else 1 + chord.root * len(QUALITIES) + QUALITIES.index(chord.quality)


def cell(notes: Sequence[Note], start: int, drums: bool) -> tuple[int, ...]:
    """Tokens of the notes of a track that begin in a bar, which begins at ``start``; from the first position
    on. The notes are in order of start and pitch."""
    found: list[int] = []
    at, loud = -1, -1
    for note in notes:
        if note.start != at:
            found.append(token(Kind.POSITION, (note.start - start) // STEP))
        if note.velocity // 8 != loud:
            found.append(token(Kind.VELOCITY, note.velocity // 8))
        at, loud = note.start, note.velocity // 8
        if drums:
            found.append(token(Kind.DRUM, note.pitch))
        else:
            found += [token(Kind.PITCH, note.pitch), token(Kind.LENGTH, _LENGTH[note.length // STEP])]
    return tuple(found)


def _cells(notes: Sequence[Note], starts: Sequence[int], drums: bool) -> dict[int, tuple[int, ...]]:
    """By number of the bar."""
    by_bar: dict[int, list[Note]] = {}
    for note in notes:
        by_bar.setdefault(bisect.bisect_right(starts, note.start) - 1, []).append(note)
    return {number: cell(own, starts[number], drums) for number, own in by_bar.items()}


def _key_numbers(score: Score) -> list[int]:
    """Value of the key token in each bar."""
    found = []
    for bar in bars(score):
        now = [key for key in score.keys if key.at <= bar.start]
        found.append(now[-1].tonic + 12 * now[-1].minor if now else NO_KEY)
    return found


def _chord_numbers(said: Sequence[Chord], places: Sequence[int]) -> list[int]:
    starts = [chord.at for chord in said]
    return [chord_number(said[bisect.bisect_right(starts, at) - 1]) for at in places[:-1]] if said else []
