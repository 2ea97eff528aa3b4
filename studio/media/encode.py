"""Writes pictures as PNG, JPEG, WebP and TIFF with the recipe inside, and finds the recipe again."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image, ImageFile

from studio.core.errors import StudioError
from studio.media import decode, deep, embed_gif, generation_files, sniff, sources, tiff_tags, xmp, xmp_edit
from studio.media.extras import SEGMENT, short_exif
from studio.media.picture import encode_png, to_srgb
from studio.media.values import Picture, Pixels

Format = Literal["png", "jpeg", "webp", "tiff"]
KEYWORD = "atelier"
MAX_RECIPE = 900_000
"""Bytes of JSON; Pillow, and with it half of the world, reads no PNG text above a megabyte."""
_OPTIMISED = 32_000_000
"""Pixels up to which a JPEG gets its own Huffman tables: the encoder then holds all coefficients."""
_SIDES = {"jpeg": 65_500, "webp": 16_383}
_buffer = threading.Lock()
_XMP_KEYWORD = "XML:com.adobe.xmp"


def encode(picture: Picture, format: Format, *, bits: int = 8, quality: int = 92,  # noqa: A002 - the field's word
           recipe: str | None = None, parameters: str = "") -> bytes:
    """``picture`` as a file.

    ``bits`` 8 or 16 counts for PNG and TIFF; ``quality`` 1 to 100 for JPEG (no chroma subsampling from 90)
    and WebP; JPEG puts transparent parts on white. ``recipe`` is JSON text; ``parameters``, where
    there are some, is what other programs read of how it was made (`studio.media.generation`), left out of a
    JPEG that has no room for it. Raises StudioError when a side or the recipe is too big for the format.
    """
    check_sides(format, picture.height, picture.width)
    check_recipe(recipe)
    if format != "png":
        picture = replace(picture, exif=_told(picture.exif, parameters, format))
    made = _ENCODERS[format](picture, bits, quality, encodable(recipe))
    return generation_files.into_png(made, parameters) if format == "png" else made


def read_recipe(source: Path | bytes) -> dict[str, Any] | None:
    """The recipe in a picture `encode` wrote, or None if it carries none or is no picture.

    Raises StudioError only where the file itself cannot be read.
    """
    head = sources.head(source)
    try:
        kind = sniff.kind(head)
    except StudioError:
        return None
    with decode.quiet():
        return parsed(_find(source, kind))


def to_bits(pixels: Pixels, bits: int) -> Pixels:
    """``pixels`` with 8 or 16 ``bits`` per channel, rounded; 255 and 65,535 are both white."""
    if pixels.dtype.itemsize * 8 == bits:
        return pixels
    if bits == 16:
        return pixels.astype(np.uint16) * np.uint16(257)
    return ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)


def check_sides(format: Format, height: int, width: int) -> None:  # noqa: A002 - as in encode
    """Raise StudioError where a side is longer than ``format`` can be."""
    most = _SIDES.get(format, 0)
    if most and max(width, height) > most:
        raise StudioError("A {format} picture can be {most:,} pixels wide or high; this one is "
                          "{width:,} x {height:,}.", "Save it as PNG or TIFF.",
                          format=format.upper(), most=most, width=width, height=height)


def check_recipe(recipe: str | None) -> None:
    """Raise StudioError where it is too big for a picture."""
    size = len(recipe.encode("utf-8", "surrogatepass")) if recipe else 0
    if size > MAX_RECIPE:
        raise StudioError("The recipe is too big for a picture: {size:,} KB; {most:,} KB is the most.",
                          "Export without the recipe.", size=size // 1000, most=MAX_RECIPE // 1000)


def encodable(recipe: str | None) -> str | None:
    """JSON text that UTF-8 can hold.

    File names that are not UTF-8 carry lone surrogates: JSON can escape them, UTF-8 cannot hold them.
    """
    try:
        (recipe or "").encode()
    except UnicodeEncodeError:
        return json.dumps(json.loads(recipe or ""))
    return recipe


def _told(exif: bytes | None, parameters: str, format: Format) -> bytes | None:  # noqa: A002 - as in encode
    """EXIF with ``parameters`` in it; without them where a JPEG could not hold both."""
    made = generation_files.into_exif(exif, parameters)
    return exif if format == "jpeg" and made and len(made) > SEGMENT else made


def _png(picture: Picture, bits: int, quality: int, recipe: str | None) -> bytes:
    text = {KEYWORD: recipe} if recipe else {}
    if picture.xmp:
        text[_XMP_KEYWORD] = picture.xmp.decode("utf-8", "replace")
    return encode_png(to_bits(picture.stored, bits), icc=picture.icc, text=text, exif=picture.exif)


def _jpeg(picture: Picture, bits: int, quality: int, recipe: str | None) -> bytes:
    block = _packet(picture, recipe)
    more: dict[str, Any] = dict(zip(("xmp", "extra"), xmp.split(block), strict=True)) if block else {}
    return _pillow(on_white(to_bits(picture.stored, 8)), "JPEG", picture, quality=quality,
                   subsampling=0 if quality >= 90 else 2, **more)


def _webp(picture: Picture, bits: int, quality: int, recipe: str | None) -> bytes:
    block = _packet(picture, recipe)
    more = {"xmp": block} if block else {}
    picture = to_srgb(picture) if picture.has_grey_profile else picture  # WebP has no grey
    return _pillow(to_bits(picture.pixels, 8), "WEBP", picture, quality=quality, method=4, exact=True, **more)


def _packet(picture: Picture, recipe: str | None) -> bytes | None:
    return xmp_edit.with_recipe(picture.xmp, recipe) if recipe else picture.xmp


def _pillow(pixels: Pixels, format: str, picture: Picture, **more: Any) -> bytes:  # noqa: A002 - Pillow's word
    exif = short_exif(picture.exif) if format == "JPEG" else picture.exif
    known = {"icc_profile": picture.icc, "exif": exif}
    made = io.BytesIO()
    with Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels) as image:
        save = partial(image.save, format=format) if format == "WEBP" else partial(save_jpeg, image)
        save(made, **{key: value for key, value in known.items() if value}, **more)
    return made.getvalue()


def save_jpeg(image: Image.Image, target: Path | BinaryIO, **settings: Any) -> None:
    """Encode, with Huffman tables of its own up to `_OPTIMISED` pixels. Raises OSError.

    Pillow gives those a buffer of a byte for each pixel; noise and long recipes need more.
    """
    if image.width * image.height > _OPTIMISED:
        image.save(target, "JPEG", **settings)
        return
    blocks = sum(len(value) for value in settings.values() if isinstance(value, bytes))
    with _buffer:
        usual = ImageFile.MAXBLOCK
        ImageFile.MAXBLOCK = max(usual, 4 * image.width * image.height + 2 * blocks + usual)
        try:
            image.save(target, "JPEG", optimize=True, **settings)
        finally:
            ImageFile.MAXBLOCK = usual


def _tiff(picture: Picture, bits: int, quality: int, recipe: str | None) -> bytes:
    block, pixels = _packet(picture, recipe), to_bits(picture.stored, bits)
    tags = [(tiff_tags.XMP, 1, len(block), block, True)] if block else []
    if picture.exif:
        tags += tiff_tags.of_exif(picture.exif)
    is_grey = pixels.shape[2] < 3
    made = io.BytesIO()
    tifffile.imwrite(made, pixels[:, :, 0] if pixels.shape[2] == 1 else pixels, compression="zlib",
                     photometric="minisblack" if is_grey else "rgb", byteorder="<", predictor=True,
                     planarconfig="contig" if pixels.shape[2] == 2 else None,
                     extrasamples=["unassalpha"] if picture.has_alpha else None, iccprofile=picture.icc,
                     extratags=tags, metadata=None, software="Atelier")
    if picture.exif:
        tiff_tags.put_directories(made, picture.exif)
    return made.getvalue()


_ENCODERS: dict[Format, Callable[[Picture, int, int, str | None], bytes]] = {
    "png": _png, "jpeg": _jpeg, "webp": _webp, "tiff": _tiff}


def on_white(pixels: Pixels) -> NDArray[np.uint8]:
    """8-bit (n, W, 1 to 4) without its alpha, if it has one: transparent parts show white."""
    if pixels.shape[2] in (1, 3):
        return cast(NDArray[np.uint8], pixels)
    alpha = pixels[:, :, -1:].astype(np.uint32)
    mixed = pixels[:, :, :-1] * alpha + np.uint32(255) * (255 - alpha)
    return ((mixed + 127) // 255).astype(np.uint8)


def _find(source: Path | bytes, kind: str) -> str | None:
    """The recipe's JSON text; headers are parsed, pixels are not decoded."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        if kind == "GIF":
            return embed_gif.recipe(sources.load(source))
        if kind == "TIFF":
            block = deep.xmp_of(file)
            return xmp.recipe(block) if block else None
        with Image.open(file, formats=("PNG", "JPEG", "WEBP")) as image:
            if kind == "PNG":
                return image.info.get(KEYWORD)
            if kind == "JPEG":
                return xmp.from_jpeg(getattr(image, "applist", []))
            block = image.info.get("xmp")
            return xmp.recipe(block) if isinstance(block, bytes) else None
    except Exception:  # noqa: BLE001 - a picture too damaged for its header has no recipe for us
        return None


def parsed(text: str | None) -> dict[str, Any] | None:
    """A recipe from its JSON text; None for what is none."""
    try:
        found = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
