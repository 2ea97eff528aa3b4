"""From any way to store colours to (height, width, 3 or 4) uint8 or uint16, red green blue alpha."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from studio.media import profiles
from studio.media.values import Pixels

_BAND = 1 << 24
"""Pixels converted at once, so that a 200-megapixel picture is not held three times."""
_GREY = frozenset({"1", "L", "LA", "La", "I", "F"})


def is_grey(mode: str) -> bool:
    """Whether Pillow's ``mode`` holds brightness only."""
    return mode in _GREY or mode.startswith("I;16")


def from_pillow(image: Image.Image, *, keep_grey: bool = False) -> tuple[Pixels, bytes | None]:
    """Pixels of a loaded ``image``, and its profile where that is still needed (an RGB one).

    With ``keep_grey`` a grey one is not applied but stays, too.
    """
    icc = image.info.get("icc_profile")
    if image.mode in ("CMYK", "LAB"):
        return (_from_cmyk(image, icc) if image.mode == "CMYK" else _from_lab(image)), None
    if image.mode.startswith("I") or image.mode == "F":
        return finish(levels(np.asarray(image)), icc, keep_grey=keep_grey)
    if is_grey(image.mode) and profiles.space(icc) == "gray":
        grey = image.convert("LA" if image.has_transparency_data else "L")
        return finish(cast(Pixels, np.asarray(grey)), icc, keep_grey=keep_grey)
    pixels = _banded(image, "RGBA" if image.has_transparency_data else "RGB")
    return pixels, icc if profiles.space(icc) == "rgb" else None


def finish(channels: Pixels, icc: bytes | None, *, keep_grey: bool = False) -> tuple[Pixels, bytes | None]:
    """(H, W), (H, W, 1 to 4) grey, grey alpha, RGB or RGBA to (H, W, 3 or 4), and the profile they need.

    A grey profile is applied, unless ``keep_grey``.
    """
    count = 1 if channels.ndim == 2 else channels.shape[2]
    if count > 4:  # extra channels of scientific or print TIFFs
        return np.ascontiguousarray(channels[:, :, :3]), icc if profiles.space(icc) == "rgb" else None
    if count >= 3:
        return channels, icc if profiles.space(icc) == "rgb" else None
    grey = channels if channels.ndim == 2 else channels[:, :, 0]
    stays = keep_grey and profiles.space(icc) == "gray"
    rgb = _from_grey(grey, None if stays else icc)
    if count == 2:
        rgb = np.concatenate([rgb, channels[:, :, 1:]], axis=2)
    return rgb, icc if stays or profiles.space(icc) == "rgb" else None


def levels(values: NDArray[np.generic]) -> Pixels:
    """Any numbers as uint8 or uint16.

    Floats go from 0 black to 1 white and brighter is clipped, unless the brightest is above 16: then the
    range is 0 to 255 or 0 to 65,535, whichever holds it. NaN is black. Integers wider than 16 bits that
    stay below 65,536 are kept; wider ones lose their low bits. Negative ones are black.
    """
    if values.dtype == np.bool_:
        return values.astype(np.uint8) * np.uint8(255)
    if values.dtype in (np.uint8, np.uint16):
        return cast(Pixels, values)
    if values.dtype.kind == "f":
        return _from_float(values.astype(np.float32, copy=False))
    if values.dtype == np.int8:
        return values.clip(0).astype(np.uint8) * np.uint8(2)
    top = int(values.max(initial=0))
    shift = max(0, top.bit_length() - 16) and values.dtype.itemsize * 8 - 16
    return (values.clip(0) >> shift).astype(np.uint16)


def expand(values: NDArray[np.generic], bits: int) -> Pixels:
    """Unsigned ``values`` of a file with ``bits`` per sample (10, 12, 14 ...), stretched to 16 bits."""
    if bits >= 16 or values.dtype != np.uint16:
        return levels(values)
    top = (1 << bits) - 1
    wide = values.clip(0, top).astype(np.uint32)
    return ((wide * 65535 + top // 2) // top).astype(np.uint16)


def _from_float(values: NDArray[np.float32]) -> Pixels:
    known = np.nan_to_num(values, nan=0.0, posinf=65535.0, neginf=0.0)
    top = float(known.max(initial=0.0))
    white = 1.0 if top <= 16 else 255.0 if top <= 255 else 65535.0
    return (known.clip(0, white) * (65535.0 / white) + 0.5).astype(np.uint16)


def _from_grey(grey: Pixels, icc: bytes | None) -> Pixels:
    made = profiles.convert(grey, icc) if icc and profiles.space(icc) == "gray" else None
    return made if made is not None else np.repeat(grey[:, :, None], 3, axis=2)


def _from_cmyk(image: Image.Image, icc: bytes | None) -> Pixels:
    """Pillow takes every CMYK JPEG for one of Adobe's, whose inks are inverted; others are put right here."""
    if image.format in ("JPEG", "MPO") and "adobe" not in image.info:
        image = Image.eval(image, lambda ink: 255 - ink)
    made = profiles.convert(np.asarray(image), icc) if icc and profiles.space(icc) == "cmyk" else None
    return made if made is not None else _banded(image, "RGB")


def cmyk_array(inks: Pixels, icc: bytes | None) -> Pixels:
    """(H, W, 4) inks, full ink high, to sRGB of 8 bits."""
    if inks.dtype == np.uint16:
        inks = (inks >> 8).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(inks[:, :, :4]), "CMYK")
    return _from_cmyk(image, icc)


def _from_lab(image: Image.Image) -> Pixels:
    made = ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"),
                                     outputMode="RGB")
    return np.asarray(made)


def _banded(image: Image.Image, mode: str) -> Pixels:
    width, height = image.size
    rows = max(1, _BAND // width)
    if rows >= height:
        return np.array(image if image.mode == mode else image.convert(mode))
    pixels = np.empty((height, width, len(mode)), np.uint8)
    for top in range(0, height, rows):
        band = image.crop((0, top, width, min(top + rows, height)))
        pixels[top:top + rows] = np.asarray(band if band.mode == mode else band.convert(mode))
    return pixels
