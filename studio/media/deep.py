"""TIFFs with more than 8 bits or floats, which Pillow would reduce or refuse, through tifffile."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import tifffile
from numpy.typing import NDArray

from studio.core.errors import StudioError
from studio.media import modes
from studio.media.values import PictureFacts, Pixels

_COLOURS = ("MINISBLACK", "MINISWHITE", "RGB", "SEPARATED")


@dataclass(frozen=True, slots=True)
class TiffPage:
    """The first page of a TIFF that wants tifffile."""

    page: Any
    frames: int

    @property
    def width(self) -> int:
        """Columns as stored, before turning."""
        return int(self.page.imagewidth)

    @property
    def height(self) -> int:
        """Rows as stored, before turning."""
        return int(self.page.imagelength)

    @property
    def orientation(self) -> int:
        """EXIF orientation, 1 to 8."""
        return int(_tag(self.page, "Orientation", 1))

    @property
    def colours(self) -> str:
        """TIFF's photometric interpretation."""
        return str(self.page.photometric.name)

    @property
    def xmp(self) -> bytes | None:
        """The XMP packet, if there is one."""
        found = _tag(self.page, "XMP", None)
        return found if isinstance(found, bytes) else None

    @property
    def is_grey(self) -> bool:
        """Whether it holds brightness only."""
        return self.colours.startswith("MINIS")

    def facts(self, size: int) -> PictureFacts:
        """As `decode.facts`, for a file of ``size`` bytes."""
        width, height = self.width, self.height
        if self.orientation > 4:
            width, height = height, width
        kind = "float" if self.page.sampleformat == 3 else "int"
        mode = f"{self.colours};{self.page.bitspersample}{kind}"
        return PictureFacts(width, height, "TIFF", mode, self.frames, size)

    def read(self, *, keep_grey: bool = False) -> tuple[Pixels, bytes | None]:
        """Pixels (H, W, 3 or 4) as stored, before turning, and the profile as `modes.finish` leaves it."""
        values = self._channels_last()
        icc = _tag(self.page, "InterColorProfile", None)
        if self.page.sampleformat == 1 and values.dtype == np.uint16:
            channels = modes.expand(values, int(self.page.bitspersample))
        else:
            channels = modes.levels(values)
        if self.colours == "SEPARATED":
            return modes.cmyk_array(channels, icc), None
        if self.colours == "MINISWHITE":
            channels = np.iinfo(channels.dtype).max - channels
        return modes.finish(self._known(channels), icc, keep_grey=keep_grey)

    def _channels_last(self) -> NDArray[np.generic]:
        values = self.page.asarray()
        if values.ndim == 3 and self.page.planarconfig == 2:
            values = np.moveaxis(values, 0, -1)
        if values.ndim == 4:  # a stack of slices: the first
            values = values[0]
        return np.ascontiguousarray(values)

    def _known(self, channels: Pixels) -> Pixels:
        """Colour and, if the file says that an extra channel is opacity, alpha."""
        colours = 1 if self.is_grey else 3
        if channels.ndim == 2 or channels.shape[2] == colours:
            return channels
        extras = [int(extra) for extra in self.page.extrasamples or ()]
        opaque = colours if not extras or extras[0] not in (1, 2) else colours + 1
        kept = channels[:, :, :opaque]
        return _straight(kept) if opaque > colours and extras[0] == 1 else kept


def tiff_page(data: bytes) -> TiffPage | None:
    """The first page if Pillow would lose something of it; None if Pillow reads it well.

    Raises StudioError for camera raw files, whose first page is a mere thumbnail.
    """
    file = tifffile.TiffFile(io.BytesIO(data))
    page: Any = file.pages.first
    if page.subfiletype & 1 and page.subifds:
        raise StudioError("This is a camera raw file.",
                          "Develop it in a raw program and save it as TIFF or JPEG.")
    return TiffPage(page, len(file.pages)) if _is_deep(page) else None


def _is_deep(page: Any) -> bool:
    bits = page.bitspersample
    return (max(bits) if isinstance(bits, tuple) else bits) > 8 and page.photometric.name in _COLOURS


def bits_of_tiff(file: BinaryIO) -> int:
    """16 where `picture.read` would give 16 bits, else 8. Raises StudioError for a damaged file."""
    try:
        with tifffile.TiffFile(file) as opened:
            return 16 if _is_deep(opened.pages.first) else 8
    except (tifffile.TiffFileError, struct.error, IndexError) as error:
        raise StudioError("This TIFF picture is damaged and cannot be read.", details=repr(error)) from error


def xmp_of(file: BinaryIO | Path) -> bytes | None:
    """The XMP packet of a TIFF's first page, if there is one. tifffile's errors pass through."""
    with tifffile.TiffFile(file) as opened:
        found = _tag(opened.pages.first, "XMP", None)
    return found if isinstance(found, bytes) else None


def _straight(pixels: Pixels) -> Pixels:
    """Premultiplied to straight alpha."""
    top = np.iinfo(pixels.dtype).max
    alpha = pixels[:, :, -1:].astype(np.float32)
    colour = pixels[:, :, :-1] * (top / np.maximum(alpha, 1))
    return np.concatenate([colour.clip(0, top).round().astype(pixels.dtype), pixels[:, :, -1:]], axis=2)


def _tag(page: Any, name: str, default: Any) -> Any:
    tag = page.tags.get(name)
    return default if tag is None else tag.value
