"""The sound data of a SoundFont, read piece by piece: a font of a gigabyte costs what is played of it."""

from __future__ import annotations

import io
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.media.sound.hydra import Hydra, damaged

if TYPE_CHECKING:
    from studio.media.sound.zones import Zone

Mono = NDArray[np.float32]
_KEPT = 96 << 20
_ALONE = 60_000_000
"""Frames: no sample of an instrument is longer, a damaged header's may be."""


class Kept:
    """Arrays by name, the latest used first to stay, ``most`` bytes at the most."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._arrays: OrderedDict[tuple[object, ...], Mono] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> Mono | None:
        """What was put there, if it is still known."""
        if (found := self._arrays.get(key)) is not None:
            self._arrays.move_to_end(key)
        return found

    def put(self, key: tuple[object, ...], array: Mono) -> Mono:
        """Keep ``array``, and give it back."""
        if (old := self._arrays.pop(key, None)) is not None:
            self._size -= old.nbytes
        self._arrays[key] = array
        self._size += array.nbytes
        while self._size > self._most and len(self._arrays) > 1:
            self._size -= self._arrays.popitem(last=False)[1].nbytes
        return array


class Samples:
    """Samples of one font as float32, -1 to 1."""

    def __init__(self, hydra: Hydra) -> None:
        self._hydra = hydra
        self._kept = Kept(_KEPT)
        self._data = np.memmap(hydra.path, np.uint8, "r", hydra.samples_at, (hydra.samples_size,))

    def of(self, zone: Zone) -> tuple[Mono, int, int]:
        """(frames, start and end of the loop in them); the loop is (0, 0) where it makes no sense."""
        if self._hydra.tables[b"shdr"]["type"][zone.sample] & 0x10:
            frames, origin = self._decoded(zone.sample), 0
        else:
            frames, origin = self._plain(zone.start, zone.end), zone.start
        first, last = zone.loop_start - origin, min(zone.loop_end - origin, len(frames))
        return (frames, first, last) if first >= 0 and last - first >= 8 else (frames, 0, 0)

    def _plain(self, start: int, end: int) -> Mono:
        if (known := self._kept.get((start, end))) is not None:
            return known
        end = min(end, start + _ALONE)
        values = self._data[2 * start:2 * end].view("<i2").astype(np.float32)
        values /= 32768
        return self._kept.put((start, end), values)

    def _decoded(self, number: int) -> Mono:
        """A Vorbis stream. Raises StudioError."""
        if (known := self._kept.get((number,))) is not None:
            return known
        import soundfile

        head = self._hydra.tables[b"shdr"][number]
        try:
            stream = io.BytesIO(self._data[int(head["start"]):int(head["end"])].tobytes())
            values = soundfile.read(stream, dtype="float32", always_2d=True)[0][:, 0]
        except (soundfile.SoundFileError, RuntimeError) as error:
            raise damaged(self._hydra.path, repr(error)) from error
        return self._kept.put((number,), np.ascontiguousarray(values))
