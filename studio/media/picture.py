"""Reads pictures of any kind people have, upright and whole, and writes PNG of 8 and 16 bits."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import imagecodecs
import numpy as np
from PIL import PngImagePlugin

from studio.media import decode, png_whole, profiles, sniff, sources
from studio.media.values import Picture, PictureFacts, Pixels

__all__ = ["Picture", "PictureFacts", "Pixels", "encode_png", "probe", "read", "to_srgb"]
MAX_PIXELS = 250_000_000
_HEADER_END = 33
"""Bytes of a PNG before its second chunk: signature and IHDR."""


def read(source: Path | bytes, *, max_pixels: int = MAX_PIXELS, keep_grey: bool = False) -> Picture:
    """The picture in a file or in bytes.

    The kind goes by content, not by name. EXIF rotation is applied once; of an animation the first frame
    counts; CMYK goes through its profile; more than 8 bits per channel become 16; floats see `modes.levels`.
    Grey goes through its profile too; with ``keep_grey`` its values and that profile stay as they are.
    Raises StudioError in words for anything that is not a whole picture of at most ``max_pixels``.
    """
    if not isinstance(source, bytes):
        sniff.kind(sources.head(source))  # a film of many gigabytes is refused before it is read
    return decode.decode(sources.load(source), max_pixels=max_pixels, keep_grey=keep_grey)


def probe(source: Path | bytes) -> PictureFacts:
    """What the header says; decodes nothing. Raises StudioError as `read` does."""
    if not isinstance(source, bytes):
        sniff.kind(sources.head(source))
    return decode.facts(sources.load(source))


def to_srgb(picture: Picture) -> Picture:
    """The same picture in sRGB, without a profile. One whose profile is unusable is taken for sRGB."""
    if not picture.icc or profiles.is_srgb(picture.icc):
        return replace(picture, icc=None)
    is_grey = picture.has_grey_profile
    colours = profiles.convert(picture.pixels[:, :, 0] if is_grey else picture.rgb, picture.icc)
    if colours is None:
        return replace(picture, icc=None)
    if picture.has_alpha:
        colours = cast(Pixels, np.concatenate([colours, picture.pixels[:, :, 3:]], axis=2))
    return replace(picture, pixels=colours, icc=None, is_grey=is_grey and picture.is_grey)


def encode_png(pixels: Pixels, *, icc: bytes | None = None, text: Mapping[str, str] | None = None,
               exif: bytes | None = None, level: int = 3) -> bytes:
    """A PNG of (H, W), (H, W, 1 to 4) uint8 or uint16; equal pixels give equal bytes.

    ``text`` goes into iTXt chunks (UTF-8) by keyword, 1 to 79 Latin-1 letters; ``level`` is zlib's, 0 to 9,
    where 1 is for haste.
    """
    data = png_whole.encode(pixels) if level == 1 else cast(
        bytes, imagecodecs.png_encode(np.ascontiguousarray(pixels), level=level))
    extra = _chunks(icc, text or {}, exif)
    return data[:_HEADER_END] + extra + data[_HEADER_END:] if extra else data


def _chunks(icc: bytes | None, text: Mapping[str, str], exif: bytes | None) -> bytes:
    """Ancillary chunks (PNG third edition, 11.3); Pillow knows how to frame one."""
    made = io.BytesIO()
    if icc:
        PngImagePlugin.putchunk(made, b"iCCP", b"ICC Profile\0\0" + zlib.compress(icc))
    for keyword, value in text.items():
        named = keyword.encode("latin-1") + b"\0\0\0\0\0"  # plain, no language, no translated keyword
        PngImagePlugin.putchunk(made, b"iTXt", named + value.encode("utf-8", "replace"))
    if exif:
        PngImagePlugin.putchunk(made, b"eXIf", exif.removeprefix(b"Exif\0\0"))
    return made.getvalue()
