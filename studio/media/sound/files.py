"""Sound files with the recipe inside: WAV, FLAC and Ogg Vorbis.

The recipe is a comment that starts with `MARK`: in FLAC and Ogg a Vorbis comment, in a WAV an ICMT entry of
an INFO list behind the sound (Multimedia Programming Interface 1.0, 1991, chapter 3), where players and
editors look for texts or pass over what they don't know.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.media import sources
from studio.media.encode import MAX_RECIPE, encodable, parsed
from studio.media.files import write_atomic
from studio.media.sound import ogg
from studio.media.sound.guarded import Guarded

Format = Literal["wav", "flac", "ogg"]
FORMATS: tuple[Format, ...] = ("wav", "flac", "ogg")
MEDIA_TYPES: dict[Format, str] = {"wav": "audio/wav", "flac": "audio/flac", "ogg": "audio/ogg"}
MARK = "atelier:"
_BLOCK = 1 << 16
_MOST_WAV = (1 << 32) - (1 << 21)
"""Bytes: a WAV counts them in 32 bits."""


def write_sound(target: Path | BinaryIO, samples: NDArray[np.float32], rate: int, format: Format = "wav",  # noqa: A002 - the field's word
                recipe: str | None = None, *, bits: int = 16, quality: float = 0.6,
                cancel: CancelToken | None = None) -> None:
    """``samples`` (frames, channels) or (frames,), -1 to 1, at ``target``: a path is written atomically, a
    file must be new and allow reading and seeking.

    ``bits`` 16 or 24 count for WAV and FLAC, ``quality`` 0 to 1 for Ogg. ``recipe`` is JSON text. The same
    samples give the same bytes. Raises StudioError: disk full, read-only, the recipe or a WAV too big.
    """
    _check(samples, format, bits, recipe)
    samples = np.asarray(samples)
    if not len(samples):  # a FLAC or Ogg without any sound is an empty file
        samples = np.zeros((rate // 10, *samples.shape[1:]), np.float32)

    def write(file: BinaryIO) -> None:
        _write(file, samples, rate, format, encodable(recipe), bits, quality, cancel)

    if isinstance(target, Path):
        write_atomic(target, write)
    else:
        write(target)


def read_recipe(source: Path | bytes) -> dict[str, Any] | None:
    """The recipe in a file `write_sound` wrote, or None. Raises StudioError only where it cannot be read."""
    head = sources.head(source, 12)
    comment = _wav_comment(source) if head[:4] == b"RIFF" else _comment(source)
    return parsed(comment.removeprefix(MARK)) if comment and comment.startswith(MARK) else None


def _check(samples: NDArray[np.float32], format: Format, bits: int, recipe: str | None) -> None:  # noqa: A002
    size = len(recipe or "")
    if size > MAX_RECIPE:
        raise StudioError("The recipe is too big for a sound file: {size:,} KB; {most:,} KB is the most.",
                          "Export without the recipe.", size=size // 1000, most=MAX_RECIPE // 1000)
    if format == "wav" and samples.size * (bits // 8) > _MOST_WAV:
        raise StudioError("This sound is too long for a WAV file: 4 GB is the most.", "Save it as FLAC.")


def _write(file: BinaryIO, samples: NDArray[np.float32], rate: int, format: Format, recipe: str | None,  # noqa: A002
           bits: int, quality: float, cancel: CancelToken | None) -> None:
    import soundfile

    channels = 1 if samples.ndim == 1 else samples.shape[1]
    subtype = "VORBIS" if format == "ogg" else f"PCM_{bits}"
    level = {"compression_level": 1.0 - quality} if format == "ogg" else {}
    guarded = Guarded(file)
    try:
        with soundfile.SoundFile(guarded, "w", rate, channels, subtype, format=format.upper(),
                                 **level) as out:
            if recipe and format != "wav":
                out.comment = MARK + recipe
            for start in range(0, len(samples), _BLOCK):
                if cancel:
                    cancel.check()
                out.write(np.clip(samples[start:start + _BLOCK], -1, 1))
                guarded.check()
    except (soundfile.SoundFileError, AssertionError) as error:
        guarded.check()
        raise StudioError("This sound cannot be written as {format}.", "Choose another format.",
                          format=format.upper(), details=repr(error)) from error
    guarded.check()
    if format == "ogg":
        ogg.settle(file)
    elif format == "wav" and recipe:
        _add_comment(file, MARK + recipe)


def _add_comment(file: BinaryIO, text: str) -> None:
    """The list behind everything else; the length in front grows by it."""
    content = text.encode() + b"\0"
    entry = b"ICMT" + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    size = file.seek(0, os.SEEK_END)
    file.write(b"\0" * (size % 2) + b"LIST" + struct.pack("<I", 4 + len(entry)) + b"INFO" + entry)
    size = file.tell()
    file.seek(4)
    file.write(struct.pack("<I", size - 8))
    file.seek(0, os.SEEK_END)


def _wav_comment(source: Path | bytes) -> str | None:
    """Texts of our entry; chunks are stepped over, not read."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        for name, size in _chunks(file):
            body = file.read(size) if name == b"LIST" and size <= MAX_RECIPE * 5 else b""
            if body.startswith(b"INFO") and (at := body.find(b"ICMT")) > 0:
                length = int.from_bytes(body[at + 4:at + 8], "little")
                return body[at + 8:at + 8 + length].rstrip(b"\0").decode("utf-8", "replace")
    return None


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """(name, bytes) of each, the file at its content."""
    at = 12
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        name, size = struct.unpack("<4sI", head)
        yield name, size
        at += 8 + size + size % 2


def _comment(source: Path | bytes) -> str | None:
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
            return str(file.comment)
    except (soundfile.SoundFileError, OSError, ValueError, UnicodeError):
        return None
