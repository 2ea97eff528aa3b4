"""Bytes of a picture file to pixels: Pillow where it can, libpng and tifffile for more than 8 bits."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin, UnidentifiedImageError

from studio.core.errors import OutOfMemory, StudioError
from studio.media import damage, deep, modes, sniff, tiff_tags, xmp_edit
from studio.media.values import Picture, PictureFacts, Pixels

_ORIENTATION = 0x0112
PngImagePlugin.MAX_TEXT_CHUNK = 16_000_000  # some programs write long histories; 1 MB is Pillow's limit
Image.MAX_IMAGE_PIXELS = None  # the limit is `check_size`, with a sentence instead of a warning
logging.getLogger("tifffile").addHandler(logging.NullHandler())  # it reports what we put in words ourselves


def decode(data: bytes, *, max_pixels: int, about: int = 0, keep_grey: bool = False) -> Picture:
    """The picture in ``data``. ``about`` above 0 lets a JPEG come smaller, no side below it (for thumbnails).

    ``keep_grey`` as in `picture.read`. Raises StudioError; whatever a decoder raises is put into words.
    """
    kind = sniff.kind(data[:4096])  # only its decoder is let near: some of Pillow's start other programs
    with quiet():
        try:
            return _decode(data, kind, max_pixels, about, keep_grey)
        except StudioError:
            raise
        except MemoryError as error:
            raise OutOfMemory("There was not enough memory to open this picture.",
                              "Close other programs, or save a smaller copy.") from error
        except Exception as error:  # decoders raise anything on damaged data
            raise damage.explain(data, kind, error) from error


def facts(data: bytes) -> PictureFacts:
    """What the header says. Raises StudioError."""
    kind = sniff.kind(data[:4096])
    with quiet():
        try:
            return _facts(data, kind)
        except Exception as error:  # decoders raise anything on damaged data
            raise damage.explain(data, kind, error) from error


def check_size(width: int, height: int, most: int) -> None:
    """Raise StudioError if there are more than ``most`` pixels, or none."""
    if width * height > most:
        raise StudioError("This picture has {megapixels:,} megapixels ({width:,} x {height:,}); "
                          "{most:,} is the most.", "Save a smaller copy of it.",
                          megapixels=-(-width * height // 1_000_000),
                          width=width, height=height, most=most // 1_000_000)
    if width < 1 or height < 1:
        raise StudioError("This picture has no pixels: it is {width} x {height}.", width=width, height=height)


@contextmanager
def quiet() -> Generator[None]:
    """Decoders warn about odd but readable files; nobody could act on that."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def upright(pixels: NDArray[np.generic], orientation: int) -> NDArray[np.generic]:
    """``pixels`` turned and mirrored as EXIF tag 274 says (1 to 8; anything else means 1)."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def _decode(data: bytes, kind: str, max_pixels: int, about: int, keep_grey: bool) -> Picture:
    if kind == "TIFF" and (page := deep.tiff_page(data)):
        check_size(page.width, page.height, max_pixels)
        pixels, icc = page.read(keep_grey=keep_grey)
        return Picture(cast(Pixels, upright(pixels, page.orientation)), icc, _exif_of_tiff(data),
                       xmp=xmp_edit.cleaned(page.xmp), is_grey=page.is_grey, format="TIFF")
    is_deep_png = kind == "PNG" and data[24:25] == b"\x10"
    with Image.open(io.BytesIO(data), formats=(kind,)) as image:
        check_size(*image.size, max_pixels)
        if (kind == "GIF" or is_deep_png) and damage.is_cut_off(data, kind):
            raise OSError("truncated")  # these decoders leave the rest blank without a word
        if about:
            image.draft("RGB", (about, about))
        picture = _png16(data, image, keep_grey) if is_deep_png else _from_pillow(image, keep_grey)
        turn = _orientation(image)  # after load, which turns TIFFs itself
        return replace(picture, pixels=cast(Pixels, upright(picture.pixels, turn)), exif=_exif(image, data),
                       xmp=_xmp(image), text=_text(image))


def _from_pillow(image: Image.Image, keep_grey: bool) -> Picture:
    image.load()
    pixels, icc = modes.from_pillow(image, keep_grey=keep_grey)
    return Picture(pixels, icc, is_grey=modes.is_grey(image.mode), format=image.format or "")


def _png16(data: bytes, image: Image.Image, keep_grey: bool) -> Picture:
    """libpng keeps the 16 bits that Pillow drops; the text chunks still come from Pillow."""
    channels = cast(Pixels, imagecodecs.png_decode(data))
    image.load()
    pixels, icc = modes.finish(channels, image.info.get("icc_profile"), keep_grey=keep_grey)
    return Picture(pixels, icc, is_grey=channels.ndim == 2 or channels.shape[2] < 3, format="PNG")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - as in _exif
        return 1


def _exif(image: Image.Image, data: bytes) -> bytes | None:
    """The EXIF block without its orientation: the pixels are upright now."""
    if image.format == "TIFF":
        return _exif_of_tiff(data)
    try:
        exif = image.getexif()
        exif.pop(_ORIENTATION, None)
        return exif.tobytes() if len(exif) else None
    except Exception:  # noqa: BLE001 - maker notes come in every broken form; the picture matters more
        return None


def _exif_of_tiff(data: bytes) -> bytes | None:
    try:
        return tiff_tags.exif_of(data)
    except Exception:  # noqa: BLE001 - as in _exif
        return None


def _xmp(image: Image.Image) -> bytes | None:
    """The XMP packet, in one piece and upright."""
    if image.format in ("JPEG", "MPO"):
        return xmp_edit.whole(getattr(image, "applist", []))
    found = image.info.get("xmp")
    if image.format == "TIFF":
        found = getattr(image, "tag_v2", {}).get(tiff_tags.XMP)
    return xmp_edit.cleaned(found) if isinstance(found, bytes) else None


def _text(image: Image.Image) -> dict[str, str]:
    if image.format != "PNG":
        return {}
    return {str(key): str(value) for key, value in getattr(image, "text", {}).items()}


def _facts(data: bytes, kind: str) -> PictureFacts:
    try:
        image = Image.open(io.BytesIO(data), formats=(kind,))
    except UnidentifiedImageError:
        if kind == "TIFF" and (page := deep.tiff_page(data)):
            return page.facts(len(data))
        raise
    with image:
        width, height = image.size
        if kind != "TIFF" and _orientation(image) in (5, 6, 7, 8):
            width, height = height, width  # Pillow says a TIFF's size as seen upright already
        deep_mode = "RGB;16" if kind == "PNG" and data[24] == 16 and data[25] in (2, 6) else image.mode
        frames = int(getattr(image, "n_frames", 1))
        return PictureFacts(width, height, image.format or kind, deep_mode, frames, len(data))
