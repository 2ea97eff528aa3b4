"""Signs of MusicXML that hold for more than a note: key, metre, tempo, chords, barlines and jumps."""

from __future__ import annotations

from fractions import Fraction
from xml.etree.ElementTree import Element

from studio.core.score import Chord, Key, Metre, Tempo
from studio.media.scores.repeats import MOST_TIMES, Signs
from studio.media.scores.xml_file import number, numbers, text, whole

KINDS = {"": "major", "m": "minor", "dim": "diminished", "aug": "augmented", "7": "dominant",
         "maj7": "major-seventh", "m7": "minor-seventh", "m7b5": "half-diminished",
         "dim7": "diminished-seventh", "sus4": "suspended-fourth"}
"""Kinds of chords of ours, and what MusicXML calls them."""
_OTHER_KINDS = {"minor-sixth": "m", "minor-major": "m", "major-minor": "m", "suspended-second": "sus4",
                "augmented-seventh": "aug"} | {
    f"{kind}-{size}": quality for size in ("ninth", "11th", "13th")
    for kind, quality in (("dominant", "7"), ("major", "maj7"), ("minor", "m7"))}
_QUALITIES = {kind: quality for quality, kind in KINDS.items()} | _OTHER_KINDS
_STEPS = dict(zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11), strict=True))
_BEATS = {name: Fraction(16, 2 ** place) for place, name in enumerate(
    ("long", "breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th"))}


def key(element: Element, transpose: int) -> Key | None:
    """The key in which it sounds."""
    fifths = whole(text(element, "fifths"))
    if fifths is None or abs(fifths) > 7:
        return None
    found = Key.of(fifths, text(element, "mode") in ("minor", "aeolian"))
    return Key(0, (found.tonic + transpose) % 12, found.minor)


def metre(element: Element) -> Metre | None:
    """Compound ones, such as 3+2/8, are summed up."""
    beats = [number(part) for said in element.findall("beats") for part in (said.text or "").split("+")]
    unit = whole(text(element, "beat-type"))
    total = sum((beat for beat in beats if beat is not None), Fraction(0))
    if unit not in (1, 2, 4, 8, 16, 32, 64) or total.denominator != 1 or not 1 <= total <= 255:
        return None
    return Metre(0, int(total), unit)


def tempo(bpm: Fraction | None) -> Tempo | None:
    """Quarter notes a minute, within what MIDI can say."""
    return Tempo.of(float(bpm)) if bpm is not None and bpm > 0 else None


def metronome(direction: Element) -> Tempo | None:
    """What a metronome mark shows; None where there is none that can be told."""
    mark = direction.find("direction-type/metronome")
    per_minute = number(text(mark, "per-minute"))
    beat = _BEATS.get(text(mark, "beat-unit"))
    if mark is None or per_minute is None or beat is None or len(mark.findall("beat-unit")) > 1:
        return None
    dots = min(4, len(mark.findall("beat-unit-dot")))
    return tempo(per_minute * beat * (2 - Fraction(1, 2 ** dots)))


def chord(element: Element, transpose: int) -> Chord | None:
    """A chord symbol, as the nearest kind that we have; None for what has no root."""
    kind = text(element, "kind")
    if kind == "none":
        return Chord(0, -1)
    step = _STEPS.get(text(element, "root/root-step"))
    if step is None:
        return None
    alter = round(number(text(element, "root/root-alter")) or Fraction(0))
    return Chord(0, (step + alter + transpose) % 12, _QUALITIES.get(kind, ""))


def barline(element: Element, signs: Signs, endings: frozenset[int]) -> frozenset[int]:
    """Put repeats and endings into ``signs``; the ending that is still open after it, if any."""
    if (ending := element.find("ending")) is not None:
        if ending.get("type") == "start":
            endings = frozenset(numbers(ending.get("number", "")))
            signs.endings = endings
        else:
            endings = frozenset()
    if (repeat := element.find("repeat")) is not None:
        if repeat.get("direction") == "forward":
            signs.is_forward = True
        else:
            signs.backward = max(2, min(MOST_TIMES, whole(repeat.get("times")) or 2))
    return endings


def jumps(sound: Element, signs: Signs) -> None:
    """Put da capo and its like into ``signs``."""
    signs.da_capo |= sound.get("dacapo") == "yes"
    signs.dal_segno |= sound.get("dalsegno") is not None
    signs.segno |= sound.get("segno") is not None
    signs.coda |= sound.get("coda") is not None
    signs.to_coda |= sound.get("tocoda") is not None
    signs.fine |= sound.get("fine") is not None
