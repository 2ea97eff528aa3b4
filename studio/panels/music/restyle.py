"""The same melody in another style: new instruments, a new accompaniment, another metre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import Bar, Chord, Metre, Note, Score, Tempo, Track, bars, metres
from studio.media.tokens.vocabulary import STEP, TRACKS, Kind, tempo_of
from studio.panels.music import start
from studio.panels.music.compose import Studio
from studio.panels.music.lane import told, with_chords
from studio.panels.music.levels import program_of
from studio.panels.music.plan import Harmony, Plan, chosen, heard, single, unlocked
from studio.panels.music.wish import Wish

_GRID = 12 * STEP
"""An eighth: where notes go when they come into another metre."""
_MOST_VOICES = 4


def restyle(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, dict[Kind, int]]:
    """The melody stays (the tracks that are not chosen, or else the highest that plays much) and so do locked
    notes; the rest is made anew for other instruments. Raises StudioError without a melody."""
    score = arrangement.score
    tracks = _melodies(studio, arrangement)
    stays = [n for n, strip in enumerate(arrangement.strips) if n not in tracks
             and (strip.is_locked or arrangement.locked[n])]
    metre = _new_metre(studio, arrangement, wish, stays)
    kept = [_dressed(studio, arrangement, n) for n in tracks] + [_locked(arrangement, n) for n in stays]
    lane = score.chords or _heard(score)
    lines = bars(score)
    asked: dict[Kind, int] = {kind: value for kind, value in wish.levels.items() if kind != Kind.METRE}
    programs = [program_of(track) for track in kept][: TRACKS - 1]
    heading = studio.heading(asked, programs, least=min(TRACKS, len(programs) + 1),
                             most=min(TRACKS, len(programs) + _MOST_VOICES))
    tempo = (Tempo.of(wish.bpm or tempo_of(heading.tempo)),)
    new = start.tracks_of(heading.programs[len(programs):])
    found = Score((*kept, *new), tempo, score.metres, score.keys, lane, score.title, lines[-1].end)
    if metre:
        found = retimed(found, metre)
    base = Arrangement(found, (*(arrangement.strips[n] for n in tracks + stays),),
                       tuple(arrangement.own[n] for n in tracks + stays),
                       tuple(arrangement.locked[n] for n in tracks + stays))
    base = replace(base, score=with_chords(found, wish.bars, 0, len(bars(found))))
    made = tuple(range(len(kept), len(kept) + len(new)))
    harmony: Harmony = "given" if base.score.chords else "fitting"
    plan = Plan(base, 0, len(bars(found)), made, heard(base, made, bars(found)[0]), harmony,
                added=frozenset(made))
    return plan, start.levels_in(heading)


def retimed(score: Score, metre: Metre) -> Score:
    """Bar for bar in another metre: what is in a bar is stretched to the new one, on eighths."""
    old = bars(score)
    tracks = [replace(track, notes=tuple(_apart([_placed(note, old, metre) for note in track.notes])))
              for track in score.tracks]
    chords = tuple(Chord(_tick(chord.at, old, metre), chord.root, chord.quality) for chord in score.chords)
    keys = tuple(replace(key, at=_bar_of(key.at, old).number * metre.bar) for key in score.keys)
    return Score(tuple(tracks), score.tempos, (replace(metre, at=0),), keys, chords, score.title,
                 len(old) * metre.bar)


def _heard(score: Score) -> tuple[Chord, ...]:
    """The chords of the notes; none of a tune alone, which goes with many."""
    pitched = [number for number, track in enumerate(score.tracks) if track.notes and not track.drums]
    alone = len(pitched) == 1 and single(Arrangement(score), pitched)
    return () if alone else told(score)


def _melodies(studio: Studio, arrangement: Arrangement) -> list[int]:
    pitched = [n for n, track in enumerate(arrangement.score.tracks) if track.notes and not track.drums]
    if not pitched:
        raise StudioError("There is no melody to keep.", "Write one, or open a piece.")
    named = chosen(studio.params.tracks, arrangement)
    if named:
        unlocked(arrangement, named)
        others = [n for n in pitched if n not in named]
        if others:
            return others
    most = max(len(arrangement.score.tracks[n].notes) for n in pitched)
    busy = [n for n in pitched if 4 * len(arrangement.score.tracks[n].notes) >= most]
    return [max(busy, key=lambda n: _height(arrangement.score.tracks[n].notes))]


def _height(notes: Sequence[Note]) -> float:
    return sum(note.pitch for note in notes) / len(notes)


def _line(arrangement: Arrangement, number: int) -> Track:
    """The highest note of each moment, and all that is locked."""
    track = arrangement.score.tracks[number]
    if arrangement.strips[number].is_locked:
        return track
    top: dict[int, Note] = {}
    for note in track.notes:  # in order of pitch
        top[note.start] = note
    held: list[Note] = []
    for note in sorted(top.values()):
        if not any(other.end > note.start and other.pitch > note.pitch for other in held[-4:]):
            held.append(note)
    return replace(track, notes=tuple({*held, *arrangement.locked[number]}))


def _dressed(studio: Studio, arrangement: Arrangement, number: int) -> Track:
    """The line, played by what plays the tune in the style that is asked for."""
    line = _line(arrangement, number)
    if arrangement.strips[number].is_locked:
        return line
    return replace(line, program=start.MELODIES.get(studio.params.style, line.program))


def _locked(arrangement: Arrangement, number: int) -> Track:
    track = arrangement.score.tracks[number]
    if arrangement.strips[number].is_locked:
        return track
    return replace(track, notes=tuple(arrangement.locked[number]))


def _new_metre(studio: Studio, arrangement: Arrangement, wish: Wish, stays: Sequence[int]) -> Metre | None:
    """The metre asked for, where it is another one and nothing that is locked would have to move."""
    now = metres(arrangement.score)
    if not wish.metre or [(m.beats, m.unit) for m in now] == [(wish.metre.beats, wish.metre.unit)]:
        return None
    if stays or any(arrangement.locked) or any(strip.is_locked for strip in arrangement.strips):
        studio.ctx.note("The metre stays, since some notes are locked.")
        return None
    return wish.metre


def _bar_of(tick: int, old: Sequence[Bar]) -> Bar:
    return next((bar for bar in old if bar.start <= tick < bar.end), old[-1])


def _tick(tick: int, old: Sequence[Bar], metre: Metre) -> int:
    bar = _bar_of(tick, old)
    into = (tick - bar.start) * metre.bar / bar.length
    grid = min(_GRID, metre.bar)
    return bar.number * metre.bar + min(round(into / grid) * grid, metre.bar - grid)


def _placed(note: Note, old: Sequence[Bar], metre: Metre) -> Note:
    start = _tick(note.start, old, metre)
    length = note.length * metre.bar / _bar_of(note.start, old).length
    return replace(note, start=start, length=max(_GRID // 2, round(length / _GRID) * _GRID))


def _apart(notes: Sequence[Note]) -> list[Note]:
    """Where two came to one place the first takes half of it; notes of a line end where the next begins if
    they did not overlap before by more than the grid."""
    found: list[Note] = []
    for note in sorted(notes, key=lambda note: note.order):
        if found and found[-1].start == note.start and found[-1].pitch != note.pitch:
            found[-1] = replace(found[-1], length=min(found[-1].length, _GRID // 2))
            note = replace(note, start=note.start + _GRID // 2, length=max(STEP, note.length - _GRID // 2))
        elif found and found[-1].start == note.start:
            continue
        if found and 0 < found[-1].end - note.start <= _GRID:
            found[-1] = replace(found[-1], length=note.start - found[-1].start)
        found.append(note)
    return found
