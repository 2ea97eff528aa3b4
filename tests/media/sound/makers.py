"""Tiny SoundFonts and pieces, made by hand."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from studio.core.arrangement import Arrangement, Strip
from studio.core.score import TICKS, Note, Score, Tempo, Track

RATE = 22_050
CYCLE = 50
"""Frames of one wave of the sample, which is therefore a tone of 441 Hz."""
ROOT = 69


def font(path: Path, *, generators: Mapping[int, int] | None = None, drums: bool = False,
         compressed: bool = False, preset: int = 0, frames: int = 4000) -> Path:
    """A SoundFont of one instrument that plays a sine at its root key, going round in its last waves.

    ``generators`` go into its one zone.
    """
    wave = 0.5 * np.sin(2 * np.pi * np.arange(frames) / CYCLE)
    data, end, kind = _sample(wave, compressed)
    loop = (frames - 10 * CYCLE, frames)
    zone = {54: 1, 38: 0, **(generators or {}), 53: 0}
    banks = [(128 if drums else 0, preset)]
    tables = _tables(banks, zone, (0, end, *loop, RATE, ROOT, 0, 0, kind))
    path.write_bytes(_riff(b"sfbk", _list(b"INFO", _chunk(b"INAM", b"Test\0\0")),
                           _list(b"sdta", _chunk(b"smpl", data)), _list(b"pdta", tables)))
    return path


def piece(*notes: Note, program: int = 0, drums: bool = False, strip: Strip | None = None,
          bpm: float = 120.0) -> Arrangement:
    """One track."""
    track = Track(notes, program, drums)
    return Arrangement(Score((track,), (Tempo.of(bpm),)), (strip or Strip(),))


def beat(start: float, length: float = 1.0, pitch: int = ROOT, velocity: int = 100) -> Note:
    """Counted in quarter notes."""
    return Note(round(start * TICKS), pitch, round(length * TICKS), velocity)


def _sample(wave: np.ndarray[tuple[int], np.dtype[np.float64]], compressed: bool) -> tuple[bytes, int, int]:
    """Bytes, where they end in the units of the table, and the type."""
    if not compressed:
        return (wave * 32767).astype("<i2").tobytes() + bytes(92), len(wave), 1
    import soundfile

    made = io.BytesIO()
    soundfile.write(made, wave, RATE, format="OGG", subtype="VORBIS")
    data = made.getvalue()
    return data, len(data), 1 | 0x10


def _tables(banks: list[tuple[int, int]], zone: Mapping[int, int], sample: tuple[int, ...]) -> bytes:
    heads = b"".join(struct.pack("<20sHHHIII", b"Tone", program, bank, number, 0, 0, 0)
                     for number, (bank, program) in enumerate(banks))
    heads += struct.pack("<20sHHHIII", b"EOP", 0, 0, len(banks), 0, 0, 0)
    generators = b"".join(struct.pack("<Hh", kind, amount) for kind, amount in zone.items())
    return b"".join((
        _chunk(b"phdr", heads), _chunk(b"pbag", struct.pack("<4H", 0, 0, 1, 0)), _chunk(b"pmod", bytes(10)),
        _chunk(b"pgen", struct.pack("<4H", 41, 0, 0, 0)),
        _chunk(b"inst", struct.pack("<20sH20sH", b"Tone", 0, b"EOI", 1)),
        _chunk(b"ibag", struct.pack("<4H", 0, 0, len(zone), 0)), _chunk(b"imod", bytes(10)),
        _chunk(b"igen", generators + bytes(4)),
        _chunk(b"shdr", struct.pack("<20sIIIIIBbHH", b"Sine", *sample) + bytes(46))))


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _list(name: bytes, content: bytes) -> bytes:
    return _chunk(b"LIST", name + content)


def _riff(kind: bytes, *parts: bytes) -> bytes:
    return _chunk(b"RIFF", kind + b"".join(parts))
