"""New notes put among those that stay: those that stay are exactly as they were."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from studio.core.arrangement import Arrangement
from studio.core.score import Chord, Note, bars
from studio.media.tokens.sayable import at
from studio.media.tokens.vocabulary import STEP
from studio.panels.music.compose import Made
from studio.panels.music.plan import Plan


def merged(plan: Plan, made: Made) -> Arrangement:
    """The arrangement with what was made in it; where the model stopped early the rest stays empty."""
    tracks = list(plan.base.score.tracks)
    _, end = plan.span
    for number in plan.made:
        track = tracks[number]
        kept = plan.keeps(number)
        new = beside(kept, made.notes.get(number, ()), end, drums=track.drums)
        if number in plan.single:
            new = in_a_row(new, kept)
        tracks[number] = replace(track, notes=(*kept, *new))
    score = replace(plan.base.score, tracks=tuple(tracks), length=plan.base.score.length)
    return replace(plan.base, score=replace(score, chords=_chords(plan, made)))


def beside(kept: Sequence[Note], new: Sequence[Note], end: int, *, drums: bool = False) -> list[Note]:
    """Of ``new`` what does not sound at once with a note of its own pitch that stays, or with another new
    one, and ends at ``end`` at the latest; cut where it runs into one. Both are of one track."""
    found: list[Note] = []
    by_pitch: dict[int, list[Note]] = {}
    for note in sorted(kept, key=lambda note: note.order):
        by_pitch.setdefault(note.pitch, []).append(note)
    fresh: dict[int, list[Note]] = {}
    for note in sorted(new, key=lambda note: note.order):
        fresh.setdefault(note.pitch, []).append(note)
    for pitch, notes in fresh.items():
        limits = [after.start for _, after in pairwise(notes)] + [end]
        for note, limit in zip(notes, limits, strict=True):
            if cut := _fitted(note, by_pitch.get(pitch, []), end if drums else min(limit, end), drums):
                found.append(cut)
    return found


def in_a_row(notes: Sequence[Note], kept: Sequence[Note] = ()) -> list[Note]:
    """Each ends where the next of these or of those that stay begins, or before."""
    starts = sorted({note.start for note in (*notes, *kept)})
    ends = dict(pairwise(starts))
    return [replace(note, length=min(note.length, ends.get(note.start, note.end) - note.start))
            for note in sorted(notes, key=lambda note: note.order)]


def _fitted(note: Note, kept: Sequence[Note], limit: int, drums: bool) -> Note | None:
    """The note, perhaps shorter, or None where there is no room for it."""
    if drums:  # a drum is hit at a moment; how long it is written says nothing
        near = any(abs(other.start - note.start) < STEP for other in kept)
        stop = limit
    else:
        near = any(other.start <= note.start < other.end for other in kept)
        place = bisect_left([other.start for other in kept], note.start)
        stop = min(limit, kept[place].start if place < len(kept) else limit)
    length = min(note.length, stop - note.start)
    return None if near or length < min(STEP, note.length) else replace(note, length=length)


def _chords(plan: Plan, made: Made) -> tuple[Chord, ...]:
    """The piece's own, and in the bars that were made the model's, where there is a lane for them."""
    said, (start, end) = plan.base.score.chords, plan.span
    whole = plan.first == 0 and plan.last == len(bars(plan.base.score))
    if plan.harmony == "given" or not made.chords or not (said or whole):
        return said
    before = [chord for chord in said if chord.at < start]
    new = [chord for chord in made.chords if start <= chord.at < end]
    after = [chord for chord in said if chord.at >= end]
    if (goes_on := at(said, end)) and not whole and end < plan.base.score.length:
        after = [replace(goes_on, at=end), *after]
    return (*before, *new, *after)
