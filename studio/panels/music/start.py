"""Compose from nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.core.arrangement import Arrangement
from studio.core.score import DRUMS, Key, Metre, Score, Tempo, Track
from studio.media.harmony import key_of, tones
from studio.media.tokens.sheet import Heading
from studio.media.tokens.vocabulary import METRES, NO_KEY, STYLES, TRACKS, Kind, tempo_of
from studio.panels.music.compose import Studio
from studio.panels.music.lane import with_chords
from studio.panels.music.plan import Harmony, Plan
from studio.panels.music.wish import Wish

Levels = dict[Kind, int]
MELODIES = {"irish": 73, "hymn": 52, "song": 52, "quartet": 40, "piano": 0, "guitar": 24, "march": 56,
            "rock": 80}
"""What plays the tune, by style: flute, voices, violin, piano, guitar, trumpet, a synthesiser."""
_MOST = {"irish": 2, "hymn": 6, "song": 4, "quartet": 5, "piano": 3, "guitar": 3, "march": 6, "rock": 8,
         "drums": 2}
"""Tracks of a piece from nothing; more is an ensemble that happens to be called so."""
_LINES = ("irish",)
"""Styles whose first track is a tune without chords, as every one the model learned from is."""


def compose(studio: Studio, wish: Wish) -> tuple[Plan, Levels]:
    """A new piece; the model chooses what was not asked for."""
    most = _MOST.get(studio.params.style, TRACKS)
    heading = studio.heading(_in_key(wish), most=most, may_drum=not wish.bars)
    return _new(studio, wish, heading)


def melody(studio: Studio, wish: Wish, programs: Sequence[int]) -> tuple[Plan, Levels]:
    """A tune and what goes with it, over chords that are asked for."""
    heading = studio.heading(_in_key(wish), programs, least=2, most=3, may_drum=False)
    return _new(studio, wish, heading)


def levels_in(heading: Heading) -> Levels:
    """Style, mood and density of a heading."""
    return {Kind.STYLE: heading.style, Kind.VALENCE: heading.valence, Kind.ENERGY: heading.energy,
            Kind.DENSITY: heading.density}


def tracks_of(programs: Sequence[int]) -> tuple[Track, ...]:
    """Without notes."""
    return tuple(Track((), program % DRUMS, program == DRUMS) for program in programs)


def _in_key(wish: Wish) -> Levels:
    """What is asked for, with the key that the chords are in where no other is."""
    found = dict(wish.levels)
    tones_of = [tone for bar in wish.bars for chord in bar for tone in tones(chord)]
    if tones_of and Kind.KEY not in found:
        key = key_of(np.bincount(tones_of, minlength=12).astype(np.float64))
        found[Kind.KEY] = key.tonic + 12 * key.minor if key else NO_KEY
    return found


def _new(studio: Studio, wish: Wish, heading: Heading) -> tuple[Plan, Levels]:
    metre = Metre(0, *METRES[heading.metre])
    keys = () if heading.key == NO_KEY else (Key(0, heading.key % 12, heading.key >= 12),)
    count = studio.params.bars
    score = Score(tracks_of(heading.programs), (Tempo.of(wish.bpm or tempo_of(heading.tempo)),), (metre,),
                  keys, length=count * metre.bar)
    score = with_chords(score, wish.bars, 0, count)
    everything = tuple(range(len(score.tracks)))
    harmony: Harmony = "given" if wish.bars else "free"
    tune = everything[:1] if STYLES[heading.style] in _LINES else ()
    return Plan(Arrangement(score), 0, count, everything, everything, harmony, single=frozenset(tune),
                added=frozenset(everything)), levels_in(heading)
