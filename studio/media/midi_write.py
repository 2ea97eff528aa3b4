"""A `Score` as a MIDI file (format 1): the same score gives the same bytes, always.

Own code for that reason: the order of events at one tick is part of the bytes, and libraries leave it open.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from studio.core.errors import StudioError
from studio.core.score import TICKS, Score, Track

_CHANNELS = (*range(9), *range(10, 16))
_DRUM_CHANNEL = 9
_LONGEST_WAIT = 0x0FFF_FFFF
Timed = tuple[int, int, bytes]
"""Tick, rank among the events of that tick (what ends comes before what begins), bytes."""


Control = tuple[int, int]
"""A controller and its value, 0 to 127 each."""


def write_midi(score: Score, texts: Sequence[str] = (), controls: Sequence[Sequence[Control]] = ()) -> bytes:
    """The file. The first track has title, ``texts``, tempo, metre, key and chords (as markers); then each
    track has its own, drums on channel 10. With more than fifteen instruments channels are shared.
    ``controls`` are what is set at the start of each track, none for those that are not named.

    Notes of one track and pitch that overlap are told apart by order: the first to begin is the first to
    end, as readers take it. Raises StudioError where a wait is longer than MIDI can say.
    """
    tracks = [_chunk(_conductor(score, texts), score.length)]
    pitched = 0
    for number, track in enumerate(score.tracks):
        channel = _DRUM_CHANNEL if track.drums else _CHANNELS[pitched % len(_CHANNELS)]
        pitched += not track.drums
        own = controls[number] if number < len(controls) else ()
        tracks.append(_chunk(_events(track, channel, own), score.length))
    return struct.pack(">4sIHHH", b"MThd", 6, 1, len(tracks), TICKS) + b"".join(tracks)


def _conductor(score: Score, texts: Sequence[str]) -> list[Timed]:
    found: list[Timed] = [(0, 0, _meta(0x03, score.title.encode(errors="replace")))] if score.title else []
    found += [(0, 1, _meta(0x01, text.encode(errors="replace"))) for text in texts]
    found += [(m.at, 2, _meta(0x58, bytes([m.beats, m.unit.bit_length() - 1, 24, 8]))) for m in score.metres]
    found += [(k.at, 3, _meta(0x59, struct.pack(">bB", k.fifths, k.minor))) for k in score.keys]
    found += [(t.at, 4, _meta(0x51, t.micros.to_bytes(3, "big"))) for t in score.tempos]
    return found + [(c.at, 5, _meta(0x06, str(c).encode())) for c in score.chords]


def _events(track: Track, channel: int, controls: Sequence[Control]) -> list[Timed]:
    found: list[Timed] = [(0, 0, _meta(0x03, track.name.encode(errors="replace")))] if track.name else []
    found.append((0, 1, bytes([0xC0 | channel, track.program])))
    found += [(0, 1, bytes([0xB0 | channel, number, value])) for number, value in controls]
    for note in track.notes:
        found.append((note.start, 3, bytes([0x90 | channel, note.pitch, note.velocity])))
        found.append((note.end, 2, bytes([0x80 | channel, note.pitch, 0])))
    return found


def _chunk(timed: Iterable[Timed], end: int) -> bytes:
    body, now = bytearray(), 0
    for tick, _, event in sorted([*timed, (end, 9, _meta(0x2F, b""))]):
        if tick - now > _LONGEST_WAIT:
            raise StudioError("There is a silence in this piece that is longer than a MIDI file can hold.",
                              "Move the notes after it closer.")
        body += _number(tick - now) + event
        now = tick
    return struct.pack(">4sI", b"MTrk", len(body)) + bytes(body)


def _meta(kind: int, body: bytes) -> bytes:
    return bytes([0xFF, kind]) + _number(len(body)) + body


def _number(value: int) -> bytes:
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))
