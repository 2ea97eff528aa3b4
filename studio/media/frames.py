"""Animated GIF, WebP and PNG, frame by frame: whole upright frames out, and back into the same container."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.errors import StudioError
from studio.media import damage, decode, sniff, sources
from studio.media.encode import check_recipe, check_sides
from studio.media.extras import Extras
from studio.media.files import told

Container = Literal["gif", "webp", "png"]
Frame = NDArray[np.uint8]
"""(height, width, 3 or 4), composed: what is seen at that moment, not what changed."""
CONTAINERS: dict[str, Container] = {"GIF": "gif", "WEBP": "webp", "PNG": "png"}
_GIF_SIDE = 65_535


@dataclass(frozen=True, slots=True)
class Animation:
    """What a file says about its frames."""

    container: Container
    width: int
    height: int
    durations: tuple[int, ...]
    """Milliseconds of each frame."""
    loop: int | None
    """How often it plays, 0 for ever; None where a GIF does not say."""
    has_alpha: bool
    """Whether any frame is transparent anywhere; all frames have four channels then."""

    @property
    def count(self) -> int:
        """Frames."""
        return len(self.durations)


def probe(source: Path | bytes, *, max_pixels: int) -> Animation | None:
    """The animation in ``source``; None if it shows one picture only.

    Decodes all frames, one at a time. Raises StudioError as `picture.read` does.
    """
    kind = sniff.kind(sources.head(source))
    if kind not in CONTAINERS or decode.facts(data := sources.load(source)).frames < 2:
        return None
    durations, alpha, size, loop = [], False, (0, 0), None
    for image in _images(data, kind, max_pixels):
        durations.append(round(float(image.info.get("duration", 0))))
        alpha = alpha or (image.has_transparency_data and _rgba(image)[:, :, 3].min() < 255)
        size, loop = image.size, image.info.get("loop")
    if len(durations) < 2:
        return None
    return Animation(CONTAINERS[kind], *size, tuple(durations), loop, bool(alpha))


def read(source: Path | bytes, animation: Animation, *, max_pixels: int) -> Iterator[Frame]:
    """The frames of what `probe` found, in order, one in memory at a time. Raises StudioError."""
    data = sources.load(source)
    channels = 4 if animation.has_alpha else 3
    for image in _images(data, sniff.kind(data[:4096]), max_pixels):
        yield np.ascontiguousarray(_rgba(image)[:, :, :channels])


class Frames(Protocol):
    """Takes the frames of one container's file."""

    def add(self, frame: Frame, milliseconds: int) -> None:
        """The next frame. Raises OSError."""
        ...

    def finish(self) -> None:
        """Complete the file. Raises OSError."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class FramesWriter:
    """An animation being written, from `open_writer`; leave it as a context manager.

    Left by an exception, no file remains.
    """

    def __init__(self, path: Path, frames: Frames, shape: tuple[int, int, int]) -> None:
        self.path = path
        self._frames, self._shape, self._count = frames, shape, 0

    def write(self, frame: Frame, milliseconds: int) -> None:
        """The next frame, of the announced shape, and how long it stays. Raises ValueError, StudioError."""
        if frame.shape != self._shape or frame.dtype != np.uint8:
            raise ValueError(f"{frame.shape} {frame.dtype} in {self._shape}")
        with told(self.path):
            self._frames.add(frame, milliseconds)
        self._count += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        is_whole = False
        try:
            if kind is None:
                if not self._count:
                    raise ValueError("no frame")
                with told(self.path):
                    self._frames.finish()
                is_whole = True
        finally:
            self._frames.close()
            if not is_whole:
                with contextlib.suppress(OSError):
                    self.path.unlink(missing_ok=True)


def open_writer(path: Path, container: Container, *, height: int, width: int, channels: int,
                loop: int | None = 0, quality: int = 92, extras: Extras | None = None) -> FramesWriter:
    """A writer of frames (``height``, ``width``, ``channels``), 3 or 4; only one is in memory at a time.

    ``loop`` as in `Animation`; ``quality`` 1 to 100 of WebP. GIF gets up to 256 colours for each frame, and
    alpha below a half is transparent there; it holds no EXIF, XMP or profile. Raises StudioError where a
    side is too long, or the file cannot be written.
    """
    known = (extras or Extras()).for_channels(channels)
    check_recipe(known.recipe)
    _check_sides(container, height, width)
    shape = (height, width, channels)
    with told(path):
        if container == "gif":
            from studio.media.frames_gif import GifFrames
            return FramesWriter(path, GifFrames(path, shape, loop), shape)
        if container == "webp":
            from studio.media.frames_webp import WebpFrames
            return FramesWriter(path, WebpFrames(path, shape, loop or 0, quality, known), shape)
        from studio.media.frames_png import PngFrames
        return FramesWriter(path, PngFrames(path, shape, loop or 0, known), shape)


def _check_sides(container: Container, height: int, width: int) -> None:
    if container != "gif":
        check_sides(container, height, width)
    elif max(height, width) > _GIF_SIDE:
        raise StudioError("A GIF can be {most:,} pixels wide or high.", "Save it as PNG.", most=_GIF_SIDE)


def _images(data: bytes, kind: str, max_pixels: int) -> Iterator[Image.Image]:
    """Each frame loaded; Pillow composes it."""
    with decode.quiet():
        try:
            if kind == "GIF" and damage.is_cut_off(data, kind):
                raise OSError("truncated")
            with Image.open(io.BytesIO(data), formats=(kind,)) as image:
                decode.check_size(*image.size, max_pixels)
                first = 1 if getattr(image, "default_image", False) else 0
                for number in range(first, getattr(image, "n_frames", 1)):
                    image.seek(number)
                    image.load()
                    yield image
        except StudioError:
            raise
        except Exception as error:  # decoders raise anything on damaged data
            raise damage.explain(data, kind, error) from error


def _rgba(image: Image.Image) -> Frame:
    return cast(Frame, np.asarray(image if image.mode == "RGBA" else image.convert("RGBA")))
