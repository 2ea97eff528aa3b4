"""Colour profiles (ICC.1:2022) through Little CMS, 8 and 16 bit."""

from __future__ import annotations

import functools
from typing import Literal, cast

import imagecodecs
import numpy as np

from studio.media.values import Pixels

_RELATIVE, _BLACK_POINT, _EXACT = 1, 0x2000, 0x100
"""Relative colorimetric with black point compensation, as image editors do by default.

For 16 bits Little CMS would put a coarse table in place of the curves (measured: 7 of 255 levels off).
"""
Space = Literal["rgb", "gray", "cmyk", "lab", ""]
_SPACES: dict[bytes, Space] = {b"RGB ": "rgb", b"GRAY": "gray", b"CMYK": "cmyk", b"Lab ": "lab"}


def space(icc: bytes | None) -> Space:
    """The colours a profile describes, from its header; "" if it is none or damaged."""
    if not icc or len(icc) < 128 or icc[36:40] != b"acsp":
        return ""
    return _SPACES.get(icc[16:20], "")


@functools.cache
def srgb() -> bytes:
    """An sRGB profile (IEC 61966-2-1)."""
    made: bytes = imagecodecs.cms_profile("srgb")
    return made


@functools.lru_cache(maxsize=32)
def is_srgb(icc: bytes) -> bool:
    """Whether a profile calls itself sRGB, as nearly every one in circulation does that is."""
    described = icc[128:].replace(b"\0", b"").lower()  # text is ASCII in v2, UTF-16 in v4
    return space(icc) == "rgb" and b"srgb" in described


def convert(pixels: Pixels, icc: bytes) -> Pixels | None:
    """``pixels`` to sRGB: (H, W) grey, (H, W, 3) RGB, (H, W, 4) CMYK with 255 for full ink, as ``icc`` says.

    (H, W, 3) of the same depth comes back; None if the profile cannot be used.
    """
    flags = _BLACK_POINT | (_EXACT if pixels.dtype == np.uint16 else 0)
    try:
        made = imagecodecs.cms_transform(np.ascontiguousarray(pixels), icc, srgb(), colorspace=space(icc),
                                         outcolorspace="rgb", intent=_RELATIVE, flags=flags)
    except (imagecodecs.CmsError, ValueError, TypeError, RuntimeError):
        return None
    return cast(Pixels, made)

