"""What MusicXML says of a part and its bars, besides the notes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from studio.core.arrangement import Strip
from studio.core.score import TICKS, Chord, Key, Metre, Tempo, Track
from studio.media.general_midi import drum_name, instrument_name
from studio.media.scores.engrave import MIDDLE, Part, Sheet
from studio.media.scores.spelling import spelled
from studio.media.scores.xml_note import DIVISIONS, child, duration
from studio.media.scores.xml_signs import KINDS

__all__ = ["DIVISIONS", "add_clefs", "add_key", "add_time", "describe", "duration", "metre_of", "say"]
_CHANNELS = (*range(1, 10), *range(11, 17))
_LOWER = range(24, 40)
"""Guitars and basses: written an octave higher than they sound."""


def describe(parts: Element, number: int, track: Track, strip: Strip) -> None:
    """The part, its instruments and their place in the mix."""
    name = instrument_name(track.program, track.drums)
    part = child(parts, "score-part", id=f"P{number}")
    child(part, "part-name", track.name or name)
    pitches = sorted({note.pitch for note in track.notes}) or [38]
    sounds = [(pitch + 1, drum_name(pitch)) for pitch in pitches] if track.drums else [(1, name)]
    for sound, title in sounds:
        child(child(part, "score-instrument", id=f"P{number}-I{sound}"), "instrument-name", title)
    for sound, _ in sounds:
        _midi(part, f"P{number}-I{sound}", number, track, strip, sound)


def _midi(part: Element, name: str, number: int, track: Track, strip: Strip, sound: int) -> None:
    midi = child(part, "midi-instrument", id=name)
    child(midi, "midi-channel", str(10 if track.drums else _CHANNELS[(number - 1) % len(_CHANNELS)]))
    child(midi, "midi-program", str(track.program + 1))
    if track.drums:
        child(midi, "midi-unpitched", str(sound))
    child(midi, "volume", f"{min(100.0, 80 * 10 ** (strip.gain / 40)):.2f}")
    child(midi, "pan", f"{90 * strip.pan:.2f}")


def metre_of(sheet: Sheet) -> Metre:
    """That of a bar as it is written; one that is cut short has its own."""
    metre = sheet.source.metre
    if metre.bar == sheet.length:
        return Metre(0, metre.beats, metre.unit)
    for unit in (4, 8, 16, 32, 64):
        beats, rest = divmod(sheet.length * unit, 4 * TICKS)
        if not rest and 1 <= beats <= 255:
            return Metre(0, beats, unit)
    return Metre(0, metre.beats, metre.unit)


def add_key(attributes: Element, key: Key) -> None:
    """The signature."""
    element = child(attributes, "key")
    child(element, "fifths", str(key.fifths))
    child(element, "mode", "minor" if key.minor else "major")


def add_time(attributes: Element, metre: Metre, *, is_shown: bool) -> None:
    """The metre; that of a bar that was cut short is not printed."""
    element = child(attributes, "time", **({} if is_shown else {"print-object": "no"}))
    child(element, "beats", str(metre.beats))
    child(element, "beat-type", str(metre.unit))


def add_clefs(attributes: Element, part: Part) -> None:
    """One for each staff."""
    count = len(part.staves)
    if count > 1:
        child(attributes, "staves", str(count))
    for number in range(1, count + 1):
        clef = child(attributes, "clef", **({"number": str(number)} if count > 1 else {}))
        if part.track.drums:
            child(clef, "sign", "percussion")
            continue
        is_low = number == 2 if count > 1 else _is_low(part.track)
        child(clef, "sign", "F" if is_low else "G")
        child(clef, "line", "4" if is_low else "2")
        if part.track.program in _LOWER:
            child(clef, "clef-octave-change", "-1")


def _is_low(track: Track) -> bool:
    higher = 12 if track.program in _LOWER else 0
    mean = sum(note.pitch for note in track.notes) / max(1, len(track.notes))
    return bool(track.notes) and mean + higher < MIDDLE - 2


def say(bar: Element, offset: int, said: Tempo | Chord, fifths: int) -> None:
    """A tempo or a chord symbol, ``offset`` ticks from the start of the bar."""
    if isinstance(said, Tempo):
        _tempo(bar, offset, said)
    else:
        _chord(bar, offset, said, fifths)


def _tempo(bar: Element, offset: int, tempo: Tempo) -> None:
    direction = child(bar, "direction", placement="above")
    mark = child(child(direction, "direction-type"), "metronome")
    child(mark, "beat-unit", "quarter")
    child(mark, "per-minute", f"{tempo.bpm:.4g}")
    if offset:
        child(direction, "offset", duration(offset), sound="yes")
    child(direction, "sound", tempo=f"{tempo.bpm:.10g}")


def _chord(bar: Element, offset: int, chord: Chord, fifths: int) -> None:
    harmony = child(bar, "harmony")
    if chord.root < 0:
        child(child(harmony, "root"), "root-step", "C", text="")
        child(harmony, "kind", "none", text="N.C.")
    else:
        step, alter, _ = spelled(60 + chord.root, fifths)
        root = child(harmony, "root")
        child(root, "root-step", step)
        if alter:
            child(root, "root-alter", str(alter))
        child(harmony, "kind", KINDS[chord.quality], text=chord.quality)
    if offset:
        child(harmony, "offset", duration(offset))
