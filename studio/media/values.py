"""What a picture is once it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8 | np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded picture, upright, first frame."""

    pixels: Pixels
    """(height, width, 3 or 4), uint8 or uint16, red green blue and straight (not premultiplied) alpha."""
    icc: bytes | None = None
    """An RGB profile; where it was asked for, a grey one (`has_grey_profile`); None for sRGB."""
    exif: bytes | None = None
    """EXIF block ("Exif" header included) without an orientation."""
    xmp: bytes | None = None
    """XMP packet, upright, without a recipe of ours."""
    text: Mapping[str, str] = field(default_factory=dict)
    """Text chunks of a PNG, by keyword."""
    is_grey: bool = False
    """The file held one channel; the three here are equal."""
    format: str = ""
    """The format's name as Pillow spells it, such as "JPEG"."""

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def bits(self) -> int:
        """Bits per channel: 8 or 16."""
        return self.pixels.dtype.itemsize * 8

    @property
    def has_alpha(self) -> bool:
        """Whether there is a fourth channel."""
        return int(self.pixels.shape[2]) == 4

    @property
    def alpha(self) -> Pixels | None:
        """(height, width) opacity, or None if the picture is opaque by its format."""
        return self.pixels[:, :, 3] if self.has_alpha else None

    @property
    def has_grey_profile(self) -> bool:
        """Whether `icc` says what one channel of grey means; the three here are as the file held it."""
        return bool(self.icc) and self.icc[16:20] == b"GRAY"  # type: ignore[index]

    @property
    def stored(self) -> Pixels:
        """(height, width, 1 to 4) as files hold it: grey has one channel, but not with an RGB profile."""
        if not self.is_grey or (self.icc and not self.has_grey_profile):
            return self.pixels
        return self.pixels[:, :, [0, 3]] if self.has_alpha else self.pixels[:, :, :1]

    @property
    def rgb(self) -> Pixels:
        """(height, width, 3), a view."""
        return self.pixels[:, :, :3]


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a file's header says, the sides as seen upright."""

    width: int
    height: int
    format: str
    mode: str
    """Pillow's mode, such as "RGB", "CMYK", "P"; "RGB;16" and the like where Pillow has none."""
    frames: int
    bytes: int
    """Size of the file."""
