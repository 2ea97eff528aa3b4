"""Small pictures for lists."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.jobs import AssetKind
from studio.media import decode, picture, resize, sources
from studio.media.values import Picture


def thumbnail(data: bytes | Path, kind: AssetKind, size: int = 256) -> bytes:
    """A JPEG, or a WebP where there is transparency, with the longer side at most ``size`` pixels, sRGB.

    Of a score it shows the notes, of a sound its outline. b"" for kinds that have no picture. Raises
    StudioError as `picture.read`, `read_arrangement` and `read_sound` do.
    """
    if kind == "score":
        return _of_score(sources.load(data), size)
    if kind == "audio":
        return _of_sound(data, size)
    if kind != "image":
        return b""
    return of_picture(decode.decode(sources.load(data), max_pixels=picture.MAX_PIXELS, about=size), size)


def of_picture(source: Picture, size: int = 256) -> bytes:
    """The `thumbnail` of a picture that is decoded already."""
    small, made = shrink(source, size), io.BytesIO()
    with Image.fromarray(small.pixels) as image:
        if small.has_alpha:
            image.save(made, "WEBP", quality=85, method=2)
        else:
            image.save(made, "JPEG", quality=88)
    return made.getvalue()


def _of_score(data: bytes, size: int) -> bytes:
    from studio.media.arrangement_midi import read_arrangement
    from studio.media.score_picture import score_picture

    return _drawn(score_picture(read_arrangement(data).score, size))


def _of_sound(data: bytes | Path, size: int) -> bytes:
    from studio.media.sound.picture import sound_picture

    return _drawn(sound_picture(data, size))


def _drawn(pixels: NDArray[np.uint8]) -> bytes:
    made = io.BytesIO()
    with Image.fromarray(pixels) as image:
        image.save(made, "WEBP", lossless=True, method=2)
    return made.getvalue()


def shrink(source: Picture, size: int) -> Picture:
    """``source`` in 8-bit sRGB with its longer side at most ``size``; never enlarged."""
    pixels = source.pixels
    if max(source.height, source.width) > size:
        pixels = resize.resize(pixels, *resize.fit(source.height, source.width, size))  # type: ignore[assignment]
    if pixels.dtype == np.uint16:
        pixels = ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)
    return picture.to_srgb(Picture(pixels, source.icc, is_grey=source.is_grey, format=source.format))
