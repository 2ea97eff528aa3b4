"""Compose from nothing."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.arrangement import Arrangement
from studio.core.score import DRUMS, Key, Metre, Score, Tempo, Track
from studio.media.tokens.sheet import Heading
from studio.media.tokens.vocabulary import METRES, NO_KEY, Kind, tempo_of
from studio.panels.music.compose import Studio
from studio.panels.music.lane import with_chords
from studio.panels.music.plan import Harmony, Plan
from studio.panels.music.wish import Wish

Levels = dict[Kind, int]


def compose(studio: Studio, wish: Wish) -> tuple[Plan, Levels]:
    """A new piece; the model chooses what was not asked for."""
    heading = studio.heading(wish.levels, may_drum=not wish.bars)
    return _new(studio, wish, heading)


def melody(studio: Studio, wish: Wish, programs: Sequence[int]) -> tuple[Plan, Levels]:
    """A tune and what goes with it, over chords that are asked for."""
    heading = studio.heading(wish.levels, programs, least=2, most=3, may_drum=False)
    return _new(studio, wish, heading)


def levels_in(heading: Heading) -> Levels:
    """Style, mood and density of a heading."""
    return {Kind.STYLE: heading.style, Kind.VALENCE: heading.valence, Kind.ENERGY: heading.energy,
            Kind.DENSITY: heading.density}


def tracks_of(programs: Sequence[int]) -> tuple[Track, ...]:
    """Without notes."""
    return tuple(Track((), program % DRUMS, program == DRUMS) for program in programs)


def _new(studio: Studio, wish: Wish, heading: Heading) -> tuple[Plan, Levels]:
    metre = Metre(0, *METRES[heading.metre])
    keys = () if heading.key == NO_KEY else (Key(0, heading.key % 12, heading.key >= 12),)
    count = studio.params.bars
    score = Score(tracks_of(heading.programs), (Tempo.of(wish.bpm or tempo_of(heading.tempo)),), (metre,),
                  keys, length=count * metre.bar)
    score = with_chords(score, wish.bars, 0, count)
    everything = tuple(range(len(score.tracks)))
    harmony: Harmony = "given" if wish.bars else "free"
    return Plan(Arrangement(score), 0, count, everything, everything, harmony), levels_in(heading)
