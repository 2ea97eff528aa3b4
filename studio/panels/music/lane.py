"""The chord lane: chords told from the notes, and those a person writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.core.score import Chord, Score, bars
from studio.media.harmony import chords


def with_chords(score: Score, wished: Sequence[Sequence[Chord]], first: int, last: int) -> Score:
    """The score with the chords of each bar, again from the start where they are too few, in bars ``first``
    to before ``last``. Elsewhere its own stay or, where it has none, those told from the notes stand."""
    if not wished:
        return score
    found = bars(score)
    own = score.chords or told(score)
    start, end = found[first].start, found[last - 1].end
    before, after = [chord for chord in own if chord.at < start], [chord for chord in own if chord.at >= end]
    holds = [chord for chord in own if chord.at <= end]
    if holds and end < score.length and not any(chord.at == end for chord in after):
        after = [replace(holds[-1], at=end), *after]
    new = [replace(chord, at=bar.start + bar.length * n // len(said))
           for number, bar in enumerate(found[first:last])
           for said in (wished[number % len(wished)],) for n, chord in enumerate(said)]
    return replace(score, chords=(*before, *new, *after))


def told(score: Score) -> tuple[Chord, ...]:
    """A chord to a bar, where it changes, from the notes."""
    found = bars(score)
    if not any(track.notes and not track.drums for track in score.tracks):
        return ()
    edges = [bar.start for bar in found] + [found[-1].end]
    kept: list[Chord] = []
    for chord in chords(score, edges):
        if not kept or (kept[-1].root, kept[-1].quality) != (chord.root, chord.quality):
            kept.append(chord)
    return tuple(kept)
