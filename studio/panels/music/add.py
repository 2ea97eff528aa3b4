"""Add something to what is there: voices under a melody, a melody, drums, a bass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import DRUMS, Score, Track, bars
from studio.media.tokens.vocabulary import STYLES, TRACKS, Kind, tempo_level
from studio.panels.music import start
from studio.panels.music.compose import Studio
from studio.panels.music.go_on import note_wishes
from studio.panels.music.lane import with_chords
from studio.panels.music.levels import levels, program_of, style_of
from studio.panels.music.plan import Harmony, Plan, chosen, heard, span_of, unlocked
from studio.panels.music.wish import Wish

Levels = dict[Kind, int]
_BASSES = {"quartet": 42, "march": 58, "rock": 33}
_MELODY, _BASS = (57, 86), (28, 52)
"""Pitches from A3 to D6, and from E1 to E3."""
_MOST_VOICES = 3


def harmonise(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, Levels]:
    """One to three voices that go with what is there. Raises StudioError without a note with a pitch."""
    if not arrangement.score.notes:
        raise StudioError("There is no melody to harmonise.", "Write one, or open a piece.")
    if not _is_pitched(arrangement.score):
        raise StudioError("There are only drums here, and drums have no harmony.",
                          "Write a melody first, or add a bass.")
    harmony: Harmony = "given" if arrangement.score.chords or wish.bars else "fitting"
    if studio.params.tracks:
        return _add(studio, arrangement, wish, (), harmony)
    first, _ = span_of(arrangement, studio.params.first_bar, studio.params.last_bar)
    near = bars(arrangement.score)[first]
    seen = heard(arrangement, (), near)[: TRACKS - 1]
    asked = {Kind.STYLE: style_of(arrangement), **wish.levels}
    if arrangement.score.tempos:
        asked[Kind.TEMPO] = tempo_level(arrangement.score.tempos[0].bpm)
    programs = [program_of(arrangement.score.tracks[number]) for number in seen]
    heading = studio.heading(asked, programs, least=len(seen) + 1,
                             most=min(TRACKS, len(seen) + _MOST_VOICES), may_drum=False)
    return _add(studio, arrangement, wish, heading.programs[len(seen):], harmony)


def melody(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, Levels]:
    """A melody over the chords that are asked for, written in the lane, or heard. Raises StudioError without
    any."""
    style = STYLES[wish.levels.get(Kind.STYLE, style_of(arrangement))]
    program = start.MELODIES.get(style, 0)
    score = arrangement.score
    if not _is_pitched(score):
        if not (wish.bars or score.chords):
            raise StudioError("There are no chords to write a melody over.",
                              "Write some, such as C Am F G, or open a piece.")
        if not score.length or not score.chords:
            plan, found = start.melody(studio, wish, [program])
            return replace(plan, ranges={0: _MELODY}, single=frozenset({0})), found
    return _add(studio, arrangement, wish, (program,), "given", {program: _MELODY})


def drums(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, Levels]:
    """A drum kit. Raises StudioError where there are no notes to drum to."""
    _check_notes(arrangement)
    return _add(studio, arrangement, wish, (DRUMS,), "given")


def bass(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, Levels]:
    """A bass. Raises StudioError where there are no notes to go with."""
    _check_notes(arrangement)
    style = STYLES[wish.levels.get(Kind.STYLE, style_of(arrangement))]
    program = _BASSES.get(style, 32)
    harmony: Harmony = "given" if _is_pitched(arrangement.score) or wish.bars else "free"
    return _add(studio, arrangement, wish, (program,), harmony, {program: _BASS})


def _add(studio: Studio, arrangement: Arrangement, wish: Wish, programs: Sequence[int], harmony: Harmony,
         ranges: dict[int, tuple[int, int]] | None = None) -> tuple[Plan, Levels]:
    """Tracks with these programs, or those of the piece that a person chose, made anew."""
    first, last = span_of(arrangement, studio.params.first_bar, studio.params.last_bar)
    note_wishes(studio, arrangement.score, wish, first)
    score = with_chords(arrangement.score, wish.bars, first, last)
    base = replace(arrangement, score=score)
    if named := chosen(studio.params.tracks, base):
        made, added = unlocked(base, named)[:TRACKS], frozenset[int]()
    else:
        count = len(score.tracks)
        tracks = (*score.tracks, *start.tracks_of(programs))
        base = replace(base, score=replace(score, tracks=tracks, length=score.length))
        made = tuple(range(count, count + len(programs)))
        added = frozenset(made)
    seen = heard(base, made, bars(score)[first])
    _note_unheard(studio, base, made, seen)
    within = {n: (ranges or {})[base.score.tracks[n].program] for n in made
              if not base.score.tracks[n].drums and base.score.tracks[n].program in (ranges or {})}
    plan = Plan(base, first, last, made, seen, harmony, ranges=within, single=frozenset(within), added=added)
    return plan, levels(studio, plan, wish, keeps_density=False)


def _note_unheard(studio: Studio, base: Arrangement, made: Sequence[int], seen: Sequence[int]) -> None:
    playing = sum(bool(track.notes) for n, track in enumerate(base.score.tracks) if n not in made)
    if playing > len(seen) - len(made):
        studio.ctx.note("The model hears {most} tracks at once: it went by those with the most notes.",
                        most=TRACKS)


def _check_notes(arrangement: Arrangement) -> None:
    if not arrangement.score.notes:
        raise StudioError("There are no notes to add to.", "Write a few, or open a piece.")


def _is_pitched(score: Score) -> bool:
    return any(_sounds(track) for track in score.tracks)


def _sounds(track: Track) -> bool:
    return bool(track.notes) and not track.drums
