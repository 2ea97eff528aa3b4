"""What music21 understands of a tune in ABC, as a `Score`. Imported only in the process that reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from studio.core.score import QUALITIES, TICKS, Chord, Key, Metre, Note, Score, Tempo, Track
from studio.media.midi_read import LONGEST
from studio.media.scores.xml_signs import KINDS

_S = TypeVar("_S", Tempo, Key, Chord)
_LOUD = 80
_FLUTE = 73
_QUALITY = {kind: quality for quality, kind in KINDS.items()} | {
    "dominant-seventh": "7", "half-diminished-seventh": "m7b5"}


def score_of(text: str) -> Score:
    """One tune, its repeats played out; each voice is a track. Raises whatever music21 does."""
    from music21 import abcFormat

    handler = abcFormat.ABCFile().readstr(text)
    found: Any = abcFormat.translate.abcToStreamScore(handler)  # type: ignore[no-untyped-call]
    parts = [_played(part) for part in found.parts]
    if any(part.highestTime > LONGEST for part in parts):
        raise ValueError("too long")
    tracks = tuple(Track(tuple(_notes(part)), _FLUTE, name=str(part.partName or "")) for part in parts)
    first = parts[0] if parts else found
    title = found.metadata.title if found.metadata is not None else ""
    end = _ticks(max((part.highestTime for part in parts), default=0))
    return Score(tracks, _changes(_tempos(first)), tuple(_metres(first)), _changes(_keys(first)),
                 _changes(_chords(first)), title or "", end)


def _changes(said: Iterable[_S]) -> tuple[_S, ...]:
    """Without what only says again what holds already, as at the start of each repeat."""
    found: list[_S] = []
    for entry in said:
        if not found or replace(entry, at=0) != replace(found[-1], at=0):
            found.append(entry)
    return tuple(found)


def _played(part: Any) -> Any:
    """With its repeats; as written where they make no sense."""
    from music21 import repeat

    try:
        return part.expandRepeats()
    except repeat.ExpanderException:
        return part


def _ticks(quarters: Any) -> int:
    return max(0, round(Fraction(quarters) * TICKS))


def _notes(part: Any) -> Iterable[Note]:
    found: list[Note] = []
    tied: dict[int, int] = {}
    for at, element in _elements(part, "Note", "Chord"):
        if "ChordSymbol" in element.classes:
            continue
        for one in element.notes if "Chord" in element.classes else (element,):
            _add(found, tied, at, element, one)
    return found


def _add(found: list[Note], tied: dict[int, int], at: int, element: Any, one: Any) -> None:
    pitch, tie = one.pitch.midi, one.tie or element.tie
    end = at + max(TICKS // 8, _ticks(element.quarterLength))
    place = tied.pop(pitch, None)
    if tie is not None and tie.type in ("stop", "continue") and place is not None and found[place].end == at:
        found[place] = Note(found[place].start, pitch, end - found[place].start, _LOUD)
    else:
        place = len(found)
        found.append(Note(at, pitch, end - at, _LOUD))
    if tie is not None and tie.type in ("start", "continue"):
        tied[pitch] = place


def _elements(part: Any, *classes: str) -> Iterator[tuple[int, Any]]:
    for element in part.flatten():
        if any(name in element.classes for name in classes):
            yield _ticks(element.offset), element


def _tempos(part: Any) -> Iterator[Tempo]:
    for at, mark in _elements(part, "MetronomeMark"):
        if bpm := mark.getQuarterBPM():
            yield Tempo.of(float(bpm), at)


def _metres(part: Any) -> Iterator[Metre]:
    """As long as the bars are: a pickup has a metre of its own, as in MIDI."""
    last, nominal = (0, 0), (4, 4)
    bars = list(part.getElementsByClass("Measure"))
    for number, bar in enumerate(bars):
        if (time := bar.timeSignature) is not None and time.denominator in (1, 2, 4, 8, 16, 32, 64):
            nominal = (time.numerator, time.denominator)
        is_last = number == len(bars) - 1
        long = 0 if is_last else _ticks(bars[number + 1].offset) - _ticks(bar.offset)
        metre = _of_length(long, nominal)
        if metre != last and 1 <= metre[0] <= 255:
            yield Metre(_ticks(bar.offset), *metre)
            last = metre


def _of_length(ticks: int, nominal: tuple[int, int]) -> tuple[int, int]:
    beats, unit = nominal
    if ticks * unit == 4 * TICKS * beats or ticks <= 0:
        return nominal
    fitting = (u for u in (4, 8, 16, 32, 64) if not ticks * u % (4 * TICKS))
    return next(((ticks * u // (4 * TICKS), u) for u in fitting), nominal)


def _keys(part: Any) -> Iterator[Key]:
    for at, signature in _elements(part, "KeySignature"):
        if abs(signature.sharps) <= 7:
            yield Key.of(signature.sharps, getattr(signature, "mode", None) in ("minor", "aeolian"), at)


def _chords(part: Any) -> Iterator[Chord]:
    for at, symbol in _elements(part, "ChordSymbol"):
        if (root := symbol.root()) is not None:
            quality = _QUALITY.get(symbol.chordKind, "")
            yield Chord(at, root.pitchClass, quality if quality in QUALITIES else "")
