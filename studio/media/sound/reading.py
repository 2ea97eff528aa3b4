"""Sound files to samples."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Generator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from studio.core.errors import StudioError
from studio.media import sources
from studio.media.sound.reverb import Stereo

MAX_SECONDS = 3 * 3600


def read_sound(source: bytes | Path, name: str = "", most: float = MAX_SECONDS) -> tuple[Stereo, int]:
    """(float32 (frames, channels), frames a second) of a WAV, FLAC, Ogg, MP3 or AIFF file.

    Raises StudioError: not a sound, damaged, longer than ``most`` seconds, or the file cannot be read at all.
    """
    sources.head(source)  # says what is wrong with the file itself
    name = name or (source.name if isinstance(source, Path) else "This file")
    with opened(io.BytesIO(source) if isinstance(source, bytes) else source, name) as file:
        if file.frames > most * file.samplerate:
            raise StudioError("{name} is longer than {minutes} minutes.", "Cut it into parts.", name=name,
                              minutes=round(most / 60))
        samples = file.read(dtype="float32", always_2d=True)
        return np.nan_to_num(samples, copy=False), int(file.samplerate)


@contextlib.contextmanager
def opened(source: BinaryIO | Path, name: str = "") -> Generator[Any]:
    """A `soundfile.SoundFile`; what goes wrong with it inside, too, is told as StudioError."""
    import soundfile

    try:
        with soundfile.SoundFile(source) as file:
            yield file
    except (soundfile.SoundFileError, OSError, ValueError, MemoryError) as error:
        raise StudioError("{name} cannot be read as sound.", "Save it as WAV, FLAC, Ogg or MP3.",
                          name=name or "This file", details=repr(error)) from error
