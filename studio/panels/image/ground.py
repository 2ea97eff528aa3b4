"""What a painting starts from: a picture, with room around it; its mask; the part of it that is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from studio.core.errors import StudioError
from studio.core.jobs import Input, JobContext
from studio.media import masking
from studio.media.masking import Mask
from studio.media.picture import read, to_srgb
from studio.media.resize import resize
from studio.media.values import Pixels
from studio.panels.image.wish import Wish

_ALIKE = 0.02
"""Proportions that differ by less are the same but for rounding."""
_CONTEXT = 0.5
"""Of the masked part's size: so much is shown of what lies around it."""
_LARGER = 1.5
"""Times the area a model paints best: what is larger is painted in part."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A picture to start from."""

    pixels: Pixels
    """(height, width, 3 or 4), sRGB, 8 or 16 bits."""
    mask: Mask | None
    """(height, width); None where all of it is painted anew."""

    @property
    def size(self) -> tuple[int, int]:
        """(height, width)."""
        height, width = self.pixels.shape[:2]
        return int(height), int(width)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The part of a ground that is painted: all of it, or what lies around its mask."""

    ground: Ground
    place: tuple[slice, slice]

    @property
    def pixels(self) -> Pixels:
        """(height, width, 3 or 4), uint8."""
        found = self.ground.pixels[self.place]
        return found if found.dtype == np.uint8 else np.asarray(found >> 8, np.uint8)

    @property
    def mask(self) -> Mask | None:
        """(height, width)."""
        return None if self.ground.mask is None else self.ground.mask[self.place]

    @property
    def size(self) -> tuple[int, int]:
        """(height, width)."""
        rows, columns = self.place
        return rows.stop - rows.start, columns.stop - columns.start

    def joined(self, painted: Pixels) -> Pixels:
        """``painted`` (any size, 3 or 4 channels, uint8) in the picture, where the mask says so."""
        if self.ground.mask is None:
            return painted
        whole = self.ground.pixels.copy()
        fitted = cast(Pixels, resize(painted, *self.size))
        whole[self.place] = masking.laid_over(whole[self.place], fitted, self.ground.mask[self.place])
        return whole


def ground(inputs: Sequence[Input], wish: Wish, ctx: JobContext) -> Ground | None:
    """The picture to start from and its mask, or None. Raises StudioError for what does not fit together."""
    pictures, masks = ([item for item in inputs if item.role == role] for role in ("picture", "mask"))
    if len(pictures) > 1 or len(masks) > 1:
        raise StudioError("One picture and one mask at a time; there are more.", "Take some out.")
    if not pictures:
        _check_alone(wish, masks)
        return None
    pixels = _pixels(pictures[0], ctx)
    mask = _mask(_pixels(masks[0], ctx), pixels, ctx) if masks else None
    if wish.size and (mask is not None or wish.margins):
        pixels, mask = _scaled(pixels, mask, *wish.size)
    if mask is not None:
        params = wish.params
        mask = masking.shaped(mask, invert=params.invert, grow=params.grow, feather=params.feather)
    if wish.margins:
        pixels, mask = masking.extended(pixels, mask, wish.margins)
        if wish.params.feather and not masks:
            mask = masking.shaped(mask, feather=wish.params.feather)
    if mask is not None and not mask.any():
        raise StudioError("Nothing is masked, so there is nothing to paint.",
                          "Paint the mask, or turn it round.")
    return Ground(pixels, mask)


def part(ground: Ground, area: int) -> Part:
    """What of ``ground`` a model paints that paints ``area`` pixels best.

    Of a picture that is much larger only the masked part with its surroundings, at least so many pixels of
    it: so it is not painted small and blown up.
    """
    height, width = ground.size
    whole = Part(ground, (slice(0, height), slice(0, width)))
    if ground.mask is None or height * width <= _LARGER * area:
        return whole
    rows, columns = masking.box(ground.mask)
    least = int(area ** 0.5)
    return Part(ground, (_around(rows, height, least), _around(columns, width, least)))


def opaque(pixels: Pixels) -> Pixels:
    """(H, W, 3), uint8: what is transparent shows white, as on paper."""
    if pixels.shape[2] == 3:
        return pixels
    share = pixels[..., 3:] / np.float32(255)
    return np.asarray(pixels[..., :3] * share + 255 * (1 - share) + np.float32(0.5), np.uint8)


def _check_alone(wish: Wish, masks: Sequence[Input]) -> None:
    if masks:
        raise StudioError("There is a mask but no picture to paint in.", "Choose a picture.")
    if wish.margins:
        raise StudioError("There is no picture to paint on from.", "Choose a picture.")


def _pixels(item: Input, ctx: JobContext) -> Pixels:
    ctx.cancel.check()
    picture = to_srgb(read(ctx.input(item)))
    ctx.cancel.check()
    return picture.pixels


def _mask(pixels: Pixels, picture: Pixels, ctx: JobContext) -> Mask:
    """At the picture's size. Raises StudioError where it has other proportions."""
    mask, (height, width) = masking.of_picture(pixels), picture.shape[:2]
    if mask.shape == (height, width):
        return mask
    if abs(mask.shape[1] * height / (mask.shape[0] * width) - 1) > _ALIKE:
        raise StudioError("The mask has {mask_width} x {mask_height} pixels, the picture {width} x {height}.",
                          "Draw it anew, or bring one of the picture's proportions.",
                          mask_width=mask.shape[1], mask_height=mask.shape[0], width=width, height=height)
    ctx.note("The mask was scaled to the picture.")
    return masking.sized(mask, height, width)


def _scaled(pixels: Pixels, mask: Mask | None, width: int, height: int) -> tuple[Pixels, Mask | None]:
    """At the size asked for."""
    if pixels.shape[:2] == (height, width):
        return pixels, mask
    scaled = cast(Pixels, resize(pixels, height, width))
    return scaled, None if mask is None else masking.sized(mask, height, width)


def _around(span: slice, length: int, least: int) -> slice:
    """``span`` with what lies around it, ``least`` pixels or more, inside 0 to ``length``."""
    wanted = min(length, max(least, round((span.stop - span.start) * (1 + _CONTEXT))))
    start = min(max(0, (span.start + span.stop - wanted) // 2), length - wanted)
    return slice(start, start + wanted)
