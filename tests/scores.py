"""Scores for tests: made up by hand, or any at all by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from studio.core.score import QUALITIES, TICKS, Chord, Key, Metre, Note, Score, Tempo, Track

_TICK = st.integers(0, 12 * TICKS)


def tune(bars: int = 8, program: int = 73, start: int = 60) -> Score:
    """A melody in quarter notes over a bass in whole ones, C major, 4/4."""
    steps = (0, 2, 4, 5, 7, 9, 11, 12)
    beats = [start + steps[(3 * n + n // 7) % 8] for n in range(4 * bars)]
    melody = tuple(Note(n * TICKS, pitch, TICKS, 80) for n, pitch in enumerate(beats))
    bass = tuple(Note(4 * n * TICKS, 36 + steps[n % 5], 4 * TICKS, 64) for n in range(bars))
    return Score((Track(melody, program, name="Melody"), Track(bass, 32, name="Bass")), (Tempo.of(100),),
                 (Metre(0, 4, 4),), (Key(0, 0),), title="Tune", length=4 * TICKS * bars)


def groove(bars: int = 4) -> Score:
    """Kick, snare and hi-hat."""
    notes = [Note(n * TICKS // 2, 42, 60, 60) for n in range(8 * bars)]
    notes += [Note(n * TICKS, 36 if n % 2 == 0 else 38, 60, 100) for n in range(4 * bars)]
    return Score((Track(tuple(notes), drums=True, name="Drums"),), (Tempo.of(120),), (Metre(0, 4, 4),),
                 length=4 * TICKS * bars)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    """Notes of any time and length, none of a pitch that is sounding."""
    notes: list[Note] = []
    free: dict[int, int] = {}
    spots = st.tuples(_TICK, st.integers(0, 127), st.integers(1, 3 * TICKS), st.integers(1, 127))
    for start, pitch, length, velocity in sorted(draw(st.lists(spots, min_size=1, max_size=12))):
        if start >= free.get(pitch, 0):
            notes.append(Note(start, pitch, length, velocity))
            free[pitch] = start + length
    name = draw(st.text("abc é夜", max_size=5)).strip()
    return Track(tuple(notes), draw(st.integers(0, 127)), draw(st.booleans()), name)


@st.composite
def scores(draw: st.DrawFn) -> Score:
    """Any piece of one to four tracks."""
    metres = st.builds(Metre, _TICK, st.integers(1, 15), st.sampled_from((1, 2, 4, 8, 16)))
    chords = st.builds(Chord, _TICK, st.integers(0, 11), st.sampled_from(QUALITIES))
    return Score(
        tuple(draw(st.lists(tracks(), min_size=1, max_size=4))),
        tuple(draw(st.lists(st.builds(Tempo, _TICK, st.integers(1, 0xFFFFFF)), max_size=3))),
        tuple(draw(st.lists(metres, max_size=3))),
        tuple(draw(st.lists(st.builds(Key, _TICK, st.integers(0, 11), st.booleans()), max_size=3))),
        tuple(draw(st.lists(chords, max_size=3))), draw(st.text("abc é夜", max_size=5)).strip(),
        draw(st.integers(0, 20 * TICKS)))
