"""Random small pictures of every mode and format people have, and what must be left of each when enlarged."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from PIL import Image, ImageCms

from studio.media.picture import encode_png
from tests.media.pictures import grey_profile

LONGEST = 24
SCRIPTS = (
    "photo",
    "画布",
    "Закат",
    "ñandú",
    "ภาพ",
    "صورة",
    "שקיעה",
    "μ",
    "😀 party",
    "a  b",
    "it's",
    "100% #1",
    "ß",
)


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GREY_PROFILE = grey_profile()
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="a lake in May"/></rdf:RDF></x:xmpmeta>'
    b'<?xpacket end="w"?>'
)
MAKE, MODEL, ORIENTATION = 0x010F, 0x0110, 0x0112


@dataclass(frozen=True, slots=True)
class Piece:
    """One file and what it holds. ``size`` is (width, height) as it is seen."""

    name: str
    data: bytes
    kind: str
    size: tuple[int, int]
    is_bad: bool = False
    has_alpha: bool = False
    is_grey: bool = False
    bits: int = 8
    frames: int = 1
    has_profile: bool = False
    has_exif: bool = False
    has_xmp: bool = False


class Maker:
    """The same ``seed`` makes the same pictures."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        self._kinds = (
            self._png,
            self._png16,
            self._jpeg,
            self._webp,
            self._tiff,
            self._tiff16,
            self._gif,
            self._moving,
            self._plain,
            self._turned,
            self._cmyk,
            self._indexed,
        )
        self._count = 0

    def many(self, count: int, folder: Path, bad: float = 0.03) -> dict[Path, Piece]:
        """``count`` files in ``folder`` and folders inside it."""
        made = {}
        for _ in range(count):
            piece = self._broken() if self.random.random() < bad else self.random.choice(self._kinds)()
            place = folder / self.random.choice(("", "sub", "sub/深い", "x y"))
            place.mkdir(parents=True, exist_ok=True)
            (place / piece.name).write_bytes(piece.data)
            made[place / piece.name] = piece
        return made

    # ---- parts

    def _name(self, ending: str) -> str:
        self._count += 1
        return f"{self.random.choice(SCRIPTS)} {self._count}.{ending}"

    def _pixels(self, channels: int, dtype: Any = np.uint8) -> Any:
        """(height, width, channels); a gradient with noise, neither flat nor all opaque."""
        height, width = (self.random.randint(1, LONGEST) for _ in range(2))
        top = np.iinfo(dtype).max
        slope = np.linspace(0, 1, height * width).reshape(height, width, 1)
        noise = self.numbers.random((height, width, channels))
        return ((0.5 * slope + 0.5 * noise) * top).astype(dtype)

    def _image(self, mode: str) -> Image.Image:
        if mode == "1":
            return Image.fromarray(self._pixels(1)[:, :, 0] > 127)
        channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}[mode]
        pixels = self._pixels(channels)
        return Image.fromarray(pixels[:, :, 0] if channels == 1 else pixels, mode)

    def _extras(self, mode: str) -> tuple[dict[str, Any], dict[str, bool]]:
        """Metadata to save with, by lot, and what of it must be left."""
        more: dict[str, Any] = {}
        if has_profile := self.random.random() < 0.5:
            more["icc_profile"] = PROFILE if mode.startswith("RGB") else GREY_PROFILE
        if has_exif := self.random.random() < 0.5:
            exif = Image.Exif()
            exif[MAKE], exif[MODEL] = "Atelier", "Камера"
            more["exif"] = exif.tobytes()
        return more, {"has_profile": has_profile, "has_exif": has_exif}

    def _saved(self, image: Image.Image, kind: str, ending: str, facts: dict[str, Any], **more: Any) -> Piece:
        made = io.BytesIO()
        image.save(made, kind, **more)
        return Piece(self._name(ending), made.getvalue(), kind, facts.pop("size", image.size), **facts)

    # ---- kinds

    def _png(self) -> Piece:
        mode = self.random.choice(("1", "L", "LA", "RGB", "RGBA"))
        more, facts = self._extras(mode)
        facts |= {"has_alpha": mode in ("LA", "RGBA"), "is_grey": mode in ("1", "L", "LA")}
        return self._saved(self._image(mode), "PNG", "png", facts, **more)

    def _png16(self) -> Piece:
        channels = self.random.choice((1, 3, 4))
        pixels = self._pixels(channels, np.uint16)
        size = (pixels.shape[1], pixels.shape[0])
        if channels == 1:
            made = io.BytesIO()
            Image.fromarray(pixels[:, :, 0]).save(made, "PNG")
            return Piece(self._name("png"), made.getvalue(), "PNG", size, bits=16, is_grey=True)
        return Piece(self._name("PNG"), encode_png(pixels), "PNG", size, bits=16, has_alpha=channels == 4)

    def _jpeg(self) -> Piece:
        mode = self.random.choice(("L", "RGB"))
        more, facts = self._extras(mode)
        if has_xmp := self.random.random() < 0.5:
            more["xmp"] = XMP
        facts |= {"is_grey": mode == "L", "has_xmp": has_xmp}
        return self._saved(
            self._image(mode),
            "JPEG",
            self.random.choice(("jpg", "JPG", "jpeg")),
            facts,
            progressive=self.random.random() < 0.3,
            quality=90,
            **more,
        )

    def _turned(self) -> Piece:
        """Lying on its side, as phones save."""
        image = self._image("RGB")
        exif = Image.Exif()
        exif[ORIENTATION], exif[MAKE] = self.random.choice((6, 8)), "Atelier"
        facts: dict[str, Any] = {"size": image.size[::-1], "has_exif": True}
        return self._saved(image, "JPEG", "jpg", facts, exif=exif.tobytes())

    def _cmyk(self) -> Piece:
        return self._saved(
            self._image("RGB").convert("CMYK"), *self.random.choice((("JPEG", "jpg"), ("TIFF", "tif"))), {}
        )

    def _webp(self) -> Piece:
        mode = self.random.choice(("RGB", "RGBA"))
        more, facts = self._extras(mode)
        return self._saved(
            self._image(mode),
            "WEBP",
            "webp",
            facts | {"has_alpha": mode == "RGBA"},
            lossless=self.random.random() < 0.5,
            **more,
        )

    def _tiff(self) -> Piece:
        mode = self.random.choice(("1", "L", "RGB", "RGBA"))
        packed = self.random.choice((None, "tiff_lzw", "tiff_adobe_deflate"))
        facts: dict[str, Any] = {"has_alpha": mode == "RGBA", "is_grey": mode in ("1", "L")}
        more = {"icc_profile": PROFILE} if mode == "RGB" and self.random.random() < 0.5 else {}
        return self._saved(
            self._image(mode),
            "TIFF",
            self.random.choice(("tif", "tiff")),
            facts | {"has_profile": bool(more)},
            compression=packed,
            **more,
        )

    def _tiff16(self) -> Piece:
        channels = self.random.choice((1, 3))
        pixels = self._pixels(channels, np.uint16)
        made = io.BytesIO()
        tifffile.imwrite(
            made,
            pixels[:, :, 0] if channels == 1 else pixels,
            photometric="minisblack" if channels == 1 else "rgb",
        )
        return Piece(
            self._name("tif"),
            made.getvalue(),
            "TIFF",
            (pixels.shape[1], pixels.shape[0]),
            bits=16,
            is_grey=channels == 1,
        )

    def _indexed(self) -> Piece:
        image = self._image("RGB").quantize(self.random.randint(2, 16))
        more = {"transparency": 0} if self.random.random() < 0.5 else {}
        return self._saved(image, "PNG", "png", {"has_alpha": bool(more)}, **more)

    def _gif(self) -> Piece:
        return self._saved(self._image("RGB").quantize(8), "GIF", "gif", {})

    def _moving(self) -> Piece:
        first = self._image("RGB")
        frames = [
            Image.fromarray(np.roll(np.asarray(first), step + 1, axis=0) ^ np.uint8(16 * step + 1))
            for step in range(self.random.randint(1, 3))
        ]
        kind, ending = self.random.choice((("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")))
        more = {"lossless": True} if kind == "WEBP" else {}
        return self._saved(
            first,
            kind,
            ending,
            {"frames": len(frames) + 1},
            save_all=True,
            append_images=frames,
            duration=50,
            **more,
        )

    def _plain(self) -> Piece:
        kind, ending, mode = self.random.choice(
            (("BMP", "bmp", "RGB"), ("PPM", "ppm", "RGB"), ("PPM", "pgm", "L"))
        )
        return self._saved(self._image(mode), kind, ending, {"is_grey": mode == "L"})

    def _broken(self) -> Piece:
        whole = self._png16().data
        harms: tuple[Callable[[], bytes], ...] = (
            lambda: b"",
            lambda: whole[: len(whole) // 2 - 10],
            lambda: b"Dear diary. " * 40,
            lambda: bytes(3000),
            lambda: whole[:33],
        )
        return Piece(
            self._name(self.random.choice(("png", "jpg", "webp"))),
            self.random.choice(harms)(),
            "",
            (0, 0),
            is_bad=True,
        )
