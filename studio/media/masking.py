"""Masks, which say where a picture is painted anew: grown, softened, turned round; and room for more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from studio.media.opacity import bled
from studio.media.resize import resize
from studio.media.values import Pixels

Mask = NDArray[np.float32]
"""(height, width): 1 where a picture is painted anew, 0 where it stays to the bit."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels added to a picture, 0 and more."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def __bool__(self) -> bool:
        return bool(self.left or self.top or self.right or self.bottom)


def of_picture(pixels: Pixels) -> Mask:
    """The mask a picture (H, W, 3 or 4) stands for: lightness times opacity."""
    top = np.float32((1 << 8 * pixels.dtype.itemsize) - 1)
    mask = pixels[..., :3].mean(axis=2, dtype=np.float32) / top
    if pixels.shape[2] == 4:
        mask *= pixels[..., 3] / top
    return np.asarray(mask, np.float32)


def shaped(mask: Mask, *, invert: bool = False, grow: int = 0, feather: int = 0) -> Mask:
    """``mask`` turned round, then grown by ``grow`` pixels (below 0: smaller), softened outwards.

    Distances are Euclid's, so corners get round. Where neither is wanted, greys stay as they are; else what
    is lighter than half counts as inside. Inside the grown mask all is 1; over ``feather`` pixels beyond it
    falls to 0 (smoothstep).
    """
    wanted = 1 - mask if invert else mask
    if not grow and not feather:
        return np.asarray(wanted, np.float32)
    from scipy import ndimage  # takes a moment to import

    inside = wanted >= _HALF
    if inside.all() or not inside.any():
        return np.asarray(inside, np.float32)
    if grow < 0:
        inside = ndimage.distance_transform_edt(np.pad(inside, 1, mode="edge"))[1:-1, 1:-1] > -grow
        if not inside.any():
            return np.asarray(inside, np.float32)
    beyond = ndimage.distance_transform_edt(~inside).astype(np.float32) - max(0, grow)
    if not feather:
        return np.asarray(beyond <= 0, np.float32)
    share = np.clip(1 - beyond / (feather + 1), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def extended(pixels: Pixels, mask: Mask | None, by: Margins) -> tuple[Pixels, Mask]:
    """A picture (H, W, 3 or 4) with room around it, and the mask of that room and of ``mask``.

    The room is filled with soft colours of the edges, which a model may go on from; transparent pictures
    stay transparent there.
    """
    height, width = pixels.shape[:2]
    around = (by.top, by.bottom), (by.left, by.right)
    inside = np.zeros((height, width), np.float32) if mask is None else mask
    wide = np.pad(pixels, (*around, (0, 0)))
    known = np.pad(np.full((height, width), 255, np.uint8), around)
    wide[..., :3] = bled(np.ascontiguousarray(wide[..., :3]), known)
    return wide, np.pad(inside, around, constant_values=1.0)


def sized(mask: Mask, height: int, width: int) -> Mask:
    """``mask`` at another size."""
    return np.asarray(resize(mask, height, width), np.float32).clip(0, 1)


def covered(mask: Mask, height: int, width: int) -> NDArray[np.bool_]:
    """Where at another size anything at all is painted anew: a pixel counts if it touches a masked one."""
    if mask.shape == (height, width):
        return mask > 0
    near = Image.fromarray(((mask > 0) * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3))
    return np.asarray(near.convert("F").resize((width, height), Image.Resampling.BOX)) > 0


def box(mask: Mask) -> tuple[slice, slice]:
    """Rows and columns that hold all that is painted anew; empty ones where there is nothing."""
    rows, columns = (np.flatnonzero((mask > 0).any(axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def laid_over(pixels: Pixels, painted: Pixels, mask: Mask) -> Pixels:
    """``painted`` over ``pixels`` (H, W, 3 or 4 both, of any depth) as far as ``mask`` says.

    Of the depth and the channels of ``pixels``; where the mask is 0 they stay to the bit. Colours are mixed
    by what can be seen of them.
    """
    result, place = pixels.copy(), box(mask)
    result[place] = _mixed(pixels[place], painted[place], mask[place])
    return result


def _mixed(pixels: Pixels, painted: Pixels, mask: Mask) -> Pixels:
    top, own = (np.float32((1 << 8 * one.dtype.itemsize) - 1) for one in (pixels, painted))
    channels = int(pixels.shape[2])
    new = _with(painted.astype(np.float32) * (top / own), channels, top)
    share = mask[..., None]
    if channels == 4:
        weights = pixels[..., 3:] * (1 - share), new[..., 3:] * share
        total = weights[0] + weights[1]
        colours = np.divide(pixels[..., :3] * weights[0] + new[..., :3] * weights[1], total,
                            out=np.zeros_like(new[..., :3]), where=total > 0)
        mixed = np.concatenate((colours, total), 2)
    else:
        mixed = pixels * (1 - share) + new * share
    rounded = (mixed + np.float32(_HALF)).clip(0, top).astype(pixels.dtype)
    return cast(Pixels, np.where(share > 0, rounded, pixels))


def _with(values: NDArray[np.float32], channels: int, top: np.float32) -> NDArray[np.float32]:
    """``values`` (H, W, 3 or 4) with as many channels; what is transparent goes on white."""
    if values.shape[2] == channels:
        return values
    if channels == 4:
        return np.concatenate((values, np.full((*values.shape[:2], 1), top, np.float32)), 2)
    share = values[..., 3:] / top
    return cast(NDArray[np.float32], values[..., :3] * share + top * (1 - share))
