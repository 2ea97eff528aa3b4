"""What a picture file holds besides its pixels, made true for a picture of another size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from PIL import Image

from studio.media import decode, profiles, xmp_edit
from studio.media.values import Picture

_WIDTH, _HEIGHT = 0xA002, 0xA003
_ORIENTATION, _X_RESOLUTION, _Y_RESOLUTION, _UNIT = 0x0112, 0x011A, 0x011B, 0x0128
_INCH = 2
_EXIF_IFD, _MAKER_NOTES = 0x8769, 0x927C
SEGMENT = 65_533
"""Bytes in a segment of a JPEG."""
_OWN = frozenset({"atelier", "XML:com.adobe.xmp"})
"""PNG keywords that are not a person's words; ImageMagick's "Raw profile type ..." are not either."""


@dataclass(frozen=True, slots=True)
class Extras:
    """Blocks that go into a file unchanged, where its format has a place for them."""

    icc: bytes | None = None
    """An RGB or a grey profile, or None for sRGB. Left out of pictures it does not fit."""
    exif: bytes | None = None
    """EXIF block, with or without its "Exif" header."""
    xmp: bytes | None = None
    """XMP packet."""
    dpi: float = 0.0
    """Dots per inch on paper; 0 says nothing."""
    recipe: str | None = None
    """JSON text."""
    text: Mapping[str, str] = field(default_factory=dict)
    """Text chunks of a PNG."""

    @classmethod
    def of(cls, picture: Picture, *, width: int, height: int, dpi: float = 0.0,
           keep_metadata: bool = True) -> Self:
        """Those of ``picture`` for a result of ``width`` x ``height``; the profile is always kept."""
        if not keep_metadata:
            return cls(picture.icc, dpi=dpi)
        words = {key: value for key, value in picture.text.items()
                 if key not in _OWN and not key.startswith("Raw profile type")}
        exif = sized_exif(picture.exif, width, height, dpi) if picture.exif else None
        packet = xmp_edit.sized(picture.xmp, width, height) if picture.xmp else None
        return cls(picture.icc, exif, packet, dpi, text=words)

    def for_channels(self, channels: int) -> Self:
        """Without a profile that pictures of so many channels cannot carry."""
        wanted = "rgb" if channels >= 3 else "gray"
        return self if profiles.space(self.icc) == wanted else replace(self, icc=None)


def sized_exif(exif: bytes, width: int, height: int, dpi: float = 0.0) -> bytes:
    """An EXIF block that tells ``width``, ``height`` (if it told a size) and ``dpi`` (if above 0), upright.

    The thumbnail is left out: it shows another picture. A block that cannot be read comes back as it is.
    """
    with decode.quiet():
        try:
            block = Image.Exif()
            block.load(exif)
            _set_size(block, width, height, dpi)
            return block.tobytes()
        except Exception:  # noqa: BLE001 - maker notes come in every broken form
            return exif


def short_exif(exif: bytes | None) -> bytes | None:
    """An EXIF block that fits one segment of a JPEG: without its maker's notes if need be, or None."""
    if exif is None or len(exif) <= SEGMENT:
        return exif
    with decode.quiet():
        try:
            block = Image.Exif()
            block.load(exif)
            block.get_ifd(_EXIF_IFD).pop(_MAKER_NOTES, None)
            made = block.tobytes()
        except Exception:  # noqa: BLE001 - as above
            return None
    return made if len(made) <= SEGMENT else None


def _set_size(block: Image.Exif, width: int, height: int, dpi: float) -> None:
    block.pop(_ORIENTATION, None)
    camera = block.get_ifd(_EXIF_IFD)
    if _WIDTH in camera or _HEIGHT in camera:
        camera[_WIDTH], camera[_HEIGHT] = width, height
    if dpi > 0:
        block[_X_RESOLUTION] = block[_Y_RESOLUTION] = dpi
        block[_UNIT] = _INCH
