"""JPEG and WebP, whose encoders want the whole picture: rows wait in a file that is mapped into memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.media import xmp, xmp_edit
from studio.media.encode import Format, on_white, save_jpeg
from studio.media.extras import Extras, short_exif
from studio.media.values import Pixels


class GatheredRows:
    """The rows of a JPEG or WebP of ``shape`` (height, width, channels)."""

    def __init__(self, path: Path, format: Format, shape: tuple[int, int, int],  # noqa: A002 - as in encode
                 quality: int, extras: Extras) -> None:
        self._path, self._format, self._shape = path, format, shape
        self._quality, self._extras = quality, extras
        self._mode = _mode(format, shape[2])
        self._side_path = path.with_name(path.name + ".rows")
        self._side = self._side_path.open("w+b")

    def add(self, rows: Pixels) -> None:
        """As in `stream.Rows`."""
        self._side.write(_stored(rows, self._format, self._mode).tobytes())

    def finish(self) -> None:
        """As in `stream.Rows`."""
        height, width, _ = self._shape
        self._side.flush()
        pixels = np.memmap(self._side_path, np.uint8, "r")
        # in these modes Pillow reads the mapped pages themselves
        with Image.frombuffer(self._mode, (width, height), pixels, "raw", self._mode, 0, 1) as image:
            settings = {**self._settings(), **self._blocks()}
            if self._format == "jpeg":
                save_jpeg(image, self._path, **settings)
            else:
                image.save(self._path, self._format.upper(), **settings)

    def close(self) -> None:
        """As in `stream.Rows`."""
        self._side.close()
        self._side_path.unlink(missing_ok=True)

    def _settings(self) -> dict[str, Any]:
        if self._format == "webp":
            return {"quality": self._quality, "method": 4, "exact": True}
        return {"quality": self._quality, "subsampling": 0 if self._quality >= 90 else 2}

    def _blocks(self) -> dict[str, Any]:
        extras = self._extras
        block = xmp_edit.with_recipe(extras.xmp, extras.recipe) if extras.recipe else extras.xmp
        known: dict[str, Any] = {"icc_profile": extras.icc, "exif": extras.exif, "xmp": block}
        if self._format == "jpeg":
            known["exif"] = short_exif(extras.exif)
            if block:
                known["xmp"], known["extra"] = xmp.split(block)
            if extras.dpi > 0:
                known["dpi"] = (round(extras.dpi), round(extras.dpi))
        return {key: value for key, value in known.items() if value}


def _mode(format: Format, channels: int) -> str:  # noqa: A002 - as in encode
    if format == "jpeg":
        return "L" if channels < 3 else "RGBX"
    return "RGBX" if channels in (1, 3) else "RGBA"


def _stored(rows: Pixels, format: Format, mode: str) -> Pixels:  # noqa: A002 - as in encode
    """Rows with one byte or four for each pixel."""
    channels = rows.shape[2]
    if format == "jpeg" and channels in (2, 4):
        rows = on_white(rows)
        channels -= 1
    if mode == "L":
        return rows
    made = np.full((*rows.shape[:2], 4), 255, np.uint8)
    if channels in (2, 4):
        made[:, :, 3] = rows[:, :, -1]
    made[:, :, :3] = rows[:, :, :3] if channels >= 3 else rows[:, :, :1]
    return made
