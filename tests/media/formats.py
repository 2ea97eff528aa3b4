"""What each kind of picture file brings along, and what each kind written keeps: found out by doing it.

``python -m tests.media.formats`` writes the tables into the documentation.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from PIL import Image

from studio.media import embed, frames, picture, profiles, stream
from studio.media.encode import read_recipe
from studio.media.extras import Extras
from studio.media.values import Picture
from tests.media.metadata import PACKET, camera_exif
from tests.media.pictures import gradient, saved

DOC = Path(__file__).resolve().parents[2] / "docs" / "upscale-formats.md"
_ICC = profiles.srgb()
_SIDE = {"height": 24, "width": 32}
_YES, _NO = "yes", "–"
Check = Callable[[Picture], bool]
Maker = Callable[[], bytes]

_CHECKS: Mapping[str, Check] = {
    "EXIF": lambda read: b"2020:01:02" in (read.exif or b""),
    "XMP": lambda read: b"Dieppe" in (read.xmp or b""),
    "ICC": lambda read: read.icc == _ICC,
    "alpha": lambda read: read.has_alpha and bool((read.alpha == gradient(channels=4)[:, :, 3]).all()),
    "16 bits": lambda read: read.bits == 16 and bool((read.pixels == gradient(dtype=np.uint16)).all()),
    "grey": lambda read: read.is_grey,
    "indexed": lambda read: read.pixels.shape[2] == 3 and _is_near(read, 30),
    "CMYK": lambda read: read.pixels.shape[2] == 3 and _is_near(read, 12),
}


def _is_near(read: Picture, most: float) -> bool:
    return bool(np.abs(read.pixels.astype(int) - gradient()).mean() < most)


def _with(kind: str, **more: Any) -> Maker:
    return lambda: saved(gradient(), kind, **more)


def _in_mode(kind: str, mode: str, **more: Any) -> Maker:
    return lambda: saved(Image.fromarray(gradient()).convert(mode), kind, **more)


def _clear(kind: str, **more: Any) -> Maker:
    return lambda: saved(gradient(channels=4), kind, **more)


def _deep_png() -> bytes:
    return picture.encode_png(gradient(dtype=np.uint16))


def _deep_tiff() -> bytes:
    made = io.BytesIO()
    tifffile.imwrite(made, gradient(dtype=np.uint16), photometric="rgb")
    return made.getvalue()


def _deep_ppm() -> bytes:
    return b"P6 32 24 65535\n" + gradient(dtype=np.uint16).astype(">u2").tobytes()


def _xmp_png() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", PACKET.decode())
    return saved(gradient(), "PNG", pnginfo=info)


def _tiff_with(tag: int, value: Any) -> Maker:
    def make() -> bytes:
        made = io.BytesIO()
        tifffile.imwrite(made, gradient(), photometric="rgb", extratags=[(tag, 1, len(value), value, True)])
        return made.getvalue()
    return make


def _camera_tiff() -> bytes:
    block = Image.Exif()
    block.load(camera_exif())
    block.get_ifd(0x8769)
    return saved(gradient(), "TIFF", exif=block)


def _moving(kind: str) -> Maker:
    second = Image.fromarray(gradient()[::-1].copy())
    return lambda: saved(gradient(), kind, save_all=True, append_images=[second], duration=50)


_LOSSLESS = {"lossless": True, "exact": True}
READ: Mapping[str, Mapping[str, Maker]] = {
    "JPEG": {"EXIF": _with("JPEG", exif=camera_exif()), "XMP": _with("JPEG", xmp=PACKET),
             "ICC": _with("JPEG", icc_profile=_ICC), "grey": _in_mode("JPEG", "L"),
             "CMYK": _in_mode("JPEG", "CMYK", quality=100)},
    "PNG": {"EXIF": _with("PNG", exif=camera_exif()), "XMP": _xmp_png, "ICC": _with("PNG", icc_profile=_ICC),
            "alpha": _clear("PNG"), "16 bits": _deep_png, "grey": _in_mode("PNG", "L"),
            "indexed": _in_mode("PNG", "P"), "animation": _moving("PNG")},
    "WebP": {"EXIF": _with("WEBP", exif=camera_exif()), "XMP": _with("WEBP", xmp=PACKET),
             "ICC": _with("WEBP", icc_profile=_ICC), "alpha": _clear("WEBP", **_LOSSLESS),
             "animation": _moving("WEBP")},
    "TIFF": {"EXIF": _camera_tiff, "XMP": _tiff_with(700, PACKET), "ICC": _with("TIFF", icc_profile=_ICC),
             "alpha": _clear("TIFF"), "16 bits": _deep_tiff, "grey": _in_mode("TIFF", "L"),
             "indexed": _in_mode("TIFF", "P"), "CMYK": _in_mode("TIFF", "CMYK")},
    "GIF": {"indexed": _in_mode("GIF", "P"), "animation": _moving("GIF")},
    "AVIF": {"EXIF": _with("AVIF", exif=camera_exif()), "XMP": _with("AVIF", xmp=PACKET),
             "ICC": _with("AVIF", icc_profile=_ICC), "alpha": _clear("AVIF", quality=100)},
    "JPEG 2000": {"alpha": _clear("JPEG2000"), "grey": _in_mode("JPEG2000", "L")},
    "BMP": {"grey": _in_mode("BMP", "L"), "indexed": _in_mode("BMP", "P")},
    "PPM": {"16 bits": _deep_ppm, "grey": _in_mode("PPM", "L")},
}
"""Kind of file to what such files can hold, and how to make one that does."""
LOST = frozenset({("PPM", "16 bits")})
"""What Pillow drops and nothing here mends: a format of scientists' tools, at a depth that is rare in it."""
_COLUMNS = (*_CHECKS, "animation")


