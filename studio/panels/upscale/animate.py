"""Moving pictures: every frame enlarged like a picture of its own, back into a moving file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from studio.core.jobs import JobContext
from studio.media import frames
from studio.media.encode import Format
from studio.media.frames import Animation, Container, Frame
from studio.media.picture import MAX_PIXELS
from studio.media.stream import Extras
from studio.media.values import Picture, Pixels
from studio.panels.upscale.enlarge import Enlargement
from studio.panels.upscale.shown import Shown
from studio.panels.upscale.source import Original, original

_NEXT_SEED = 1_000_003
"""Between the seeds of two frames, so that grain moves."""


def animation_in(path: Path, still: Original) -> Animation | None:
    """The animation in the file that ``still`` is the first frame of, or None. Raises StudioError."""
    if still.picture.format not in frames.CONTAINERS:
        return None
    return frames.probe(path, max_pixels=MAX_PIXELS)


def container(wanted: Format | str, animation: Animation) -> Container | None:
    """What an animation is written as; None where the format ``wanted`` cannot move."""
    if wanted == "same":
        return animation.container
    return cast(Container, wanted) if wanted in ("png", "webp") else None


@dataclass(frozen=True, slots=True)
class Film:
    """One animation in progress."""

    source: Path
    animation: Animation
    container: Container
    first: Enlargement
    """What would be done to its first frame alone."""

    def write(self, path: Path, extras: Extras, ctx: JobContext) -> Shown:
        """Write the file; what the first frame looks like comes back. Raises as `Enlargement.rows`."""
        part, channels = self.first.plan.part, 4 if self.animation.has_alpha else 3
        shown = Shown(self.first.original, self.first.plan, ctx)
        with frames.open_writer(path, self.container, height=part.height, width=part.width,
                                channels=channels, loop=self.animation.loop, extras=extras,
                                quality=self.first.params.quality) as writer:
            read = frames.read(self.source, self.animation, max_pixels=MAX_PIXELS)
            for number, (frame, duration) in enumerate(zip(read, self.animation.durations, strict=True)):
                add = shown.add if number == 0 else _nothing
                writer.write(self._enlarged(number, frame, add), duration)
            ctx.progress(0.97, "Saving")
        return shown

    def _enlarged(self, number: int, frame: Frame, add: Callable[[Pixels], None]) -> Frame:
        low, high = self.first.share
        step = (high - low) / self.animation.count
        job = replace(self.first, original=_original(frame), name=f"frame {number}",
                      seed=self.first.seed + number * _NEXT_SEED,
                      share=(low + number * step, low + (number + 1) * step))
        parts = []
        for rows in job.rows():
            coloured = _coloured(rows, frame.shape[2])
            add(coloured)
            parts.append(coloured)
        return cast(Frame, np.concatenate(parts))


def _original(frame: Frame) -> Original:
    """A frame whose colours are all grey is enlarged as grey, so that it gets no tint."""
    is_grey = bool((frame[..., 0] == frame[..., 1]).all() and (frame[..., 1] == frame[..., 2]).all())
    return original(Picture(frame, is_grey=is_grey))


def _coloured(rows: Pixels, channels: int) -> Pixels:
    """Grey, with or without opacity, as colours."""
    return rows if rows.shape[2] >= 3 else rows[..., [0, 0, 0, 1][:channels]]


def _nothing(rows: Pixels) -> None:
    """For the frames that are not shown."""
