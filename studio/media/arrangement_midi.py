"""An `Arrangement` as the bytes of a MIDI file: any program plays them, and nothing of it is lost.

What MIDI cannot say stands in one text event, ``atelier:{json}``: the mixer exactly, whose the notes are,
tracks without notes, notes of one pitch that lie over each other. It holds for the notes it was written with:
when another program has changed them, it is passed over, and the file is read as any MIDI file.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from studio.core.arrangement import MOST_GAIN, Arrangement, Strip
from studio.core.errors import StudioError
from studio.core.score import Note, Score, Track
from studio.media.midi_events import META, Chunks, chunks, events
from studio.media.midi_read import Place, Reading, read_midi
from studio.media.midi_write import Control, write_midi

MEDIA_TYPE = "audio/midi"
_MARK = "atelier:"
_VOLUME, _PAN = 7, 10
_USUAL = 100
"""Channel volume where nothing is said (General MIDI); what 0 decibels are."""
_TEXT = b"\x01"


def write_arrangement(arrangement: Arrangement, texts: Sequence[str] = ()) -> bytes:
    """The file, format 1, with ``texts`` as further text events. The same arrangement gives the same bytes.

    Volume and pan are controllers 7 and 10 at the start of each track, by the curve of General MIDI
    (RP-015: 40 log10 of the volume); what is louder than these can say is kept exactly in the text. Muted
    tracks keep their notes and volume. Raises StudioError as `write_midi`.
    """
    controls = tuple(_controls(strip) for strip in arrangement.strips)
    plain = write_midi(arrangement.score, (), controls)
    said = json.dumps(_said(arrangement, _digest(chunks(plain))), sort_keys=True, separators=(",", ":"))
    return write_midi(arrangement.score, (_MARK + said, *texts), controls)


def read_arrangement(data: bytes, name: str = "This file") -> Arrangement:
    """What `write_arrangement` was given; of any other MIDI file the notes, with volume and pan as it sets
    them. Raises StudioError as `read_midi`; a file of our own may be without notes."""
    found = chunks(data, name)
    said = _own_text(found, name)
    if said is not None:
        try:
            return _restored(read_midi(data, name, may_be_empty=True), len(found.tracks) - 1, said)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError):
            pass  # another program's text that begins as ours does
    reading = read_midi(data, name)
    return Arrangement(reading.score, tuple(_strip(place) for place in reading.places))


def texts_of(data: bytes) -> tuple[str, ...]:
    """The text events of the first track, but for our own. Raises StudioError as `chunks`."""
    return tuple(text for text in _texts(chunks(data), "This file") if not text.startswith(_MARK))


def _controls(strip: Strip) -> tuple[Control, ...]:
    volume = min(127, round(_USUAL * 10 ** (strip.gain / 40))) if strip.gain > -60 else 0
    return (_VOLUME, volume), (_PAN, 64 + round(63 * strip.pan))


def _strip(place: Place) -> Strip:
    gain = 40 * math.log10(place.volume / _USUAL) if place.volume else -60.0
    return Strip(round(max(-60.0, min(MOST_GAIN, gain)), 2), max(-1.0, (place.pan - 64) / 63))


def _digest(found: Chunks) -> str:
    """Of all tracks but the first, so that a changed file is known."""
    return hashlib.sha256(b"\0".join(found.tracks[1:])).hexdigest()[:16]


def _said(arrangement: Arrangement, digest: str) -> Mapping[str, Any]:
    """Numbers are always written the same: no whole ones and no -0.0 among the fractions."""
    score = arrangement.score
    return {
        "notes": digest, "title": score.title, "facts": dict(arrangement.facts),
        "strips": [[s.gain + 0.0, s.pan + 0.0, int(s.is_muted), int(s.is_solo), int(s.is_locked)]
                   for s in arrangement.strips],
        "tracks": [[track.name, track.program, int(track.drums)] for track in score.tracks],
        "own": [_places(*marks) for marks in zip(score.tracks, arrangement.own, strict=True)],
        "locked": [_places(*marks) for marks in zip(score.tracks, arrangement.locked, strict=True)],
        "crossed": {str(n): [note.order for note in track.notes]
                    for n, track in enumerate(score.tracks) if _is_crossed(track)}}


def _places(track: Track, marked: frozenset[Note]) -> list[int]:
    return [n for n, note in enumerate(track.notes) if note in marked] if marked else []


def _is_crossed(track: Track) -> bool:
    """Whether a note ends before an earlier one of its pitch, or begins with it, which MIDI cannot tell."""
    last: dict[int, Note] = {}
    for note in track.notes:
        other = last.get(note.pitch)
        if other is not None and (note.end < other.end or note.start == other.start):
            return True
        last[note.pitch] = note
    return False


def _texts(found: Chunks, name: str) -> Iterable[str]:
    if found.tracks:
        yield from (data[1:].decode("utf-8", "replace") for _, status, data in events(found.tracks[0], name)
                    if status == META and data[:1] == _TEXT)


def _own_text(found: Chunks, name: str) -> Mapping[str, Any] | None:
    try:
        text = next((text for text in _texts(found, name) if text.startswith(_MARK)), None)
        said = json.loads(text.removeprefix(_MARK)) if text is not None else None
    except (ValueError, RecursionError, StudioError):
        return None  # `read_midi` says what is wrong with the file
    is_ours = isinstance(said, dict) and said.get("notes") == _digest(found)
    return said if is_ours else None


def _restored(reading: Reading, count: int, said: Mapping[str, Any]) -> Arrangement:
    numbers = (place.number - 1 for place in reading.places)
    read = dict(zip(numbers, reading.score.tracks, strict=True))
    if len(said["tracks"]) != count:
        raise ValueError("the text is about other tracks")
    tracks = tuple(_track(read.get(n, Track()), *named) for n, named in enumerate(said["tracks"]))
    for number, notes in said["crossed"].items():
        made = tuple(_note(*note) for note in notes)
        tracks = (*tracks[:int(number)], replace(tracks[int(number)], notes=made), *tracks[int(number) + 1:])
    score: Score = replace(reading.score, tracks=tracks, title=str(said["title"]))
    strips = tuple(Strip(float(gain), float(pan), bool(muted), bool(solo), bool(locked))
                   for gain, pan, muted, solo, locked in said["strips"])
    own, locked = (tuple(frozenset(track.notes[n] for n in marked)
                         for track, marked in zip(tracks, said[kind], strict=True))
                   for kind in ("own", "locked"))
    return Arrangement(score, strips, own, locked, {str(k): str(v) for k, v in said["facts"].items()})


def _track(read: Track, name: str, program: int, drums: int) -> Track:
    return replace(read, name=str(name), program=int(program), drums=bool(drums))


def _note(start: int, pitch: int, length: int, velocity: int) -> Note:
    return Note(int(start), int(pitch), int(length), int(velocity))