def brings(kind: str, what: str) -> str:
    """Whether a file of that kind brings that along: "yes", "–" where it cannot, "lost"."""
    if what not in READ[kind]:
        return _NO
    data = READ[kind][what]()
    if what == "animation":
        return _YES if frames.probe(data, max_pixels=10**6) else "first frame"
    return _YES if _CHECKS[what](picture.read(data)) else "lost"


WRITTEN: Mapping[str, str] = {"PNG": "png", "JPEG": "jpeg", "WebP": "webp", "TIFF": "tiff", "GIF": "gif"}
_WRITE_COLUMNS = ("EXIF", "XMP", "ICC", "alpha", "16 bits", "grey", "animation", "recipe")


def keeps(kind: str, what: str) -> str:
    """Whether what is written as that kind of file keeps that."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        if what == "animation" or kind == "GIF":
            return _keeps_moving(path, WRITTEN[kind], what)
        bits = 16 if what == "16 bits" else 8
        channels = {"alpha": 4, "grey": 1}.get(what, 3)
        pixels = gradient(channels=channels, dtype=np.uint16 if bits == 16 else np.uint8)
        extras = Extras(_ICC if channels > 1 else None, camera_exif(), PACKET, recipe='{"seed":7}')
        name: Any = WRITTEN[kind]
        if bits == 16 and kind not in ("PNG", "TIFF"):
            return _NO
        with stream.open_writer(path, name, **_SIDE, channels=channels, bits=bits, extras=extras) as writer:
            writer.write(pixels)
        return _found(path, what)


def _keeps_moving(path: Path, container: Any, what: str) -> str:
    if container not in frames.CONTAINERS.values():
        return _NO
    channels = 4 if what == "alpha" else 3
    shown = gradient(channels=channels)
    if channels == 4:
        shown[:, :, 3] = np.where(shown[:, :, 3] < 128, 0, 255)
    extras = Extras(_ICC, camera_exif(), PACKET)
    with frames.open_writer(path, container, **_SIDE, channels=channels, extras=extras) as writer:
        writer.write(shown, 40)
        writer.write(shown[::-1].copy(), 50)
    if what == "animation":
        found = frames.probe(path, max_pixels=10**6)
        return _YES if found and found.durations == (40, 50) else _NO
    if what == "alpha":
        return "on or off" if picture.read(path).has_alpha else _NO
    return _found(path, what)


def _found(path: Path, what: str) -> str:
    if what == "recipe":
        made = io.BytesIO()
        embed.put(path, made, '{"seed":8}')
        return _YES if read_recipe(made.getvalue()) == {"seed": 8} else _NO
    return _YES if _CHECKS[what](picture.read(path)) else _NO


def document() -> str:
    """The page of the documentation."""
    return _PAGE.format(read=_table("Read", READ, _COLUMNS, brings),
                        written=_table("Written", WRITTEN, _WRITE_COLUMNS, keeps))


def _table(title: str, kinds: Mapping[str, Any], columns: tuple[str, ...],
           cell: Callable[[str, str], str]) -> str:
    rows = [[title, *columns], ["---"] * (len(columns) + 1)]
    rows += [[kind, *(cell(kind, what) for what in columns)] for kind in kinds]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_PAGE = """# Upscale: what pictures keep

Made by `python -m tests.media.formats`, which writes and reads files of every kind; a test fails when this
page is stale. "–": such files have no place for it.

## What a picture brings along

{read}

- Orientation is applied once: the result is upright, and EXIF and XMP say so.
- Indexed pictures become RGB. CMYK is converted to sRGB through its own profile. Other profiles stay as they
  are, those of grey pictures too; WebP has no grey and gets sRGB, an animation in grey loses its profile.
- More than 8 bits come as 16; floats too.
- "lost": 16 bits of a PPM become 8. Of JPEG 2000, EXIF, XMP and profiles are not read.
- EXIF thumbnails are left out: they show the picture before. Width, height and resolution are set anew.

## What a result keeps

{written}

- JPEG puts transparent parts on white. WebP has no grey: it is written as equal colours. GIF is written for
  animations only; every frame has up to 255 colours of its own.
- PNG keeps the words of a PNG (author, title, comment) too.
- The recipe goes into the finished file without touching its pixels.
- JPEG ends at 65,500 pixels a side, WebP at 16,383.
"""

if __name__ == "__main__":
    DOC.write_text(document(), encoding="utf-8")
