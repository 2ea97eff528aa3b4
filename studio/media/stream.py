"""Writes a picture row by row, so that one bigger than the memory can be made."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from studio.core.errors import StudioError
from studio.media.encode import Format, check_recipe, check_sides
from studio.media.extras import Extras
from studio.media.files import told
from studio.media.values import Pixels

__all__ = ["Extras", "PictureWriter", "open_writer"]


class Rows(Protocol):
    """Takes the rows of one format's file."""

    def add(self, rows: Pixels) -> None:
        """Rows (n, width, channels) below those before. Raises OSError."""
        ...

    def finish(self) -> None:
        """Complete the file. Raises OSError."""
        ...

    def close(self) -> None:
        """Let go of every file and every helper; more than once does no harm."""
        ...


class PictureWriter:
    """A picture file being written, from `open_writer`; leave it as a context manager.

    Left by an exception, or before all rows are there, no file remains.
    """

    def __init__(self, path: Path, rows: Rows, shape: tuple[int, int, int], bits: int) -> None:
        self.path = path
        self._rows, self._shape, self._type = rows, shape, np.dtype(np.uint16 if bits == 16 else np.uint8)
        self._done = 0
        self._is_closed = False

    @property
    def done(self) -> int:
        """Rows written so far."""
        return self._done

    def write(self, rows: Pixels) -> None:
        """The next (n, width, channels) rows, of the depth that was announced.

        Raises ValueError for other ones or too many, StudioError for a full disk and the like.
        """
        height, width, channels = self._shape
        if rows.shape[1:] != (width, channels) or rows.dtype != self._type or \
                self._done + len(rows) > height:
            raise ValueError(f"{rows.shape} {rows.dtype} at row {self._done} of {self._shape} {self._type}")
        if len(rows):
            with told(self.path):
                self._rows.add(np.ascontiguousarray(rows))
        self._done += len(rows)

    def close(self) -> None:
        """Complete the file. Raises ValueError if rows are missing, StudioError; then no file remains."""
        if self._is_closed:
            return
        try:
            if self._done != self._shape[0]:
                raise ValueError(f"{self._done} rows of {self._shape[0]}")
            with told(self.path):
                self._rows.finish()
        except BaseException:
            self.abandon()
            raise
        self._is_closed = True
        self._rows.close()

    def abandon(self) -> None:
        """Remove what is there."""
        if not self._is_closed:
            self._is_closed = True
            self._rows.close()
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


def open_writer(path: Path, format: Format, *, height: int, width: int, channels: int,  # noqa: A002 - as in encode
                bits: int = 8, quality: int = 92, extras: Extras | None = None) -> PictureWriter:
    """A writer of ``height`` x ``width`` pixels of 1 grey, 2 grey and alpha, 3 RGB or 4 RGBA ``channels``.

    ``bits`` 8 or 16 of PNG and TIFF, 8 of JPEG and WebP; ``quality`` 1 to 100 of those two. PNG and TIFF
    hold a few rows in memory; JPEG and WebP gather them in a file beside ``path``, which the system may
    write out, and encode at the end. JPEG puts transparent parts on white, WebP has no grey. Equal pixels
    give equal bytes, however they are cut into rows. Raises StudioError where a side or the recipe is too
    big for the format, or the file cannot be written.
    """
    known = (extras or Extras()).for_channels(channels)
    known = known.for_channels(3) if format == "webp" else known  # nor has it profiles of grey
    check_sides(format, height, width)
    check_recipe(known.recipe)
    if channels not in (1, 2, 3, 4) or bits not in ((8, 16) if format in ("png", "tiff") else (8,)):
        raise StudioError("A {format} picture cannot have {channels} channels of {bits} bits.",
                          format=format.upper(), channels=channels, bits=bits)
    shape = (height, width, channels)
    with told(path):
        return PictureWriter(path, _rows(path, format, shape, bits, quality, known), shape, bits)


def _rows(path: Path, format: Format, shape: tuple[int, int, int], bits: int,  # noqa: A002 - as in encode
          quality: int, extras: Extras) -> Rows:
    if format == "png":
        from studio.media.png_rows import PngRows
        return PngRows(path, shape, bits, extras)
    if format == "tiff":
        from studio.media.tiff_rows import TiffRows
        return TiffRows(path, shape, bits, extras)
    from studio.media.gathered_rows import GatheredRows
    return GatheredRows(path, format, shape, quality, extras)
