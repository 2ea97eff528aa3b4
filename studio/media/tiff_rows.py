"""TIFF 6.0 and BigTIFF from rows: strips are deflated into a side file, which tifffile then frames."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tifffile

from studio.media import tiff_tags, xmp_edit
from studio.media.extras import Extras
from studio.media.values import Pixels

_STRIP = 1 << 20
"""Bytes of a strip before deflating, about."""
_LEVEL = 3
_BIG = 3_900_000_000
"""Bytes from which 32-bit offsets may not do."""


class TiffRows:
    """The rows of a TIFF file of ``shape`` (height, width, channels), deflated with predictor 2."""

    def __init__(self, path: Path, shape: tuple[int, int, int], bits: int, extras: Extras) -> None:
        self._path, self._shape, self._extras = path, shape, extras
        self._type = np.dtype("<u2" if bits == 16 else np.uint8)
        height, width, channels = shape
        self._most = min(height, max(1, _STRIP // (width * channels * self._type.itemsize)))
        self._waiting: list[Pixels] = []
        self._count = 0
        self._sizes: list[int] = []
        self._side_path = path.with_name(path.name + ".strips")
        self._side = self._side_path.open("w+b")

    def add(self, rows: Pixels) -> None:
        """As in `stream.Rows`."""
        self._waiting.append(rows)
        self._count += len(rows)
        if self._count >= self._most:
            rest = np.concatenate(self._waiting)
            whole = len(rest) - len(rest) % self._most
            for at in range(0, whole, self._most):
                self._pack(rest[at:at + self._most])
            self._waiting, self._count = [rest[whole:].copy()], len(rest) - whole

    def finish(self) -> None:
        """As in `stream.Rows`."""
        if self._count:
            self._pack(np.concatenate(self._waiting))
        big = sum(self._sizes) > _BIG
        with tifffile.TiffWriter(self._path, bigtiff=big, byteorder="<") as file:
            file.write(self._strips(), dtype=self._type, rowsperstrip=self._most, **self._layout(),
                       **self._words())
        if self._extras.exif:
            with self._path.open("r+b") as made:
                tiff_tags.put_directories(made, self._extras.exif)

    def close(self) -> None:
        """As in `stream.Rows`."""
        self._side.close()
        self._side_path.unlink(missing_ok=True)

    def _pack(self, rows: Pixels) -> None:
        steps = rows.astype(self._type)
        steps[:, 1:] = rows[:, 1:] - rows[:, :-1]
        made = zlib.compress(steps.tobytes(), _LEVEL)
        self._sizes.append(len(made))
        self._side.write(made)

    def _strips(self) -> Iterator[bytes]:
        self._side.seek(0)
        for size in self._sizes:
            yield self._side.read(size)

    def _layout(self) -> dict[str, Any]:
        channels, is_flat = self._shape[2], self._shape[2] == 1
        return {"shape": self._shape[:2] if is_flat else self._shape,
                "photometric": "rgb" if channels >= 3 else "minisblack",
                "planarconfig": None if is_flat else "contig",
                "extrasamples": ["unassalpha"] if channels in (2, 4) else None,
                "compression": "adobe_deflate", "predictor": 2, "metadata": None, "software": "Atelier"}

    def _words(self) -> dict[str, Any]:
        extras = self._extras
        block = xmp_edit.with_recipe(extras.xmp, extras.recipe) if extras.recipe else extras.xmp
        tags = [(tiff_tags.XMP, 1, len(block), block, True)] if block else []
        if extras.exif:
            tags += tiff_tags.of_exif(extras.exif)
        sharp = {"resolution": (extras.dpi, extras.dpi), "resolutionunit": "inch"} if extras.dpi > 0 else {}
        return {"iccprofile": extras.icc, "extratags": tags, **sharp}
