"""What a person sees while a picture is enlarged: the old one, with what is finished laid over it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.jobs import JobContext
from studio.media.checks import check_picture
from studio.media.picture import to_srgb
from studio.media.resize import fit
from studio.media.thinned import Thinned, places, sampled
from studio.media.thumbs import of_picture
from studio.media.values import Picture, Pixels
from studio.panels.upscale.plan import Box, Plan
from studio.panels.upscale.source import Original

_LONGEST, _THUMBNAIL = 1024, 256
_ENOUGH, _PLAIN = 64, 32
"""Pixels and levels a picture has at least that no network makes flat but a broken one."""
_LOOKED_AT = 256
"""Rows and columns, at most, when that is decided."""


class Shown:
    """A small picture of the result, which grows true from top to bottom."""

    def __init__(self, original: Original, plan: Plan, ctx: JobContext) -> None:
        self._ctx, self._picture = ctx, original.picture
        self._grey = _grey_on_screen(original.picture)
        self._is_part = plan.part != Box(0, 0, *plan.target)
        size = plan.part.height, plan.part.width
        small = fit(*size, _LONGEST) if max(size) > _LONGEST else size
        old = _part(original, plan)
        self._before = sampled(old, places(small[0], old.shape[0]), places(small[1], old.shape[1]))
        self._after = Thinned(self._before.copy(), size)
        self._is_enough = old.shape[0] * old.shape[1] >= _ENOUGH

    def add(self, rows: Pixels) -> None:
        """The next rows (n, W, channels) of the result are there."""
        self._after.add(rows)
        if not self._is_part:  # whoever asks for a part wants it finished, and soon
            self._ctx.preview(self._on_screen(self._after.pixels))

    def thumbnail(self) -> bytes:
        """For the list of results; call it when all rows are there."""
        shown = self._on_screen(self._after.pixels)
        step = max(shown.shape[:2]) // (2 * _THUMBNAIL)
        if step > 1:  # means of a few pixels first take half the time
            shown = np.asarray(Image.fromarray(shown).reduce(step))
        icc = None if self._grey is not None else self._picture.icc
        return of_picture(Picture(shown, icc), _THUMBNAIL)

    def _on_screen(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Grey with a profile of its own as sRGB; others as they are."""
        if self._grey is None:
            return pixels
        shown = pixels.copy()
        shown[..., :3] = self._grey[pixels[..., :3]]
        return shown

    @property
    def is_flat(self) -> bool:
        """Whether one flat colour came of a picture that plainly was none."""
        step = -(-max(self._before.shape[:2]) // _LOOKED_AT)
        before, after = self._before[::step, ::step, :3], self._after.pixels[::step, ::step]
        is_plain = self._is_enough and int(np.ptp(before, axis=(0, 1)).max()) > _PLAIN
        return is_plain and check_picture(after) is not None


def _grey_on_screen(picture: Picture) -> NDArray[np.uint8] | None:
    """What each of the 256 greys is in sRGB, where the picture has a grey profile; else None."""
    if not picture.has_grey_profile:
        return None
    steps = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, 2)
    return to_srgb(replace(picture, pixels=steps)).pixels[0, :, 0].astype(np.uint8)


def _part(original: Original, plan: Plan) -> Pixels:
    """The part of the picture that becomes the result, to a pixel."""
    down, across = plan.source[0] / plan.target[0], plan.source[1] / plan.target[1]
    box = Box(int(plan.part.top * down), int(plan.part.left * across),
              max(int(plan.part.bottom * down), int(plan.part.top * down) + 1),
              max(int(plan.part.right * across), int(plan.part.left * across) + 1))
    return original.picture.pixels[box.top:box.bottom, box.left:box.right]
